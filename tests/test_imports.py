"""What the common case must not pay for."""

import subprocess
import sys
from pathlib import Path

import pytest

SLOW = {"jsonschema", "networkx", "pygls", "lsprotocol", "difflib", "referencing"}

FOR_OTHER_FORMATS = {"hashlib", "html", "pathlib", "textwrap", "urllib", "xml"}

CLEAN = """\
services:
  db:
    name: Database
    commands: {start: postgres -D data, ready: pg_isready}
    triggeredBy: [postDevcontainerStart]
tasks:
  install:
    name: Install
    command: npm ci
    triggeredBy: [prebuild]
  migrate:
    name: Migrate
    command: ./migrate.sh
    dependsOn: [db, install]
    triggeredBy: [manual]
"""


def imported(program: str, *arguments: str) -> set[str]:
    """The top-level modules that a program has imported when it ends."""
    code = f"import sys\n{program}\nprint(*{{name.split('.')[0] for name in sys.modules}})"
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=True
    )
    return set(done.stdout.split())


def check(path: Path) -> set[str]:
    return imported("import validator\nvalidator.check_file(sys.argv[1])", str(path))


def test_a_clean_file_is_checked_without_what_is_slow_to_import(tmp_path: Path) -> None:
    path = tmp_path / "automations.yaml"
    path.write_text(CLEAN)
    assert check(path) & SLOW == set()


def test_the_command_checks_a_clean_file_without_them_too(tmp_path: Path) -> None:
    path = tmp_path / "automations.yaml"
    path.write_text(CLEAN)
    program = (
        "from validator.cli.main import main\nmain(['check', sys.argv[1]], standalone_mode=False)"
    )
    modules = imported(program, str(path))
    assert modules & (SLOW | FOR_OTHER_FORMATS) == set()
    assert "click" in modules


@pytest.mark.parametrize(
    ("old", "new", "module"),
    [
        ("triggeredBy: [prebuild]", "triggers: [prebuild]", "jsonschema"),
        ("command: npm ci", "command: npm ci\n    dependsOn: [migrate]", "networkx"),
    ],
)
def test_they_are_imported_when_they_are_needed(
    tmp_path: Path, old: str, new: str, module: str
) -> None:
    path = tmp_path / "automations.yaml"
    path.write_text(CLEAN.replace(old, new))
    assert module in check(path)


def test_the_core_imports_no_shell(tmp_path: Path) -> None:
    path = tmp_path / "automations.yaml"
    path.write_text(CLEAN)
    assert check(path) & {"click", "pygls"} == set()
