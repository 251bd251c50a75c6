"""Run the server: over standard input and output, or over TCP."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import sys
from threading import Event
from typing import BinaryIO

from pygls.exceptions import JsonRpcException
from pygls.io_ import run_async

from validator.display import inert, visible
from validator.server.connection import MOST_UNKNOWN, Connection
from validator.server.handlers import commands, features, requests
from validator.server.language_server import Session
from validator.server.synchronization import Synchronization


def make_session() -> Session:
    """A server with all handlers."""
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
    session = make_session()
    session.start_io(sys.stdin.buffer, _own_output())
    return _exit_code(session)


def serve_tcp(host: str, port: int) -> int:
    """Serve one editor that connects to an address; the exit code is as for `serve_stdio`.

    Raises OSError if listening on the address fails.
    """
    _log_to_standard_error()
    session = make_session()
    # With SystemExit pygls ends the process; here, it ends the connection.
    with contextlib.suppress(SystemExit):
        asyncio.run(_serve_one(session, host, port))
    return _exit_code(session)


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
    session.protocol.set_writer(connection)
    # A connection that breaks is treated as closed.
    with contextlib.suppress(asyncio.IncompleteReadError, ConnectionError):
        await run_async(Event(), connection, session.protocol)


def _own_output() -> BinaryIO:
    """Standard output only for the protocol: everything else printed goes to standard error."""
    sys.stdout.flush()
    own = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return own


def _log_to_standard_error() -> None:
    """Log errors but no warnings: those of pygls are routine."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Formatter("%(levelname)s:%(name)s:%(message)s"))
    logging.basicConfig(handlers=[handler], level=logging.ERROR)
    # Nor rejected requests, such as a rename: the editor gets a response.
    logging.getLogger("pygls.protocol.json_rpc").addFilter(
        lambda record: not (record.exc_info and isinstance(record.exc_info[1], JsonRpcException))
    )


class _Formatter(logging.Formatter):
    """Escape text of documents in messages and errors, so that it can't forge log lines."""

    def format(self, record: logging.LogRecord) -> str:
        lines = super().format(record).split("\n")
        return inert("\n".join(map(visible, lines)))


def _exit_code(session: Session) -> int:
    session.checks.close()
    return 0 if session.protocol.ended else 1
