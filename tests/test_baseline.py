from pathlib import Path

import pytest

from tests.test_check_command import run_in
from validator.baseline import BaselineError, read_baseline

TEXT = """\
tasks:
  a:
    name: A
    command: x
    dependsOn: [q, q]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / ".ona").mkdir()
    (tmp_path / ".ona/automations.yaml").write_text(TEXT)
    done = run_in(tmp_path, "check", "--write-baseline", "known.json")
    assert done.returncode == 0
    assert done.stderr == b"Wrote 4 findings to known.json.\n"
    return tmp_path


def check(folder: Path, text: str) -> list[str]:
    """The places and rules of what is not known in a changed file."""
    (folder / ".ona/automations.yaml").write_text(text)
    done = run_in(folder, "check", "--baseline", "known.json", "--format", "text")
    lines = [line for line in done.stdout.decode().splitlines() if line.startswith(".ona")]
    return [line.split("]")[0].split(":", 1)[1] for line in lines]


def test_known_findings_are_not_reported(folder: Path) -> None:
    assert check(folder, TEXT) == []


def test_they_stay_known_when_lines_move(folder: Path) -> None:
    moved = "# a comment\n\n" + TEXT.replace("  a:", "  # another\n\n  a:")
    assert check(folder, moved) == []


def test_a_new_one_is_reported(folder: Path) -> None:
    assert check(folder, TEXT.replace("[q, q]", "[q, q, r]")) == ["5:23: error[unknown-dependency"]


def test_one_that_changes_is_new(folder: Path) -> None:
    assert check(folder, TEXT.replace("[q, q]", "[r, q]")) == ["5:17: error[unknown-dependency"]


def test_it_holds_in_other_folders_than_the_current_one(folder: Path) -> None:
    done = run_in(
        folder.parent, "check", f"{folder.name}", "--baseline", f"{folder.name}/known.json"
    )
    assert done.stdout == b"No findings in 1 file.\n"


@pytest.mark.parametrize(
    "content", ["", "[]", "{}", '{"version": 2, "findings": []}', '{"version": 1, "findings": [1]}']
)
def test_what_is_no_baseline_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "known.json"
    path.write_text(content)
    with pytest.raises(BaselineError):
        read_baseline(str(path))
    (tmp_path / "x.yaml").write_text(TEXT)
    assert run_in(tmp_path, "check", "x.yaml", "--baseline", "known.json").returncode == 2
