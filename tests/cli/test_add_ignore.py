"""The option `check --add-ignore`."""

import os
import stat
from pathlib import Path

import pytest

from tests.command import run_in
from tests.optional import needs_posix

FILE = """\
tasks:
  build:
    name: Build
    comand: make
    triggeredBy: [manual, manual]
    command: make
"""

ADDED = """\
tasks:
  build:
    name: Build
    # automation-validator: ignore[unknown-field] older
    comand: make
    # automation-validator: ignore[duplicate-trigger] older
    triggeredBy: [manual, manual]
    command: make
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a.yaml").write_text(FILE)
    return tmp_path


def test_the_same_check_has_no_findings_afterwards(folder: Path) -> None:
    done = run_in(folder, "check", "a.yaml", "--add-ignore", "--reason", "older")
    assert (done.returncode, done.stdout) == (0, b"No findings in 1 file.\n")
    assert done.stderr == b"Added comments that suppress 2 findings in 1 file.\n"
    assert (folder / "a.yaml").read_text() == ADDED
    done = run_in(folder, "check", "a.yaml", "--fail-on", "hint")
    assert done.returncode == 0
    done = run_in(folder, "check", "a.yaml", "--add-ignore")
    assert done.stderr == b"Added no comments.\n"
    assert (folder / "a.yaml").read_text() == ADDED


def test_only_the_selected_rules_are_suppressed(folder: Path) -> None:
    done = run_in(folder, "check", "a.yaml", "--add-ignore", "--select", "unknown-field")
    assert b"suppress 1 finding in 1 file" in done.stderr
    assert (folder / "a.yaml").read_text().count("# automation-validator") == 1
    done = run_in(folder, "check", "a.yaml", "--format", "concise")
    assert b"duplicate-trigger" in done.stdout
    assert b"unknown-field" not in done.stdout


def test_known_findings_get_no_comments(folder: Path) -> None:
    run_in(folder, "check", "a.yaml", "--select", "unknown-field", "--write-baseline", "known.json")
    done = run_in(folder, "check", "a.yaml", "--baseline", "known.json", "--add-ignore")
    assert done.returncode == 0
    text = (folder / "a.yaml").read_text()
    assert "ignore[duplicate-trigger]" in text
    assert "ignore[unknown-field]" not in text


def test_of_standard_input(folder: Path) -> None:
    arguments = ["check", "-", "--add-ignore", "--reason", "older"]
    done = run_in(folder, *arguments, stdin=FILE.encode())
    assert done.stdout.decode() == ADDED
    assert done.stderr.decode().startswith("No findings in 1 file.\n")


def test_what_no_comment_suppresses_stays(folder: Path) -> None:
    (folder / "a.yaml").write_text(FILE + "  build: {}\n")
    done = run_in(folder, "check", "a.yaml", "--add-ignore", "--format", "concise")
    assert done.returncode == 1
    assert b"error[duplicate-key]" in done.stdout


def test_json_has_no_comments(folder: Path) -> None:
    text = '{"tasks": {"a": {"comand": "x"}}}'
    (folder / "a.json").write_text(text)
    done = run_in(folder, "check", "a.json", "--add-ignore")
    assert done.returncode == 1
    assert b"Warning: a.json: JSON has no comments" in done.stderr
    assert (folder / "a.json").read_text() == text


@needs_posix
def test_the_mode_is_kept(folder: Path) -> None:
    os.chmod(folder / "a.yaml", 0o640)
    run_in(folder, "check", "a.yaml", "--add-ignore")
    assert stat.S_IMODE(os.stat(folder / "a.yaml").st_mode) == 0o640


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        (["--add-ignore", "--fix"], "--add-ignore can't be used together with --fix"),
        (["--add-ignore", "--diff"], "--add-ignore can't be used together with --fix"),
        (["--add-ignore", "--write-baseline", "x"], "--add-ignore can't be used together"),
        (["--reason", "x"], "--reason has no effect without --add-ignore; add it."),
        (["--add-ignore", "--reason", "a\nb"], "--reason must be one line of printable"),
    ],
)
def test_wrong_usage(folder: Path, arguments: list[str], error: str) -> None:
    done = run_in(folder, "check", "a.yaml", *arguments)
    assert done.returncode == 2
    assert f"Error: {error}" in done.stderr.decode()
    assert (folder / "a.yaml").read_text() == FILE
