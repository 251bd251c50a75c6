"""How a session begins and ends, and invalid messages."""

from __future__ import annotations

import json
import re
import socket
import subprocess
import sys
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.server.editors import PLACE, SERVER
from validator.server.handlers.answers import ANSWERS
from validator.server.handlers.features import METHODS

INITIALIZE = {"id": 1, "method": "initialize", "params": {"capabilities": {}}}
INITIALIZED = {"method": "initialized", "params": {}}
SHUTDOWN = {"id": "last", "method": "shutdown"}
EXIT = {"method": "exit"}
TEXT = "tasks:\n  a: {name: A, comand: x, triggeredBy: [manual]}\n"


def did_open(folder: Path, text: str = TEXT) -> dict[str, Any]:
    item = {"uri": (folder / PLACE).as_uri(), "languageId": "yaml", "version": 1, "text": text}
    return {"method": "textDocument/didOpen", "params": {"textDocument": item}}


def framed(message: object) -> bytes:
    if isinstance(message, dict):
        message = {"jsonrpc": "2.0", **message}
    body = message if isinstance(message, bytes) else json.dumps(message).encode()
    return b"Content-Length: %d\r\n\r\n%b" % (len(body), body)


def messages(output: bytes) -> Iterator[dict[str, Any]]:
    """The messages in an output, which may contain nothing else."""
    while output:
        head = re.match(rb"Content-Length: (\d+)\r\n(?:[^\r\n]+\r\n)*\r\n", output)
        assert head is not None, output
        end = head.end() + int(head[1])
        yield json.loads(output[head.end() : end])
        output = output[end:]


def session(*sent: object, code: str | None = None) -> tuple[int, list[dict[str, Any]], str]:
    """Exit code, responses and standard error of a server that is sent these messages."""
    command = SERVER if code is None else [sys.executable, "-c", code]
    done = subprocess.run(
        command, input=b"".join(map(framed, sent)), capture_output=True, timeout=60
    )
    return done.returncode, list(messages(done.stdout)), done.stderr.decode()


def errors(answers: list[dict[str, Any]]) -> dict[Any, int]:
    return {each["id"]: each["error"]["code"] for each in answers if "error" in each}


def test_the_end_is_0_after_shutdown() -> None:
    code, answers, log = session(INITIALIZE, INITIALIZED, SHUTDOWN, EXIT)
    assert code == 0
    assert [each["id"] for each in answers] == [1, "last"]
    assert answers[0]["result"]["serverInfo"]["name"] == "automation-validator"
    assert log == ""


@pytest.mark.parametrize("sent", [[], [INITIALIZE, INITIALIZED], [INITIALIZE, EXIT], [EXIT]])
def test_the_end_is_1_without_it(sent: list[object]) -> None:
    assert session(*sent)[0] == 1


def test_diagnostics_need_no_other_feature(tmp_path: Path) -> None:
    code = (
        "import sys\nfrom validator.server.run import serve_stdio\ntry:\n    serve_stdio()\n"
        "finally:\n    print(*sys.modules, file=sys.stderr)"
    )
    clean = TEXT.replace("comand", "command")
    _, answers, log = session(
        INITIALIZE, INITIALIZED, did_open(tmp_path, clean), SHUTDOWN, EXIT, code=code
    )
    assert any(each.get("method") == "textDocument/publishDiagnostics" for each in answers)
    loaded = set(log.split())
    assert "validator.engine" in loaded
    assert not {each for each in loaded if each.startswith("validator.language.features.")}
    assert not loaded & {"difflib", "jsonschema", "networkx", "validator.fixer"}


def test_each_registered_request_has_an_answer() -> None:
    assert set(METHODS) == set(ANSWERS)


def test_nothing_is_done_before_initialize_and_after_shutdown(tmp_path: Path) -> None:
    code, answers, _ = session(
        {**SHUTDOWN, "id": 7},
        did_open(tmp_path),
        INITIALIZE,
        {**INITIALIZE, "id": 2},
        SHUTDOWN,
        {**SHUTDOWN, "id": 9},
        did_open(tmp_path),
        EXIT,
    )
    assert errors(answers) == {7: -32002, 2: -32600, 9: -32600}
    assert code == 0
    assert not any(each.get("method") for each in answers)


ODD = [
    b"",
    b"{",
    b"null",
    b"5",
    b"[]",
    b'"text"',
    b"{}",
    b"\xff\xfe",
    b"[" * 100_000,
    {"method": "textDocument/didChange", "params": None},
    {"method": "textDocument/didChange", "params": {"textDocument": {"uri": 5}}},
    {"method": "textDocument/didClose", "params": {"textDocument": {"uri": "no:such"}}},
    {"method": "no/such", "params": {"a": 1}},
    {"method": "$/cancelRequest", "params": {"id": 99}},
    {"id": 55, "result": None},
    {"id": 56, "error": {"code": 1, "message": "no"}},
    {"method": "workspace/didChangeWatchedFiles", "params": {"changes": []}},
    {"method": "workspace/didChangeConfiguration", "params": {"settings": None}},
    {
        "method": "workspace/didChangeWorkspaceFolders",
        "params": {"event": {"added": [], "removed": []}},
    },
    {"method": "notebookDocument/didOpen", "params": {}},
]


def test_odd_messages_do_no_harm(tmp_path: Path) -> None:
    requests = [
        {"id": 20, "method": "no/such", "params": {}},
        {"id": 21, "method": "textDocument/codeAction", "params": {"nonsense": 1}},
        {"id": 22, "method": "textDocument/codeAction"},
    ]
    at_work = [INITIALIZE, INITIALIZED, *ODD, *requests, did_open(tmp_path)]
    actions = {
        "id": 30,
        "method": "textDocument/codeAction",
        "params": {
            "textDocument": {"uri": (tmp_path / PLACE).as_uri()},
            "range": {"start": {"line": 99, "character": 99}, "end": {"line": 0, "character": 0}},
            "context": {"diagnostics": []},
        },
    }
    code, answers, _ = session(*at_work, actions, SHUTDOWN, EXIT)
    assert code == 0
    found = errors(answers)
    assert found.keys() == {20, 21, 22}
    assert found[20] == -32601
    assert {"id": 30, "jsonrpc": "2.0", "result": []} in answers


def pulling(folder: Path) -> list[dict[str, Any]]:
    """The messages of an editor that pulls the diagnostics of a document; the last has the id 2."""
    capabilities: dict[str, Any] = {"textDocument": {"diagnostic": {}}}
    named = {"textDocument": {"uri": (folder / PLACE).as_uri()}}
    return [
        {**INITIALIZE, "params": {"capabilities": capabilities}},
        did_open(folder),
        {"id": 2, "method": "textDocument/diagnostic", "params": named},
    ]


def talk(command: list[str], *sent: object) -> Generator[dict[str, Any], None, None]:
    """The responses of a server, which ends when the generator is closed."""
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as server:
        assert server.stdin is not None
        server.stdin.write(b"".join(map(framed, sent)))
        server.stdin.flush()
        try:
            while True:
                yield read_message(server.stdout)
        finally:
            server.stdin.close()


def test_what_is_printed_does_not_reach_the_editor(tmp_path: Path) -> None:
    code = (
        "import os\n"
        "from validator.server import run, scheduling\n"
        "check_text = scheduling.check_text\n"
        "def chatty(*arguments, **options):\n"
        "    print('printed', flush=True)\n"
        "    os.system('echo echoed')\n"
        "    return check_text(*arguments, **options)\n"
        "scheduling.check_text = chatty\n"
        "raise SystemExit(run.serve_stdio())\n"
    )
    answers = talk([sys.executable, "-c", code], *pulling(tmp_path))
    assert next(answers)["id"] == 1
    assert len(next(answers)["result"]["items"]) == 1
    answers.close()


def test_a_request_can_be_cancelled(tmp_path: Path) -> None:
    *before, pull = pulling(tmp_path)
    named = {"uri": (tmp_path / PLACE).as_uri(), "version": 2}
    change = {"textDocument": named, "contentChanges": [{"text": "tasks:\n"}]}
    edit = {"method": "textDocument/didChange", "params": change}
    cancel = {"method": "$/cancelRequest", "params": {"id": 2}}
    answers = talk(SERVER, *before, edit, pull, cancel)
    assert next(answers)["id"] == 1
    assert next(answers)["error"]["code"] == -32800
    answers.close()


def test_the_server_ends_with_its_editor() -> None:
    """Another process keeps its input open, as one started by the editor may do."""
    editor = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    params = {"capabilities": {}, "processId": editor.pid}
    with subprocess.Popen(SERVER, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as server:
        assert server.stdin is not None
        server.stdin.write(framed({**INITIALIZE, "params": params}) + framed(INITIALIZED))
        server.stdin.flush()
        assert read_message(server.stdout)["id"] == 1
        with pytest.raises(subprocess.TimeoutExpired):
            server.wait(3)
        editor.communicate(timeout=10)
        assert server.wait(20) == 1


@pytest.mark.parametrize("number", [None, 0, -1, 2**40])
def test_a_process_that_is_none_is_not_watched(number: int | None) -> None:
    params: dict[str, Any] = {"capabilities": {}, "processId": number}
    code, answers, _ = session({**INITIALIZE, "params": params}, SHUTDOWN, EXIT)
    assert (code, len(answers)) == (0, 2)


@pytest.mark.parametrize("version", [{}, {"version": None}])
def test_an_edit_without_a_version_is_made(tmp_path: Path, version: dict[str, None]) -> None:
    *before, pull = pulling(tmp_path)
    named = {"uri": (tmp_path / PLACE).as_uri(), **version}
    mended = [{"text": TEXT.replace("comand", "command")}]
    change = {"textDocument": named, "contentChanges": mended}
    edit = {"method": "textDocument/didChange", "params": change}
    answers = talk(SERVER, *before, edit, pull)
    assert next(answers)["id"] == 1
    assert next(answers)["result"]["items"] == []
    answers.close()


def read_message(stream: Any) -> dict[str, Any]:
    length = 0
    while line := stream.readline().strip():
        name, _, value = line.partition(b":")
        length = int(value) if name == b"Content-Length" else length
    answer: dict[str, Any] = json.loads(stream.read(length))
    return answer


@pytest.mark.parametrize(("farewell", "code"), [([SHUTDOWN, EXIT], 0), ([EXIT], 1), ([], 1)])
def test_over_a_connection(farewell: list[object], code: int, tmp_path: Path) -> None:
    with subprocess.Popen([*SERVER, "--tcp", "0"], stderr=subprocess.PIPE) as server:
        assert server.stderr is not None
        port = int(server.stderr.readline().rpartition(b":")[2])
        with socket.create_connection(("127.0.0.1", port), 20) as connection:
            stream = connection.makefile("rb")
            connection.sendall(framed(INITIALIZE))
            assert read_message(stream)["id"] == 1
            connection.sendall(framed(did_open(tmp_path)))
            (diagnostic,) = read_message(stream)["params"]["diagnostics"]
            assert diagnostic["code"] == "unknown-field"
            with pytest.raises(OSError):
                socket.create_connection(("127.0.0.1", port), 5).close()
            connection.sendall(b"".join(map(framed, farewell)))
            stream.close()
        assert server.wait(20) == code


@pytest.mark.parametrize("address", ["port", "70000", "localhost:", "-1"])
def test_an_address_that_is_none(address: str) -> None:
    done = subprocess.run([*SERVER, f"--tcp={address}"], capture_output=True, text=True)
    assert done.returncode == 2
    assert "is not a port" in done.stderr


def test_an_address_that_is_taken() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = subprocess.run([*SERVER, "--tcp", str(port)], capture_output=True, text=True)
    assert done.returncode == 2
    assert f"Can't listen on 127.0.0.1:{port}" in done.stderr
