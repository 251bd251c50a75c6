"""A connection over TCP: only a client that speaks the protocol is served, and within bounds."""

from __future__ import annotations

import asyncio
import re

SILENCE = 10.0
"""How long a client may take to send its first line, in seconds."""

MOST_UNKNOWN = 16
"""How many clients at once may be about to send their first line."""

STALL = 60.0
"""How long a client may leave what is written to it unread, in seconds."""

MOST_UNREAD = 4_000_000
"""From so many unread bytes on, a client gets no answer to further messages until it reads."""

MOST_READ = 64_000_000
"""The length of a message at most, in bytes; a document of 5 MB is far below."""

# The base protocol has two header fields (LSP 3.17, "Header Part"). A request of HTTP, which any
# page in a browser can send to this computer, begins otherwise.
_HEADER = re.compile(rb"(Content-Length|Content-Type):[^\r\n]*\r?\n|\r?\n", re.IGNORECASE)
_LENGTH = re.compile(rb"Content-Length: *(\d{1,9})\r?\n", re.IGNORECASE)


class Connection:
    """A client, as pygls reads and writes it.

    Reading raises ConnectionError at what is not the base protocol, and where the client does not
    read for too long.
    """

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer
        self._first = b""

    async def begins(self) -> bool:
        """Whether the client begins as the protocol says, and soon."""
        try:
            self._first = await asyncio.wait_for(self._line(), SILENCE)
        except (OSError, asyncio.TimeoutError):
            return False
        return bool(self._first.strip())

    async def readline(self) -> bytes:
        """A line of a header; empty at the end."""
        line, self._first = self._first, b""
        if not line:
            # What has come already is read without waiting: let it be answered first.
            await asyncio.sleep(0)
            await self._until_read()
            line = await self._line()
        return line

    async def readexactly(self, count: int) -> bytes:
        """So many bytes of a message."""
        return await self._reader.readexactly(count)

    def write(self, data: bytes) -> None:
        """Send a message; it waits here for the client to read it."""
        self._writer.write(data)

    def close(self) -> None:
        """End the connection once all is sent."""
        self._writer.close()

    def abort(self) -> None:
        """End the connection at once."""
        self._writer.transport.abort()

    async def _line(self) -> bytes:
        try:
            line = await self._reader.readline()
        except ValueError as error:
            raise ConnectionError("a line is too long") from error
        if line and not _HEADER.fullmatch(line):
            raise ConnectionError("a line is not a header of the protocol")
        length = _LENGTH.fullmatch(line)
        if length is None:
            return line
        if int(length[1]) > MOST_READ:
            raise ConnectionError("a message is too long")
        # pygls knows the name in this spelling only.
        return b"Content-Length: " + length[1] + b"\r\n"

    async def _until_read(self) -> None:
        """Wait while too much is unread: what the client sends meanwhile waits there."""
        unread = self._writer.transport.get_write_buffer_size
        while (before := unread()) > MOST_UNREAD:
            if not await self._drained() and unread() >= before:
                self.abort()
                raise ConnectionError("the client does not read")

    async def _drained(self) -> bool:
        """Whether the client has read nearly all that it was sent, after waiting for it."""
        try:
            await asyncio.wait_for(self._writer.drain(), STALL)
        except asyncio.TimeoutError:
            return False
        return True
