"""The option `check --watch`, in a real process."""

import os
import re
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.command import run_in
from tests.optional import needs, needs_posix

pytestmark = [needs_posix, needs("watchfiles", find_spec("watchfiles"))]

GOOD = "tasks: {a: {name: A, command: x, triggeredBy: [manual]}}\n"
BAD = GOOD.replace("command", "comand")
WAITING = "Watching for changes; press Ctrl-C to stop.\n"


class Watching:
    """A run that watches, and what it prints."""

    def __init__(self, process: "subprocess.Popen[bytes]", stream: int) -> None:
        self.process = process
        self._stream = stream

    def next(self, awaited: str = WAITING) -> str:
        """What is printed from now on to the end of the next check."""
        shown = ""
        ends = time.monotonic() + 60
        while awaited not in shown and time.monotonic() < ends:
            if select.select([self._stream], [], [], 1)[0]:
                try:
                    shown += os.read(self._stream, 65_536).decode().replace("\r\n", "\n")
                except OSError:  # of a terminal whose process has ended
                    break
        assert awaited in shown, shown
        return shown

    def until(self, awaited: str) -> str:
        """The first check with something in its output; several changes may need several checks."""
        ends = time.monotonic() + 60
        while time.monotonic() < ends:
            shown = self.next()
            if awaited in shown:
                return shown
        raise AssertionError(awaited)


@contextmanager
def watching(folder: Path, *arguments: str, terminal: bool = False) -> Iterator[Watching]:
    outside, inside = os.openpty() if terminal else os.pipe()
    with subprocess.Popen(
        [sys.executable, "-m", "validator", "check", "--watch", *arguments],
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=inside,
        stderr=inside,
        start_new_session=True,
        env={**os.environ, "GITHUB_ACTIONS": "", "TERM": "xterm"},
    ) as process:
        os.close(inside)
        try:
            yield Watching(process, outside)
        finally:
            if process.poll() is None:
                process.kill()
            os.close(outside)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / ".git").mkdir()
    (tmp_path / ".ona").mkdir()
    (tmp_path / ".ona" / "config.yaml").write_text(GOOD)
    return tmp_path


def test_what_changes_is_checked_again(folder: Path) -> None:
    path = folder / ".ona" / "config.yaml"
    with watching(folder) as run:
        assert "No findings in 1 file" in run.next()
        path.write_text(BAD)
        assert "error[unknown-field]" in run.until("unknown-field")
        # As editors save files.
        (folder / "new").write_text(GOOD)
        os.replace(folder / "new", path)
        run.until("No findings in 1 file")
        path.unlink()
        run.until("no automations file found")
        (folder / ".ona").rmdir()
        (folder / ".gitpod").mkdir()
        (folder / ".gitpod" / "automations.yaml").write_text(BAD)
        assert ".gitpod/automations.yaml:1" in run.until("unknown-field")
        (folder / "automation-validator.toml").write_text(
            'ignore = ["unknown-field", "missing-field"]\n'
        )
        run.until("No findings")
        (folder / "automation-validator.toml").write_text("ignore = 1\n")
        run.until("automation-validator.toml:1")
        os.killpg(run.process.pid, signal.SIGINT)
        assert run.process.wait(timeout=60) == 130


def test_one_file_is_watched(folder: Path) -> None:
    path = folder / ".ona" / "config.yaml"
    with watching(folder, ".ona/config.yaml") as run:
        run.next()
        path.unlink()
        run.until("unreadable-file")
        (folder / ".ona").rmdir()
        (folder / ".ona").mkdir()
        path.write_text(BAD)
        run.until("unknown-field")
        path.write_text(GOOD)
        run.until("No findings")
        os.killpg(run.process.pid, signal.SIGINT)
        assert run.process.wait(timeout=60) == 130


def test_files_above_are_noticed(folder: Path) -> None:
    """The configuration, and the file of the repository, seen from a folder below."""
    (folder / "below").mkdir()
    with watching(folder / "below") as run:
        assert "No findings in 1 file" in run.next()
        (folder / ".ona" / "config.yaml").write_text(BAD)
        run.until("unknown-field")
        (folder / "automation-validator.toml").write_text(
            'ignore = ["unknown-field", "missing-field"]\n'
        )
        run.until("No findings")


def test_a_terminal_is_cleared(folder: Path) -> None:
    with watching(folder, terminal=True) as run:
        assert run.next().startswith("\x1b[2J")
        (folder / ".ona" / "config.yaml").write_text(BAD)
        assert run.until("unknown-field").startswith("\x1b[2J")


def test_without_a_terminal_each_check_begins_with_its_time(folder: Path) -> None:
    begun = re.compile(r"^--- \d{4}-\d\d-\d\d \d\d:\d\d:\d\d$", re.MULTILINE)
    with watching(folder) as run:
        assert begun.match(run.next())
        (folder / ".ona" / "config.yaml").write_text(BAD)
        assert begun.search(run.until("unknown-field"))


def test_options_of_the_output_are_used_each_time(folder: Path) -> None:
    with watching(folder, "--statistics", "-q", "--fail-on", "hint", "--exit-zero") as run:
        run.next()
        (folder / ".ona" / "config.yaml").write_text(BAD)
        assert "error[" not in run.until("unknown-field")


@pytest.mark.parametrize(
    ("arguments", "at_fault"),
    [
        ("--fix", "--fix"),
        ("--fix --unsafe-fixes -q", "--fix"),
        ("--diff", "--diff"),
        ("--add-ignore --reason x", "--add-ignore"),
        ("--write-baseline b.json", "--write-baseline"),
        ("--show-files", "--show-files"),
        ("--show-settings", "--show-settings"),
        ("-o out.json --format json", "--output-file"),
        ("-", "standard input"),
        ("--stdin-filename x.yaml", "standard input"),
    ],
)
def test_it_only_checks(folder: Path, arguments: str, at_fault: str) -> None:
    done = run_in(folder, "check", "--watch", *arguments.split())
    assert (done.returncode, done.stdout) == (2, b"")
    message = f"Error: --watch only checks files; it can't be used together with {at_fault}.\n"
    assert done.stderr.decode().endswith(message)
    assert {each.name for each in folder.iterdir()} == {".git", ".ona"}


def test_wrong_usage_ends_it(folder: Path) -> None:
    done = run_in(folder, "check", "--watch", "--ignore", "unknown-feild")
    assert done.returncode == 2
    assert b"did you mean `unknown-field`?" in done.stderr


def test_without_its_package_it_says_what_to_install(folder: Path) -> None:
    program = (
        "import sys; sys.modules['watchfiles'] = None\n"
        "from validator.cli.main import main\nmain(['check', '--watch'])"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=folder, capture_output=True)
    assert done.returncode == 2
    assert b"install it with `pip install 'automation-validator[watch]'`" in done.stderr
