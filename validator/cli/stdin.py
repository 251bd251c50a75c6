"""Standard input as bytes."""

from __future__ import annotations

import sys
from typing import BinaryIO


def read(max_bytes: int) -> tuple[bytes, BinaryIO]:
    """The bytes on standard input, and the stream for the rest.

    For input that is too large, these are one byte more than allowed. Raises OSError if it can't be
    read.
    """
    # None if the process was started with it closed.
    if sys.stdin is None:
        raise OSError(None, "standard input is closed")
    stream = sys.stdin.buffer
    return stream.read(max_bytes + 1), stream


def read_input(path: str, max_bytes: int) -> bytes:
    """The bytes of a file, or for `-` of standard input; one more than allowed if it is too large.

    Raises OSError if it can't be read.
    """
    if path == "-":
        return read(max_bytes)[0]
    from validator.files.reading import read_bytes

    return read_bytes(path, max_bytes)
