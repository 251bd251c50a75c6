"""Writing what a command makes: to standard output, or to a file, all at once."""

from __future__ import annotations

import os
import tempfile

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
    try:
        if os.path.exists(path) and not os.path.isfile(path):
            with open(path, "w", encoding="utf-8", newline="\n") as stream:
                stream.write(text)
        else:
            _replace(os.path.realpath(path), text)
    except OSError as error:
        raise InputError(f"{path}: can't be written: {error.strerror or error}") from error


def _replace(target: str, text: str) -> None:
    descriptor, temporary = tempfile.mkstemp(
        dir=os.path.dirname(target), prefix=".automation-validator-"
    )
    try:
        with open(descriptor, "w", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
            stream.flush()
            # Some file systems report only now that there is no room.
            os.fsync(stream.fileno())
        os.chmod(temporary, _mode(target))
        os.replace(temporary, target)
    finally:
        if os.path.exists(temporary):
            os.unlink(temporary)


def _mode(target: str) -> int:
    """The permissions of the file that is replaced; of a new one, those that are usual."""
    if os.path.exists(target):
        return os.stat(target).st_mode & 0o7777
    # The mask can only be read by setting it.
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
