"""Write the output of a command to standard output, or to a file, atomically."""

from __future__ import annotations

from validator.cli.errors import InputError
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
