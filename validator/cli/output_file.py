"""Write the output of a command to standard output, or to a file, atomically."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence

from validator.cli.errors import InputError
from validator.cli.mistakes import usage_error
from validator.cli.streams import write_utf8


def write(path: str, text: str) -> None:
    """Write text to standard output, given as `-`, or replace the content of a file.

    Readers of the file see either the old content or the new one. If it is no regular file, such as
    a pipe, the text is written to it. Raises InputError if it can't be written.
    """
    if path == "-":
        write_utf8(text)
        return
    from validator.files.replacement import write_file

    try:
        write_file(path, text.encode())
    except OSError as error:
        raise InputError(f"{path}: can't be written: {error.strerror or error}") from error


def format_by_ending(path: str, endings: Mapping[str, Sequence[str]]) -> str | None:
    """The format that the ending of an output file says; None if it says none of them.

    `endings` are those of each format.
    """
    ending = os.path.splitext(path)[1].lower()
    return next((name for name, several in endings.items() if ending in several), None)


def format_of(path: str, endings: Mapping[str, Sequence[str]], default: str) -> str:
    """The format that the ending of an output file says; without an ending, `default`.

    Raises click.UsageError for an ending that no format has.
    """
    ending = os.path.splitext(path)[1]
    if not ending:
        return default
    found = format_by_ending(path, endings)
    if found is None:
        known = ", ".join(sorted(each for several in endings.values() for each in several))
        raise usage_error(
            f"no format has the ending {ending}; the endings are {known}, or give --format."
        )
    return found
