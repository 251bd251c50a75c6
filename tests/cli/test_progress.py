"""The line that counts files, and where it is not shown."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.command import OUTSIDE
from tests.optional import NEEDS
from tests.reports import TEXT

WARNED = "services:\n  a: {name: A, triggeredBy: [manual]}\n"
"""A file that has a plan and a finding."""

pty = pytest.importorskip("pty", reason=f"{NEEDS}pseudo-terminals, as POSIX has them")


def files(folder: Path, count: int) -> list[str]:
    paths = [folder / f"{number}.yaml" for number in range(count)]
    for path in paths:
        path.write_text(TEXT)
    return [str(path) for path in paths]


def errors_on_a_terminal(*arguments: str, **environment: str) -> bytes:
    """The output of the command on standard error if that is a terminal."""
    arguments = ("check", "--format", "concise", *arguments)
    return on_a_terminal("stderr", *arguments, **environment)


def on_a_terminal(name: str, *arguments: str, **environment: str) -> bytes:
    """The output of the command on a named stream if that is a terminal."""
    kept = {each: os.environ[each] for each in os.environ if not OUTSIDE.match(each)}
    streams = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    ours, theirs = pty.openpty()
    with os.fdopen(ours, "rb", buffering=0) as stream:
        subprocess.run(
            [sys.executable, "-m", "validator", *arguments],
            env={**kept, "TERM": "xterm", **environment},
            **{**streams, name: theirs},
        )
        os.write(theirs, b"end")
        os.close(theirs)
        found = b""
        while not found.endswith(b"end"):
            found += stream.read(10_000)
        return found.removesuffix(b"end")


def test_many_files_are_counted_in_one_line_that_goes_away(tmp_path: Path) -> None:
    shown = errors_on_a_terminal(*files(tmp_path, 25))
    assert shown.startswith(b"\r21 files checked\r")
    assert b"\n" not in shown
    assert shown.endswith(b"\r" + b" " * len("21 files checked") + b"\r")


def test_few_files_need_no_word(tmp_path: Path) -> None:
    assert errors_on_a_terminal(*files(tmp_path, 20)) == b""


def test_a_dumb_terminal_has_no_line_to_go_back_to(tmp_path: Path) -> None:
    assert errors_on_a_terminal(*files(tmp_path, 25), TERM="dumb") == b""


def test_a_terminal_that_does_not_know_its_width(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(WARNED)
    shown = on_a_terminal("stdout", "plan", str(path), NO_COLOR="1")
    assert b"manual: each when somebody starts it, here as if all at once" in shown


@pytest.mark.parametrize("command", ["check", "plan"])
@pytest.mark.parametrize(
    ("environment", "colored"),
    [
        ({}, True),
        ({"TERM": ""}, True),
        ({"TERM": "dumb"}, False),
        ({"TERM": "dumb", "FORCE_COLOR": "1"}, True),
        ({"NO_COLOR": "1"}, False),
        ({"NO_COLOR": ""}, True),
        ({"NO_COLOR": "1", "FORCE_COLOR": "1"}, False),
    ],
)
def test_colors_on_a_terminal(
    tmp_path: Path, command: str, environment: dict[str, str], colored: bool
) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(WARNED)
    shown = on_a_terminal("stdout", command, str(path), **environment)
    assert b"A" in shown
    assert (b"\033[" in shown) is colored


def test_nothing_is_written_where_there_is_no_terminal(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "validator", "check", *files(tmp_path, 25)], capture_output=True
    )
    assert done.stderr == b""
