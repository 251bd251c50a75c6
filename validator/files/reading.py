"""Read a file, up to a maximum size."""

from __future__ import annotations

import os
import stat

_HOW = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
_PIECE = 65_536


def read_bytes(path: str, max_bytes: int) -> bytes:
    """The bytes of a regular file; of one that is too large, one byte more than allowed.

    Raises OSError if it can't be read, or is no regular file.
    """
    if "\0" in path:
        raise OSError(None, "its name contains a null character")
    if os.path.isdir(path):
        raise IsADirectoryError(None, "it is a folder")
    # Non-blocking: opening a named pipe would wait for its writer. And without a stream: making one
    # takes longer than reading most files.
    descriptor = os.open(path, _HOW)
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise OSError(None, "it is not a regular file")
        pieces: list[bytes] = []
        left = max_bytes + 1
        while left > 0 and (piece := os.read(descriptor, min(left, _PIECE))):
            pieces.append(piece)
            left -= len(piece)
        return b"".join(pieces)
    finally:
        os.close(descriptor)
