"""Automations files that the platform does not read: misnamed ones, and ones next to another."""

import os
from pathlib import Path

import pytest

from tests.command import run_in
from tests.search.test_search import repository
from validator import check_file, check_paths
from validator.configuration.config import Config, Override
from validator.kinds import KNOWN_PATHS
from validator.rules import declared

OURS = "# Tasks\ntasks: {a: {name: A, command: a, triggeredBy: [manual]}}\n"
OLDER = "tasks:\n  - init: npm ci\n    command: npm start\n"


def write(folder: Path, **files: str) -> None:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)


def findings(folder: Path, config: Config | None = None) -> list[str]:
    """The findings of a search, without those of the documents."""
    return [
        f"{os.path.relpath(report.path or '', folder)}: {each.severity}[{each.rule}] {each.message}"
        for report in check_paths([folder], config=config)
        for each in report.findings
        if each.rule in ("misnamed-file", "shadowed-file")
    ]


MISNAMED = {
    ".ona/automation.yaml": OURS,
    ".ona/automation.yml": OLDER,
    ".ona/automations.json": '{"tasks": {}}',
    ".ona/config.json": '{\n  "$schema": "x",\n  "services": {}\n}',
    ".ona/Config.yaml": OURS,
    ".ona/tasks.yaml": OURS,
    ".ona/services.yml": "services:\r\n  a: {}\r\n",
    ".gitpod/automations.json": '{"services": {}, "tasks": {}}',
    ".gitpod/config.yaml": "\ufefftasks:\n",
    ".gitpod/config.yml": "{tasks: {}}\n",
    ".gitpod/automation.yaml": 'x: &x 1\n"tasks" : {\n',
    ".ona.yml": OLDER,
    ".ona.yaml": OURS,
    "automation.yaml": OURS,
    "automation.yml": OURS.replace("triggeredBy", "triggered_by"),
}


@pytest.mark.parametrize("name", MISNAMED)
def test_a_name_that_nothing_reads_is_a_warning(tmp_path: Path, name: str) -> None:
    repository(tmp_path)
    write(tmp_path, **{name: MISNAMED[name]})
    advice = "rename it to `.ona/config.yaml`"
    message = f"{name}: warning[misnamed-file] the platform does not read `{name}`; {advice}"
    assert findings(tmp_path) == [message]
    (report,) = check_paths([tmp_path])
    assert report.findings[0].place is None


@pytest.mark.parametrize("known", KNOWN_PATHS)
def test_beside_a_file_that_is_read_it_is_to_be_merged(tmp_path: Path, known: str) -> None:
    write(tmp_path, **{known: OURS, ".gitpod/config.yaml": OURS})
    said = f"the platform does not read `.gitpod/config.yaml`; it reads `{known}`, so merge the two"
    assert findings(tmp_path) == [f".gitpod/config.yaml: warning[misnamed-file] {said}"]


NOT_MEANT = {
    ".ona/automation.yaml": "name: x\ntriggers: []\naction: {steps: [{task: {command: x}}]}\n",
    ".ona/automations/tasks.json": '{"tasks": {}}',
    ".ona/automations/old/automation.yaml": OURS,
    ".ona/config.json": '{"editor": {"tasks": 1}}',
    ".ona/other.yaml": OURS,
    ".ona/tasks.yaml": "- tasks: 1\n",
    ".gitpod/config.yaml": "# nothing yet\n",
    ".gitpod/tasks.yaml/x": OURS,
    ".gitpod.yml": OLDER,
    ".ona.yml": "  tasks: x\n",
    "automation.yaml": "- alias: Light\n  trigger: []\n",
    "automation.yml": "services:\n  web: {image: nginx}\n",
    "automations.yaml": OURS,
    "config.yaml": OURS,
    "docs/automation.yaml": OURS,
    "docs/.ona.yml": OURS,
    "tasks.yaml": OURS,
}


@pytest.mark.parametrize("name", NOT_MEANT)
def test_other_files_are_left_alone(tmp_path: Path, name: str) -> None:
    write(tmp_path, **{name: NOT_MEANT[name]})
    assert list(check_paths([tmp_path])) == []


def test_a_file_that_can_not_be_read_says_nothing(tmp_path: Path) -> None:
    (tmp_path / ".ona").mkdir()
    os.mkfifo(tmp_path / ".ona/automation.yaml")
    (tmp_path / ".ona/automation.yml").symlink_to("/dev/zero")
    write(tmp_path, **{".ona/config.yaml": OURS})
    (tmp_path / ".ona/automations.json").symlink_to("config.yaml")
    assert findings(tmp_path) == []


def test_an_ignored_file_is_not_reported(tmp_path: Path) -> None:
    repository(tmp_path, "automation.yaml\n")
    write(tmp_path, **{".ona/automation.yaml": OURS, "automation.yaml": OURS})
    assert findings(tmp_path) == []


def test_each_repository_has_a_root(tmp_path: Path) -> None:
    repository(tmp_path / "one")
    write(tmp_path, **{"one/automation.yaml": OURS, "two/automation.yaml": OURS})
    assert [each.split(":")[0] for each in findings(tmp_path)] == ["one/automation.yaml"]


def test_a_file_that_the_configuration_names_is_checked(tmp_path: Path) -> None:
    write(tmp_path, **{".ona/automation.yaml": "tasks: []\n"})
    config = Config(files=(".ona/automation.yaml",), folder=str(tmp_path))
    (report,) = check_paths([tmp_path], config=config)
    assert [finding.rule for finding in report.findings] == ["wrong-type"]


def test_the_configuration_may_say_otherwise(tmp_path: Path) -> None:
    write(tmp_path, **{".ona/automation.yaml": OURS, ".ona/config.yaml": OURS})
    write(tmp_path, **{".ona/config.yml": OURS})
    assert len(findings(tmp_path)) == 2
    both = frozenset({"misnamed-file", "shadowed-file"})
    for config in (
        Config(ignore=both),
        Config(overrides=(Override("*", both, {}),), folder=str(tmp_path)),
        Config(select=frozenset({"unknown-field"})),
    ):
        assert findings(tmp_path, config) == []
    (tmp_path / "automation-validator.toml").write_text(
        '[severity]\nmisnamed-file = "error"\nshadowed-file = "hint"\n'
    )
    done = run_in(tmp_path, "check", "--format", "concise")
    assert done.returncode == 1
    assert b"error[misnamed-file]" in done.stdout
    assert b"hint[shadowed-file]" in done.stdout


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (".ona/config.yaml", ".ona/config.yml"),
        (".ona/config.yaml", ".ona/automations.yaml"),
        (".ona/config.yml", ".gitpod/automations.yaml"),
        (".ona/automations.yaml", ".ona/automations.yml"),
        (".ona/automations.yml", ".gitpod/automations.yml"),
        (".gitpod/automations.yaml", ".gitpod/automations.yml"),
    ],
)
def test_the_second_of_two_files_names_the_first(tmp_path: Path, first: str, second: str) -> None:
    write(tmp_path, **{f"a/{first}": OURS, f"a/{second}": OURS, f"b/{second}": OURS})
    message = f"`{first}` is here too, and the platform reads only one of them; merge the two"
    assert findings(tmp_path) == [f"a/{second}: warning[shadowed-file] {message}"]
    (finding,) = check_file(tmp_path / "a" / second).findings
    assert (finding.rule, finding.message) == ("shadowed-file", message)
    assert finding.place is not None
    assert finding.place.start == (1, 1, 0)


def test_a_file_in_a_known_folder_is_seen_from_inside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, **{".ona/config.yaml": OURS, ".ona/automations.yml": OURS})
    monkeypatch.chdir(tmp_path / ".ona")
    (finding,) = check_file("automations.yml").findings
    assert finding.rule == "shadowed-file"


def test_two_names_of_one_file_are_no_two_files(tmp_path: Path) -> None:
    write(tmp_path, **{".ona/config.yaml": OURS})
    (tmp_path / ".gitpod").mkdir()
    (tmp_path / ".gitpod/automations.yml").symlink_to("../.ona/config.yaml")
    assert findings(tmp_path) == []
    assert check_file(tmp_path / ".gitpod/automations.yml").findings == ()


def test_a_comment_suppresses_that_a_file_is_shadowed(tmp_path: Path) -> None:
    comment = "# automation-validator: ignore-file[shadowed-file]\n"
    write(tmp_path, **{".ona/config.yaml": OURS, ".ona/config.yml": comment + OURS})
    assert findings(tmp_path) == []
    report = check_file(tmp_path / ".ona/config.yml")
    assert (report.findings, report.suppressed) == ((), 1)


@pytest.mark.parametrize("options", [["--fix"], ["--diff"], ["--jobs", "2"]])
def test_fixing_and_several_processes_say_it_too(tmp_path: Path, options: list[str]) -> None:
    write(tmp_path, **{".ona/config.yaml": OURS, ".ona/config.yml": OURS})
    write(tmp_path, **{".ona/automation.yml": OURS})
    done = run_in(tmp_path, "check", *options)
    said = done.stdout + done.stderr
    assert said.count(b"warning[shadowed-file]") == said.count(b"warning[misnamed-file]") == 1
    assert done.returncode == 0


def test_comments_and_the_configuration_ignore_what_the_pages_say(tmp_path: Path) -> None:
    comment = "# automation-validator: ignore-file[{}]\n"
    write(
        tmp_path,
        **{
            ".ona/config.yaml": OURS,
            ".ona/automation.yaml": comment.format("misnamed-file") + OURS,
            ".gitpod/automations.yaml": comment.format("shadowed-file") + OURS,
        },
    )
    (found,) = findings(tmp_path)
    assert "warning[misnamed-file]" in found
    assert declared("misnamed-file").ignored_by == "configuration"
    assert declared("shadowed-file").ignored_by == "comments"
    assert findings(tmp_path, Config(ignore=frozenset({"misnamed-file"}))) == []
