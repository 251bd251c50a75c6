"""The language server compared with `yaml-language-server`, with the same schema and document.

All times are wall-clock times, as a person waits: from the start of a server to the diagnostics of
a document; and with 50 edits sent at once, from the last to its diagnostics, and the response to a
hover requested among them.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from benchmarks.files import SCHEMA, write
from benchmarks.language_client import Json, LanguageClient, Settings, connected, is_answer
from benchmarks.measure import Group, ours, timing, tool

PEER = "yaml-language-server"
TASK = """\
  task-{0}:
    name: Task {0}
    command: |
      echo {0}
    dependsOn: [{1}]
    triggeredBy:
      - manual
"""
HOVERED = {"line": 3, "character": 6}
"""`command` of the first task."""
UNKNOWN = "unknown-field-" + "x" * 28
"""A field that a server names in a diagnostic once it has read it."""
TYPED = f"    {UNKNOWN}: 1"
"""49 keystrokes. The 50th makes the name longer by a letter, so its diagnostic is a new one."""
CAPABILITIES = {
    "workspace": {"configuration": True, "workspaceFolders": True},
    "textDocument": {
        "publishDiagnostics": {"versionSupport": True},
        "hover": {"contentFormat": ["markdown", "plaintext"]},
    },
}

Times = dict[str, dict[str, list[float]]]
"""Seconds by what is measured, and by server."""


class Server(NamedTuple):
    """How a language server is started."""

    name: str
    command: Sequence[str]
    settings: Settings


class Burst(NamedTuple):
    """Seconds from the last of 50 edits to its diagnostics, and from a hover to its response."""

    diagnostics: float
    hover: float


def groups(*, quick: bool) -> Iterator[Group]:
    rounds, tasks = (1, 50) if quick else (10, 1000)
    times: Times = {}
    with TemporaryDirectory() as name:
        path = Path(write(Path(name).resolve(), "project", document(tasks)))
        measure_starts(times, path, tasks, rounds)
        measure_bursts(times, path, tasks, rounds)
    for title, rows in times.items():
        yield Group(title, {server: timing(seconds) for server, seconds in rows.items()}, {})


def servers() -> Iterator[Server]:
    """Our server, and the other one if it is installed."""
    yield Server("automation-validator lsp", [*ours(), "lsp"], {})
    peer = tool(PEER)
    if peer is not None:
        schemas = {SCHEMA.as_uri(): ".ona/automations.yaml"}
        settings = {"yaml": {"schemas": schemas, "schemaStore": {"enable": False}}}
        yield Server(PEER, [peer, "--stdio"], settings)


def document(tasks: int) -> str:
    """A file with this number of tasks, and an empty line at its end to type in."""
    items = (TASK.format(each, f"task-{each - 1}" if each else "") for each in range(tasks))
    return "tasks:\n" + "".join(items) + "\n"


def measure_starts(times: Times, path: Path, tasks: int, rounds: int) -> None:
    for number in range(rounds + 1):
        for server in servers():
            for count in (3, tasks):
                seconds = start(server, path, document(count))
                if number:
                    title = f"Language server: start to the diagnostics of {count:,} tasks"
                    times.setdefault(title, {}).setdefault(server.name, []).append(seconds)


def measure_bursts(times: Times, path: Path, tasks: int, rounds: int) -> None:
    root = path.parents[1].as_uri()
    with ExitStack() as stack:
        editors = {}
        for name, command, settings in servers():
            client = stack.enter_context(connected(command, root, settings, CAPABILITIES))
            editors[name] = Editor(client, path, document(tasks))
        for number in range(rounds + 1):
            for name, editor in editors.items():
                seconds = burst(editor)
                if number:
                    for what, each in (
                        ("the last of 50 edits to its diagnostics", seconds.diagnostics),
                        ("a hover among 50 edits to its answer", seconds.hover),
                    ):
                        title = f"Language server, {tasks:,} tasks: {what}"
                        times.setdefault(title, {}).setdefault(name, []).append(each)


class Editor:
    """A document that is open in a server."""

    def __init__(self, client: LanguageClient, path: Path, text: str) -> None:
        self.client = client
        self.uri = path.as_uri()
        self.version = 1
        self.line = text.count("\n") - 1
        opened = {"uri": self.uri, "languageId": "yaml", "version": 1, "text": text}
        client.notify("textDocument/didOpen", {"textDocument": opened})

    def replace(self, start: int, end: int, text: str) -> None:
        """Replace characters of the last line."""
        self.version += 1
        places = [{"line": self.line, "character": each} for each in (start, end)]
        change = {"range": {"start": places[0], "end": places[1]}, "text": text}
        document = {"uri": self.uri, "version": self.version}
        self.client.notify(
            "textDocument/didChange", {"textDocument": document, "contentChanges": [change]}
        )

    def hover(self) -> int:
        """Request a hover on `command`."""
        params = {"textDocument": {"uri": self.uri}, "position": HOVERED}
        return self.client.request("textDocument/hover", params)

    def diagnosed(self, content: Json, field: str) -> bool | None:
        """Whether diagnostics name the field; None if the message contains no diagnostics."""
        if content.get("method") != "textDocument/publishDiagnostics":
            return None
        return any(field in each["message"] for each in content["params"]["diagnostics"])


def start(server: Server, path: Path, text: str) -> float:
    """Seconds from the start of a server to the diagnostics of a document."""
    begin = time.perf_counter()
    with connected(
        server.command, path.parents[1].as_uri(), server.settings, CAPABILITIES
    ) as client:
        editor = Editor(client, path, f"{text}{TYPED}\n")
        return client.wait_for(lambda each: editor.diagnosed(each, UNKNOWN)).time - begin


def burst(editor: Editor) -> Burst:
    """Type an unknown field without a pause, hover in the middle of it, and remove it."""
    client, end = editor.client, len(TYPED)
    for place, letter in enumerate(TYPED):
        editor.replace(place, place, letter)
        if place == end // 2:
            asked, number = time.perf_counter(), editor.hover()
    place = TYPED.index(":")
    editor.replace(place, place, "y")
    typed = time.perf_counter()
    answered = diagnosed = 0.0
    while not (answered and diagnosed):
        message = client.receive()
        if is_answer(message.content, number):
            assert message.content["result"]["contents"]
            answered = message.time - asked
        elif editor.diagnosed(message.content, f"{UNKNOWN}y"):
            diagnosed = message.time - typed
    editor.replace(0, end + 1, "")
    client.wait_for(lambda each: editor.diagnosed(each, UNKNOWN) is False)
    return Burst(diagnosed, answered)
