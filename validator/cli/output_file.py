"""Writing what a command makes: to standard output, or to a file, all at once."""

from __future__ import annotations

from validator.cli.errors import InputError
from validator.cli.streams import write_utf8


def write(path: str, text: str) -> None:
    """Write text to standard output, given as `-`, or put it in a file's place.

    Whoever reads the file meanwhile finds the old content or the new one. What is no regular
    file, such as a pipe, is written to. Raises InputError where it can't be written.
    """
    if path == "-":
        write_utf8(text)
        return
    from validator.files.replacement import write_file

    try:
        write_file(path, text.encode())
    except OSError as error:
        raise InputError(f"{path}: can't be written: {error.strerror or error}") from error
