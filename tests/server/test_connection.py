"""The server over TCP: who is served, who is rejected, and how much a client can cost."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.optional import needs
from tests.server.test_session import EXIT, INITIALIZE, SHUTDOWN, framed, read_message

PROGRAM = """\
import sys
from validator.server import connection
connection.SILENCE = {silence}
connection.STALL = {stall}
from validator.cli.main import main
main(["lsp", "--tcp", "0"])
"""

POST = b"POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: text/plain\r\n"
HTTP = [
    POST + framed(INITIALIZE),
    b"GET / HTTP/1.1\r\nUpgrade: websocket\r\n\r\n",
    b"OPTIONS * HTTP/1.1\r\n" + framed(INITIALIZE),
]
ODD = [
    b"\r\n" * 3 + b"POST / HTTP/1.1\r\n" + framed(INITIALIZE),
    b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\n",
    b"Content-Length-Not: 1\r\n" + framed(INITIALIZE),
    b"{}\n",
    b"Content-Type: " + b"a" * 100_000,
    b"Content-Length: 99999999\r\n\r\n",
    b"",
]


@contextmanager
def server(*, silence: float = 20, stall: float = 20) -> Iterator[tuple[Any, int]]:
    """A server and its port."""
    program = PROGRAM.format(silence=silence, stall=stall)
    with subprocess.Popen([sys.executable, "-c", program], stderr=subprocess.PIPE) as process:
        try:
            assert process.stderr is not None
            yield process, int(process.stderr.readline().rpartition(b":")[2])
        finally:
            process.kill()


def connected(port: int) -> socket.socket:
    return socket.create_connection(("127.0.0.1", port), 20)


def is_closed(client: socket.socket) -> bool:
    """Whether the server has closed a connection without a response."""
    client.settimeout(20)
    try:
        return client.recv(1000) == b""
    except ConnectionError:
        return True


def assert_is_served(process: Any, port: int) -> None:
    with connected(port) as client, client.makefile("rb") as stream:
        client.sendall(framed(INITIALIZE))
        assert read_message(stream)["id"] == 1
        client.sendall(framed(SHUTDOWN) + framed(EXIT))
        assert process.wait(20) == 0


def test_a_page_in_a_browser_is_turned_away_and_an_editor_served() -> None:
    """Any page can make its browser send a request to this computer, with any text."""
    with server() as (process, port):
        for request in HTTP:
            with connected(port) as client:
                client.sendall(request)
                assert is_closed(client)
        assert_is_served(process, port)


def test_a_client_of_another_protocol_is_turned_away() -> None:
    with server() as (process, port):
        for data in ODD:
            with connected(port) as client:
                client.sendall(data)
                client.shutdown(socket.SHUT_WR)
                assert is_closed(client)
        assert_is_served(process, port)


def test_a_client_that_says_nothing_locks_no_other_out() -> None:
    with server() as (process, port), connected(port), connected(port) as half:
        half.sendall(b"Content-Len")
        assert_is_served(process, port)


def test_a_client_that_says_nothing_is_turned_away() -> None:
    with server(silence=0.3) as (process, port):
        with connected(port) as silent:
            assert is_closed(silent)
        assert_is_served(process, port)


def test_not_more_than_some_may_say_nothing() -> None:
    with server() as (_, port):
        silent = [connected(port) for _ in range(16)]
        with connected(port) as one_more:
            assert is_closed(one_more)
        for each in silent:
            each.close()


def test_a_header_of_http_ends_a_session_too() -> None:
    with server() as (process, port), connected(port) as client, client.makefile("rb") as stream:
        client.sendall(framed(INITIALIZE))
        assert read_message(stream)["id"] == 1
        client.sendall(POST + framed(SHUTDOWN))
        assert stream.read() == b""
        assert process.wait(20) == 1


def test_field_names_may_be_in_any_case() -> None:
    with server() as (process, port), connected(port) as client, client.makefile("rb") as stream:
        client.sendall(framed(INITIALIZE).replace(b"Content-Length", b"content-length"))
        assert read_message(stream)["id"] == 1
        client.sendall(framed(SHUTDOWN).replace(b"Content-Length: ", b"CONTENT-LENGTH:"))
        assert read_message(stream)["id"] == "last"
        client.sendall(framed(EXIT))
        assert process.wait(20) == 0


def memory_of(process: Any) -> int:
    """The memory of a process, in bytes."""
    pages = Path(f"/proc/{process.pid}/statm").read_text(encoding="ascii").split()[1]
    return int(pages) * os.sysconf("SC_PAGE_SIZE")


def flood(client: socket.socket, seconds: float) -> None:
    """Request long responses repeatedly, and read none, until the server stops reading."""
    client.sendall(framed(INITIALIZE))
    # The response has the same id.
    message = framed({"id": "a" * 1_000_000, "method": "x/y", "params": {}})
    client.settimeout(seconds)
    try:
        for _ in range(300):
            client.sendall(message)
    except (TimeoutError, ConnectionError):
        return
    pytest.fail("the server goes on to read")


@needs("/proc", Path("/proc/self/statm").exists())
def test_a_client_that_does_not_read_takes_no_memory() -> None:
    with server() as (process, port), connected(port) as client:
        flood(client, 3)
        assert memory_of(process) < 150_000_000


def test_a_client_that_does_not_read_is_turned_away_in_the_end() -> None:
    with server(stall=0.5) as (process, port), connected(port) as client:
        flood(client, 15)
        assert process.wait(20) == 1
