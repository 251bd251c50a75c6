"""Signals: a run ends with all its processes, with the status that shells expect."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.optional import needs_posix
from validator.cli import jobs

pytestmark = needs_posix

MANY = 150
"""More files than are checked before the first output is full."""


@pytest.fixture
def names(tmp_path: Path) -> list[str]:
    """Files with more findings than fit into a pipe, so that a run waits for its reader."""
    text = "tasks:\n" + "".join(f"  t{number}: 1\n" for number in range(50))
    names = [f"{number}.yaml" for number in range(MANY)]
    for name in names:
        (tmp_path / name).write_text(text, encoding="utf-8")
    return names


def started(folder: Path, *arguments: str) -> "subprocess.Popen[bytes]":
    """A run that is in the middle of its output."""
    process = subprocess.Popen(
        [sys.executable, "-m", "validator", "check", "--format", "concise", *arguments],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline().startswith(b"0.yaml:2:7: error")
    return process


@pytest.mark.parametrize("jobs", ["1", "2", "5"])
@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP", "SIGKILL"])
def test_the_processes_of_a_run_end_with_it(
    tmp_path: Path, names: list[str], name: str, jobs: str
) -> None:
    """The signal goes only to the first process, as from a runner of CI jobs or `timeout`."""
    number = getattr(signal, name)
    with started(tmp_path, "--jobs", jobs, *names) as process:
        process.send_signal(number)
        # A pipe ends when no process is left that could write to it.
        _, errors = process.communicate(timeout=30)
    assert process.returncode == -number
    assert errors == b""


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_control_c_ends_all_processes_without_a_word(
    tmp_path: Path, names: list[str], jobs: str
) -> None:
    with started(tmp_path, "--jobs", jobs, *names) as process:
        os.killpg(process.pid, signal.SIGINT)
        _, errors = process.communicate(timeout=30)
    assert (process.returncode, errors) == (130, b"")


def test_a_reader_that_goes_away_ends_all_processes(tmp_path: Path, names: list[str]) -> None:
    with started(tmp_path, "--jobs", "3", *names) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(timeout=30) == 141


@pytest.mark.parametrize(
    ("system", "wanted", "used"), [("nt", 200, 61), ("nt", 4, 4), ("posix", 200, 200)]
)
def test_windows_can_wait_for_61_processes(
    monkeypatch: pytest.MonkeyPatch, system: str, wanted: int, used: int
) -> None:
    monkeypatch.setattr(os, "name", system)
    number = jobs._number(wanted)
    monkeypatch.undo()
    assert number == used
