"""The commands `check --fix` and `check --diff`."""

import os
from pathlib import Path

import pytest

from tests.command import run_in
from tests.optional import needs_user

BROKEN = """\
# kept
services:
  db:
    name: 1.0   # kept too
    commands:
      start: postgres
    ready: pg_isready
    triggers: manual
tasks:
  migrate:
    name: Migrate
    command: ./migrate
    dependsOn: [db, db, migrate]
    triggered_by: [containerStart]
"""

SAFE = """\
# kept
services:
  db:
    name: "1.0"   # kept too
    commands:
      start: postgres
      ready: pg_isready
    triggeredBy: [manual]
tasks:
  migrate:
    name: Migrate
    command: ./migrate
    dependsOn: [db]
    triggeredBy: [containerStart]
"""

ALL = SAFE.replace("containerStart", "postDevcontainerStart")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write(tmp_path, BROKEN)
    return tmp_path


def write(folder: Path, text: str) -> None:
    (folder / "a.yaml").write_bytes(text.encode())


def content(folder: Path) -> str:
    return (folder / "a.yaml").read_bytes().decode()


def test_safe_fixes_are_made_and_the_rest_is_reported(folder: Path) -> None:
    done = run_in(folder, "check", "a.yaml", "--fix")
    assert content(folder) == SAFE
    assert done.returncode == 1
    assert b"a.yaml:14:19: error[invalid-value]: `containerStart`" in done.stdout
    assert done.stdout.endswith(
        b"Found 1 error in 1 file. Fixed 6 findings.\n1 fixable with `--fix --unsafe-fixes`.\n"
    )


def test_all_fixes_are_made_where_that_is_asked_for(folder: Path) -> None:
    done = run_in(folder, "check", "a.yaml", "--fix", "--unsafe-fixes")
    assert content(folder) == ALL
    assert done.stdout == b"No findings in 1 file. Fixed 7 findings.\n"
    assert done.returncode == 0


@pytest.mark.parametrize("line_break", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("end", ["", "\n"])
def test_line_ends_mark_and_final_line_end_stay(
    folder: Path, line_break: str, mark: str, end: str
) -> None:
    def written(text: str) -> str:
        return mark + (text.rstrip("\n") + end).replace("\n", line_break)

    write(folder, written(BROKEN))
    run_in(folder, "check", "a.yaml", "--fix", "--unsafe-fixes")
    assert content(folder) == written(ALL)


def test_a_second_time_changes_nothing(folder: Path) -> None:
    run_in(folder, "check", "a.yaml", "--fix")
    before = os.stat(folder / "a.yaml")
    run_in(folder, "check", "a.yaml", "--fix")
    assert os.stat(folder / "a.yaml").st_ino == before.st_ino


def test_a_diff_changes_nothing_and_fails(folder: Path) -> None:
    done = run_in(folder, "check", "a.yaml", "--diff")
    assert content(folder) == BROKEN
    assert done.returncode == 1
    lines = done.stdout.decode().splitlines()
    assert lines[:3] == ["--- a/a.yaml", "+++ b/a.yaml", "@@ -1,14 +1,14 @@"]
    assert "-    triggers: manual" in lines
    assert "+    triggeredBy: [manual]" in lines
    assert b"Would fix 6 findings." in done.stderr


def test_a_diff_of_a_clean_file_is_empty(folder: Path) -> None:
    write(folder, ALL)
    done = run_in(folder, "check", "a.yaml", "--diff")
    assert (done.stdout, done.returncode) == (b"", 0)


def test_standard_input_comes_out_fixed(folder: Path) -> None:
    done = run_in(folder, "check", "-", "--fix", stdin=BROKEN.encode())
    assert done.stdout.decode() == SAFE
    assert b"error[invalid-value]" in done.stderr


@pytest.mark.parametrize("broken", [b"\xff", b"a: [", b""])
def test_standard_input_that_can_not_be_fixed_comes_out_as_it_was(
    folder: Path, broken: bytes
) -> None:
    assert run_in(folder, "check", "-", "--fix", stdin=broken).stdout == broken


def test_fix_and_diff_exclude_each_other(folder: Path) -> None:
    assert run_in(folder, "check", "a.yaml", "--fix", "--diff").returncode == 2


def test_only_selected_rules_are_fixed(folder: Path) -> None:
    run_in(folder, "check", "a.yaml", "--fix", "--select", "duplicate-dependency")
    assert content(folder) == BROKEN.replace("[db, db, migrate]", "[db, migrate]")


def test_a_suppressed_finding_is_not_fixed(folder: Path) -> None:
    line = "    triggers: manual"
    kept = f"{line}  # automation-validator: ignore[unknown-field]"
    write(folder, BROKEN.replace(line, kept))
    run_in(folder, "check", "a.yaml", "--fix")
    assert kept in content(folder)


@needs_user
def test_a_folder_that_can_not_be_written_is_a_finding(folder: Path) -> None:
    folder.chmod(0o500)
    done = run_in(folder, "check", "a.yaml", "--fix")
    folder.chmod(0o700)
    assert b"error[unreadable-file]: can't be written" in done.stdout
    assert content(folder) == BROKEN
