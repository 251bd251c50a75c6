"""The framing of messages: a header with their length, and where they are read from."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable
from concurrent.futures import ThreadPoolExecutor
from typing import BinaryIO, Protocol

LENGTH = re.compile(rb"Content-Length: *(\d{1,9})\r?\n", re.IGNORECASE)
"""The header field with the number of bytes of a message (LSP 3.17, "Header Part")."""


class Reader(Protocol):
    """Where messages are read from. Both methods return what there is at the end of the input."""

    def readline(self) -> Awaitable[bytes]: ...

    def readexactly(self, count: int, /) -> Awaitable[bytes]: ...


class Stream:
    """A binary stream, such as standard input, read in a thread."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._executor = ThreadPoolExecutor(1)

    def readline(self) -> Awaitable[bytes]:
        """A line."""
        loop = asyncio.get_running_loop()
        return loop.run_in_executor(self._executor, self._stream.readline)

    def readexactly(self, count: int, /) -> Awaitable[bytes]:
        """The next `count` bytes."""
        loop = asyncio.get_running_loop()
        return loop.run_in_executor(self._executor, self._stream.read, count)


async def read_message(reader: Reader) -> bytes | None:
    """The content of the next message; None at the end of the input."""
    count = 0
    while line := await reader.readline():
        length = LENGTH.fullmatch(line)
        if length is not None:
            count = int(length[1])
        elif count and not line.strip():
            return await reader.readexactly(count) or None
    return None
