"""Run the server: over standard input and output, or over TCP."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import logging
import os
import sys
from typing import BinaryIO

from validator.display import inert, visible
from validator.server.connection import MOST_UNKNOWN, Connection
from validator.server.handlers import commands, features, requests
from validator.server.language_server import Session
from validator.server.messages import Reader, Stream, read_message
from validator.server.synchronization import Synchronization
from validator.shell.remembered import remember

_SCRIPTS = 1_000_000
"""How many characters of scripts are remembered from one check to the next: about 30 MB."""

# A check makes more objects than the default of 700, and looking through those of a long document
# takes as long as checking it. Nearly all are freed without that.
_COLLECTED_AFTER = (50_000, 10, 20)


def make_session() -> Session:
    """A server with all handlers."""
    remember(_SCRIPTS)
    session = Session()
    Synchronization(session).register()
    features.register(session)
    requests.register(session)
    commands.register(session)
    return session


def serve_stdio() -> int:
    """Serve the editor that started this process; returns the exit code.

    It is 0 after `shutdown`, and 1 if the editor left without it, as the protocol requires.
    """
    _log_to_standard_error()
    gc.set_threshold(*_COLLECTED_AFTER)
    session = make_session()
    output = _own_output()

    def write(data: bytes) -> None:
        output.write(data)
        output.flush()

    session.write = write
    # An editor that is gone does not read: that is its end.
    with contextlib.suppress(BrokenPipeError, KeyboardInterrupt):
        asyncio.run(_serve(session, Stream(sys.stdin.buffer)))
    return _exit_code(session)


def serve_tcp(host: str, port: int) -> int:
    """Serve one editor that connects to an address; the exit code is as for `serve_stdio`.

    Raises OSError if listening on the address fails.
    """
    _log_to_standard_error()
    gc.set_threshold(*_COLLECTED_AFTER)
    session = make_session()
    asyncio.run(_serve_one(session, host, port))
    return _exit_code(session)


async def _serve(session: Session, reader: Reader) -> None:
    """Handle messages until the client says `exit`, or there are no more."""
    try:
        while not session.exited and (body := await read_message(reader)) is not None:
            session.receive(body)
    finally:
        session.write = None


async def _serve_one(session: Session, host: str, port: int) -> None:
    """Serve the first client that uses the protocol, and close all other connections."""
    served: asyncio.Future[Connection] = asyncio.get_running_loop().create_future()
    unknown: set[Connection] = set()

    async def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        connection = Connection(reader, writer)
        unknown.add(connection)
        if len(unknown) > MOST_UNKNOWN or not await connection.begins() or served.done():
            connection.abort()
        else:
            served.set_result(connection)
        unknown.discard(connection)

    server = await asyncio.start_server(accept, host, port)
    name, number = server.sockets[0].getsockname()[:2]
    sys.stderr.write(f"listening on {name}:{number}\n")
    sys.stderr.flush()
    connection = await served
    server.close()
    for each in unknown:
        each.abort()
    session.write = connection.write
    # A connection that breaks is treated as closed.
    with contextlib.suppress(asyncio.IncompleteReadError, ConnectionError):
        await _serve(session, connection)
    connection.close()


def _own_output() -> BinaryIO:
    """Standard output only for the protocol: everything else printed goes to standard error."""
    sys.stdout.flush()
    own = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return own


def _log_to_standard_error() -> None:
    """Log errors."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Formatter("%(levelname)s:%(name)s:%(message)s"))
    logging.basicConfig(handlers=[handler], level=logging.ERROR)


class _Formatter(logging.Formatter):
    """Escape text of documents in messages and errors, so that it can't forge log lines."""

    def format(self, record: logging.LogRecord) -> str:
        lines = super().format(record).split("\n")
        return inert("\n".join(map(visible, lines)))


def _exit_code(session: Session) -> int:
    session.checks.close()
    return 0 if session.ended else 1
