"""A connection over TCP: only clients that use the protocol are served, and within limits."""

from __future__ import annotations

import asyncio
import re

from validator.server.messages import LENGTH

SILENCE = 10.0
"""How long a client may take to send its first line, in seconds."""

MOST_UNKNOWN = 16
"""Maximum number of clients that have not sent their first line yet."""

STALL = 60.0
"""How long a client may leave data unread, in seconds."""

MOST_UNREAD = 4_000_000
"""Number of unread bytes from which a client gets no further responses until it reads."""

MOST_READ = 64_000_000
"""Maximum length of a message, in bytes; a document of 5 MB is far below."""

# The base protocol has two header fields (LSP 3.17, "Header Part"). An HTTP request, which any page
# in a browser can send to this computer, begins differently.
_HEADER = re.compile(rb"(Content-Length|Content-Type):[^\r\n]*\r?\n|\r?\n", re.IGNORECASE)


class Connection:
    """A client connection, with the interface of a `Reader`.

    Reading raises ConnectionError if the data is not the base protocol, and if the client does not
    read for too long.
    """

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer
        self._first = b""

    async def begins(self) -> bool:
        """Whether the client begins as the protocol requires, within the time limit."""
        try:
            self._first = await asyncio.wait_for(self._line(), SILENCE)
        except (OSError, asyncio.TimeoutError):
            return False
        return bool(self._first.strip())

    async def readline(self) -> bytes:
        """A line of a header; empty at the end."""
        line, self._first = self._first, b""
        if not line:
            # Received data is returned without waiting: let the server respond first.
            await asyncio.sleep(0)
            await self._until_read()
            line = await self._line()
        return line

    async def readexactly(self, count: int, /) -> bytes:
        """The next `count` bytes of a message."""
        return await self._reader.readexactly(count)

    def write(self, data: bytes) -> None:
        """Send a message; it is buffered until the client reads it."""
        self._writer.write(data)

    def close(self) -> None:
        """Close the connection once everything is sent."""
        self._writer.close()

    def abort(self) -> None:
        """Close the connection at once."""
        self._writer.transport.abort()

    async def _line(self) -> bytes:
        try:
            line = await self._reader.readline()
        except ValueError as error:
            raise ConnectionError("a line is too long") from error
        if line and not _HEADER.fullmatch(line):
            raise ConnectionError("a line is not a header of the protocol")
        length = LENGTH.fullmatch(line)
        if length is not None and int(length[1]) > MOST_READ:
            raise ConnectionError("a message is too long")
        return line

    async def _until_read(self) -> None:
        """Wait while too much is unread; further messages of the client wait meanwhile."""
        unread = self._writer.transport.get_write_buffer_size
        while (before := unread()) > MOST_UNREAD:
            if not await self._drained() and unread() >= before:
                self.abort()
                raise ConnectionError("the client does not read")

    async def _drained(self) -> bool:
        """Wait for the client to read; returns whether it has read nearly everything."""
        try:
            await asyncio.wait_for(self._writer.drain(), STALL)
        except asyncio.TimeoutError:
            return False
        return True
