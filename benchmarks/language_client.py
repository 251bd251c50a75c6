"""A language client on the other end of a server's pipes: JSON-RPC, without an editor."""

from __future__ import annotations

import json
import queue
import subprocess
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import IO, Any, NamedTuple

from benchmarks.measure import installed_environment

Json = dict[str, Any]
Settings = Mapping[str, Any]


class Message(NamedTuple):
    """A message from a server, and when it came: seconds of `time.perf_counter`."""

    time: float
    content: Json


class LanguageClient:
    """A client of one server."""

    def __init__(self, process: subprocess.Popen[bytes], settings: Settings | None = None) -> None:
        assert process.stdin is not None
        assert process.stdout is not None
        self._to_server, self._from_server = process.stdin, process.stdout
        self._settings = settings or {}
        self._writing = threading.Lock()
        self._last_id = 0
        self._received: queue.Queue[Message | None] = queue.Queue()
        threading.Thread(target=self._read, daemon=True).start()

    def notify(self, method: str, params: object) -> None:
        """Send a notification."""
        self._send({"method": method, "params": params})

    def request(self, method: str, params: object) -> int:
        """Send a request; returns its id."""
        self._last_id += 1
        self._send({"id": self._last_id, "method": method, "params": params})
        return self._last_id

    def receive(self, timeout: float = 60) -> Message:
        """The next message.

        Raises queue.Empty if there is none within `timeout` seconds, and EOFError if the server is
        gone.
        """
        message = self._received.get(timeout=timeout)
        if message is None:
            raise EOFError("the server is gone")
        return message

    def wait_for(self, wanted: Callable[[Json], object], timeout: float = 60) -> Message:
        """The next matching message; earlier ones are dropped. Raises like `receive`."""
        end = time.perf_counter() + timeout
        while True:
            message = self.receive(max(end - time.perf_counter(), 0))
            if wanted(message.content):
                return message

    def answer(self, method: str, params: object, timeout: float = 60) -> Any:
        """Send a request and wait for its result; raises RuntimeError if that is an error."""
        number = self.request(method, params)
        content = self.wait_for(lambda each: is_answer(each, number), timeout).content
        if "error" in content:
            raise RuntimeError(content["error"])
        return content["result"]

    def _send(self, content: Json) -> None:
        body = json.dumps({"jsonrpc": "2.0", **content}).encode()
        with self._writing:
            self._to_server.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
            self._to_server.flush()

    def _read(self) -> None:
        for content in _messages(self._from_server):
            self._received.put(Message(time.perf_counter(), content))
            if "method" in content and "id" in content:
                self._send({"id": content["id"], "result": self._reply(content)})
        self._received.put(None)

    def _reply(self, request: Json) -> object:
        if request["method"] != "workspace/configuration":
            return None
        return [self._settings.get(item.get("section")) for item in request["params"]["items"]]


def is_answer(content: Json, number: int) -> bool:
    """Whether a message is the response to the request with this id."""
    return content.get("id") == number and "method" not in content


def _messages(stream: IO[bytes]) -> Iterator[Json]:
    while line := stream.readline():
        length = 0
        while line.strip():
            name, _, value = line.partition(b":")
            if name.lower() == b"content-length":
                length = int(value)
            line = stream.readline()
        yield json.loads(stream.read(length))


@contextmanager
def connected(
    command: Sequence[str],
    root: str,
    settings: Settings | None = None,
    capabilities: Json | None = None,
) -> Iterator[LanguageClient]:
    """Start a server for the folder with the URI `root`, and initialize it."""
    with subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=installed_environment(),
    ) as process:
        try:
            client = LanguageClient(process, settings)
            client.answer(
                "initialize",
                {
                    "processId": None,
                    "rootUri": root,
                    "workspaceFolders": [{"uri": root, "name": "root"}],
                    "capabilities": capabilities or {},
                },
            )
            client.notify("initialized", {})
            yield client
            client.answer("shutdown", None)
            client.notify("exit", None)
            process.wait(timeout=10)
        finally:
            process.kill()
