"""A path that does not exist ends a run as wrong usage, with the path that was perhaps meant."""

from pathlib import Path

import pytest

from tests.command import run_in
from validator.cli.near_path import near_path

FILE = "tasks: {a: {name: A, command: x, triggeredBy: [manual]}}\n"


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    for name in (".ona/config.yaml", ".ona/automations/nightly.yaml", "config/one.yaml", "x", "y"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(FILE)
    return tmp_path


@pytest.mark.parametrize(
    ("path", "near"),
    [
        (".ona/conifg.yaml", ".ona/config.yaml"),
        (".ona/config.yml", ".ona/config.yaml"),
        (".ona/Config.yaml", ".ona/config.yaml"),
        (".onna/config.yaml", ".ona/config.yaml"),
        ("./.onaa/confg.yaml", "./.ona/config.yaml"),
        (".ona/automation/nigthly.yaml", ".ona/automations/nightly.yaml"),
        ("config.yaml", ".ona/config.yaml"),
        ("confg", "config"),
        ("config/two.yaml", None),
        ("nope", None),
        ("z", None),
        ("nope/nothing/none.yaml", None),
        ("", None),
    ],
)
def test_the_near_path(
    repository: Path, monkeypatch: pytest.MonkeyPatch, path: str, near: str | None
) -> None:
    monkeypatch.chdir(repository)
    assert near_path(path) == near
    if path and near is not None:
        assert near_path(str(repository / path)) == str(repository / near)


@pytest.mark.parametrize(
    "command", ["check", "plan", "graph", "graph --format html", "migrate", "why install"]
)
def test_every_command_ends_with_2(repository: Path, command: str) -> None:
    done = run_in(repository, *command.split(), ".ona/conifg.yaml")
    said = "Hint: there is no `.ona/conifg.yaml`; did you mean `.ona/config.yaml`?\n"
    assert done.returncode == 2
    assert done.stderr.decode().count(said) == 1
    shown = done.stdout + done.stderr
    assert b".ona/conifg.yaml: error[unreadable-file]: can't be read: No such file" in shown


@pytest.mark.parametrize("command", ["check", "plan", "graph", "migrate", "why install"])
def test_without_a_near_path_there_is_no_hint(repository: Path, command: str) -> None:
    done = run_in(repository, *command.split(), "nope.json")
    assert done.returncode == 2
    assert b"Hint" not in done.stderr


@pytest.mark.parametrize("command", ["check", "plan", "graph", "migrate", "why install"])
def test_a_file_that_exists_and_can_not_be_read_is_no_wrong_usage(
    repository: Path, command: str
) -> None:
    (repository / "loop.yaml").symlink_to("loop.yaml")
    assert run_in(repository, *command.split(), "loop.yaml").returncode == 1


def test_without_an_older_file_there_is_nothing_to_migrate(tmp_path: Path) -> None:
    assert run_in(tmp_path, "migrate").returncode == 2


def test_a_name_can_forge_no_output(tmp_path: Path) -> None:
    (tmp_path / "name\n::error::x.yaml").touch()
    done = run_in(tmp_path, "check", "nmae\n::error::x.yaml")
    assert b"Hint" in done.stderr
    assert b"\n::error" not in done.stdout + done.stderr
