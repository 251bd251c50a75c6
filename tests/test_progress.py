"""The line that counts files, and where it is not shown."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.reports import TEXT

pty = pytest.importorskip("pty")


def files(folder: Path, count: int) -> list[str]:
    paths = [folder / f"{number}.yaml" for number in range(count)]
    for path in paths:
        path.write_text(TEXT)
    return [str(path) for path in paths]


def errors_on_a_terminal(*arguments: str) -> bytes:
    """What the command writes to standard error where that is a terminal."""
    ours, theirs = pty.openpty()
    with os.fdopen(ours, "rb", buffering=0) as stream:
        subprocess.run(
            [sys.executable, "-m", "validator", "check", "--format", "concise", *arguments],
            stdout=subprocess.DEVNULL,
            stderr=theirs,
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


def test_nothing_is_written_where_there_is_no_terminal(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "validator", "check", *files(tmp_path, 25)], capture_output=True
    )
    assert done.stderr == b""
