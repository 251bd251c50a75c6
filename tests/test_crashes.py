"""Bugs and Ctrl-C in any command: a documented exit code, and a message instead of a traceback."""

import json
import os
import re
import signal
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest

from tests.command import run_in
from tests.optional import needs_posix
from validator.cli import COMMANDS, TRACEBACK

pytestmark = needs_posix

PATCHED = """\
import sys
from importlib import import_module
from validator.cli import COMMANDS
from validator.cli.main import main

def fail(*_, **__):
    {body}

name = sys.argv[1]
getattr(import_module(COMMANDS[name]), name).callback = fail
main()
"""
"""The program, with a command that runs `body` instead."""


def run_patched(
    folder: Path, command: str, body: str, **environment: str
) -> "subprocess.CompletedProcess[str]":
    kept = {name: value for name, value in os.environ.items() if name != TRACEBACK}
    return subprocess.run(
        [sys.executable, "-c", PATCHED.format(body=body), *command.split()],
        cwd=folder,
        capture_output=True,
        text=True,
        env={**kept, **environment},
    )


@pytest.mark.parametrize(
    "command", sorted(COMMANDS.keys() - {"completion", "explain", "why"} | {"why a"})
)
def test_a_bug_in_any_command_is_reported_as_one(tmp_path: Path, command: str) -> None:
    done = run_patched(tmp_path, command, "raise ValueError('odd')")
    assert done.returncode == 3
    assert done.stdout == ""
    assert re.fullmatch(
        r"Error: bug in this program: ValueError: 'odd' \(cli/main\.py:\d+\)\. Please report it "
        rf"with the traceback, which {TRACEBACK}=1 prints\.\n",
        done.stderr,
    )


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        ("raise EOFError", "EOFError"),
        ("raise EOFError('EOF read')", "EOFError: 'EOF read'"),
        ("raise MemoryError", "MemoryError"),
        ("(lambda f: f(f))(lambda f: f(f))", "RecursionError: 'maximum recursion depth exceeded"),
        ("raise KeyError('a' * 1000)", f"KeyError: \"'{'a' * 100}"),
        ("raise OSError(5, 'Input/output error')", "OSError: '[Errno 5] Input/output error'"),
        ("raise StopIteration", "StopIteration"),
        ("1 / 0", "ZeroDivisionError: 'division by zero'"),
        ("import no_such_module", "ModuleNotFoundError: \"No module named 'no_such_module'\""),
        (r"raise LookupError('a\n::error::b\x1b[2J\u202e')", r"a\n::error::b\x1b[2J\u202e"),
    ],
)
def test_any_unexpected_error_is_a_bug_told_in_one_line(
    tmp_path: Path, body: str, shown: str
) -> None:
    done = run_patched(tmp_path, "check", body)
    assert done.returncode == 3
    assert shown in done.stderr
    assert done.stderr.startswith("Error: bug in this program: ")
    assert done.stderr.count("\n") == 1
    assert len(done.stderr) < 400


def test_the_traceback_is_printed_where_it_is_wanted(tmp_path: Path) -> None:
    done = run_patched(tmp_path, "check", "raise ValueError('odd')", **{TRACEBACK: "1"})
    assert done.returncode == 3
    first, *_, cause, last = done.stderr.splitlines()
    assert first == "Traceback (most recent call last):"
    assert cause == "ValueError: odd"
    assert last.startswith("Error: bug in this program: ValueError: 'odd'")


@pytest.mark.parametrize("wanted", ["", "1"])
def test_an_error_that_quotes_a_document_forges_nothing(tmp_path: Path, wanted: str) -> None:
    body = r"raise LookupError('a\n::error::b\n ##[error]c ##vso[x]\x1b[2J\r::error::d')"
    done = run_patched(tmp_path, "check", body, **{TRACEBACK: wanted})
    assert done.returncode == 3
    assert not re.search(r"\x1b|\r|##\w*\[|(?m:^)\s*::", done.stderr)
    assert done.stderr.splitlines()[-1].startswith("Error: bug in this program: LookupError: ")


@pytest.mark.parametrize(
    "module", ["cli/checking", "configuration/config", "engine", "rules/index"]
)
def test_a_cut_bytecode_file_is_reported(tmp_path: Path, module: str) -> None:
    """Python raises an EOFError for it, for which click prints "Aborted!" and exits with 1."""
    (tmp_path / "a.yaml").write_text("tasks: {}\n")
    run_cached = partial(
        run_in,
        tmp_path,
        "check",
        "a.yaml",
        PYTHONDONTWRITEBYTECODE="",
        PYTHONPYCACHEPREFIX=str(tmp_path / "cache"),
    )
    assert run_cached().returncode == 0
    (compiled,) = (tmp_path / "cache").rglob(f"validator/{module}.*.pyc")
    compiled.write_bytes(compiled.read_bytes()[:1000])
    done = run_cached()
    assert done.returncode == 3
    assert done.stdout == b""
    assert done.stderr.startswith(b"Error: bug in this program: EOFError: ")
    assert re.search(rb"\(\w+(/\w+)*\.py:\d+\)", done.stderr)
    assert done.stderr.count(b"\n") == 1


def test_control_c_ends_a_command_without_a_word(tmp_path: Path) -> None:
    body = "import os, signal, time; os.kill(os.getpid(), signal.SIGINT); time.sleep(60)"
    done = run_patched(tmp_path, "check", body)
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "")


def test_control_c_ends_a_command_while_it_starts(tmp_path: Path) -> None:
    body = """\
import sys
from validator.cli.main import main

class Interrupt:
    def find_spec(name, *_):
        if name == "validator.engine":
            raise KeyboardInterrupt

sys.meta_path.insert(0, Interrupt)
main(["check"])
"""
    done = subprocess.run([sys.executable, "-c", body], cwd=tmp_path, capture_output=True)
    assert (done.returncode, done.stdout, done.stderr) == (130, b"", b"")


def test_control_c_ends_the_processes_of_a_command_too(tmp_path: Path) -> None:
    """A terminal sends it to all of them."""
    # More findings than fit into a pipe, so that the command is still writing them.
    text = json.dumps({"tasks": {f"t{number}": 1 for number in range(20)}})
    names = [f"{number}.json" for number in range(150)]
    for name in names:
        (tmp_path / name).write_text(text)
    with subprocess.Popen(
        [sys.executable, "-m", "validator", "check", "--jobs", "2", "--format=concise", *names],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.readline().startswith(b"0.json:1:18: error")
        os.killpg(process.pid, signal.SIGINT)
        # End of file on the pipes: no process is left that could write to them.
        process.stdout.read()
        assert process.stderr.read() == b""
        assert process.wait() == 130
