"""`check --fix` when something goes wrong: a file is unchanged, or completely fixed."""

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.optional import NEEDS
from validator import check_paths, find_files

resource = pytest.importorskip("resource", reason=f"{NEEDS}limits of resources, as POSIX has them")

COMMAND = [sys.executable, "-m", "validator", "check", "--fix"]
ITEM = "  t{}:\n    name: T\n    command: t\n    triggered_by: [manual]\n"
BEFORE = "tasks:\n" + "".join(ITEM.format(number) for number in range(2_000))
AFTER = BEFORE.replace("triggered_by", "triggeredBy")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "a.yaml"
    path.write_text(BEFORE, encoding="utf-8")
    return path


def content(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def full_disk() -> None:
    """No file can grow beyond a thousand bytes, as on a nearly full disk."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1_000, 1_000))


def test_on_a_full_disk_nothing_is_lost(path: Path) -> None:
    done = subprocess.run([*COMMAND, path], capture_output=True, preexec_fn=full_disk)
    assert done.returncode == 1
    assert b"error[unreadable-file]: can't be written: File too large" in done.stdout
    assert content(path) == BEFORE
    assert list(path.parent.iterdir()) == [path]


def test_several_at_once(path: Path) -> None:
    running = [subprocess.Popen([*COMMAND, path], stdout=subprocess.PIPE) for _ in range(4)]
    outputs = [process.communicate()[0] for process in running]
    assert content(path) == AFTER
    assert list(path.parent.iterdir()) == [path]
    for process, output in zip(running, outputs, strict=True):
        assert process.returncode == (b"has changed while it was being fixed" in output)


@pytest.mark.parametrize("share", [0.3, 0.6, 0.8, 0.9, 0.95, 1.0])
def test_killed_at_any_time_nothing_is_lost(path: Path, share: float) -> None:
    began = time.monotonic()
    subprocess.run([*COMMAND, path], capture_output=True, check=True)
    whole = time.monotonic() - began
    path.write_text(BEFORE, encoding="utf-8")
    with subprocess.Popen([*COMMAND, path], stdout=subprocess.DEVNULL) as process:
        time.sleep(share * whole)
        process.kill()
    assert content(path) in (BEFORE, AFTER)


def test_a_file_that_vanishes_is_a_finding(tmp_path: Path) -> None:
    """It existed when the folder was searched."""
    for name in ("a", "b"):
        (tmp_path / name / ".ona").mkdir(parents=True)
        (tmp_path / name / ".ona/automations.yaml").write_text(BEFORE, encoding="utf-8")
    found = list(find_files([tmp_path]))
    Path(found[1]).unlink()
    first, second = check_paths(found)
    assert "unreadable-file" not in {finding.rule for finding in first.findings}
    assert [finding.rule for finding in second.findings] == ["unreadable-file"]
