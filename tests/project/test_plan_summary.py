"""The summary of a job in GitHub Actions on plans that a change changes."""

import json
import sys
from pathlib import Path
from typing import Any

import pytest

from scripts import plan_summary
from tests.checkout import ROOT
from tests.git import commit, git
from tests.optional import needs_git
from validator import check_paths
from validator.kinds import KNOWN_PATHS

FILE = ".ona/config.yaml"
FIRST = "tasks: {a: {name: A, command: a, triggeredBy: [manual]}}\n"
SECOND = FIRST.replace("manual", "postEnvironmentStart")


@pytest.fixture
def command(tmp_path: Path) -> str:
    """The path of the command, as it is installed."""
    path = tmp_path / "automation-validator"
    path.write_text(f"#!/bin/sh\nPYTHONPATH='{ROOT}' exec '{sys.executable}' -m validator \"$@\"\n")
    path.chmod(0o755)
    return str(path)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder: a repository with a commit of a file and a change of it."""
    repository = tmp_path / "repository"
    repository.mkdir()
    git(repository, "init", "-q", "--initial-branch=main")
    (repository / ".ona").mkdir()
    (repository / FILE).write_text(FIRST)
    (repository / "sub/.gitpod").mkdir(parents=True)
    (repository / "sub/.gitpod/automations.yaml").write_text(FIRST)
    commit(repository)
    (repository / FILE).write_text(SECOND)
    commit(repository)
    monkeypatch.chdir(repository)
    return repository


def findings() -> dict[str, Any]:
    """What `check --format json` finds in the current folder."""
    files = [report.as_file() for report in check_paths(["."])]
    found: dict[str, Any] = json.loads(json.dumps({"files": files}))
    return found


def sections(command: str, revision: str = "HEAD^1", *paths: str) -> list[str]:
    plan = [command, "plan"]
    return list(plan_summary.sections(findings(), revision, paths or ["."], plan))


def test_the_known_paths_are_those_of_the_package() -> None:
    assert plan_summary.KNOWN_PATHS == KNOWN_PATHS


@needs_git
@pytest.mark.parametrize("revision", ["HEAD^1", "main~1", "main~1..."])
def test_a_changed_file_is_compared(folder: Path, command: str, revision: str) -> None:
    assert (folder / "sub/.gitpod/automations.yaml").exists()
    (section,) = sections(command, revision)
    lines = section.splitlines()
    assert lines[0] == "### Plan of <code>&#46;ona&#47;config&#46;yaml</code>"
    assert lines[2].startswith("1 changed, compared with <code>git&#58;")
    assert "Now runs at every start and resume" in lines[-1]


@needs_git
def test_without_a_changed_file_it_says_so(folder: Path, command: str) -> None:
    (folder / "README").write_text("x")
    commit(folder)
    assert sections(command) == []
    assert plan_summary.summary([]).endswith("\n\nNo automations file has changed.\n")


@needs_git
def test_a_file_whose_plan_is_the_same_is_named(folder: Path, command: str) -> None:
    (folder / FILE).write_text(f"# A comment\n{SECOND}")
    commit(folder)
    (section,) = sections(command)
    assert "The plan does not change, compared with" in section


@needs_git
def test_a_file_that_is_new_moved_or_deleted(folder: Path, command: str) -> None:
    git(folder, "mv", FILE, ".ona/automations.yaml")
    git(folder, "rm", "-q", "sub/.gitpod/automations.yaml")
    (folder / "new/.ona").mkdir(parents=True)
    (folder / "new" / FILE).write_text(SECOND.replace("a:", "b:"))
    commit(folder)
    shown = {each.splitlines()[0]: each.splitlines()[2] for each in sections(command)}
    assert {
        name.replace("&#46;", ".").replace("&#47;", "/"): said.partition(",")[0]
        for name, said in shown.items()
    } == {
        "### Plan of <code>.ona/automations.yaml</code>": "The plan does not change",
        "### Plan of <code>new/.ona/config.yaml</code>": "1 added",
        "### Plan of <code>sub/.gitpod/automations.yaml</code>": "1 gone",
    }
    assert len(sections(command, "HEAD^1", ".ona", "new")) == 2


@needs_git
def test_a_file_with_a_line_feed_in_its_path(folder: Path, command: str) -> None:
    name = "a\nb"
    (folder / name).mkdir()
    git(folder, "mv", ".ona", f"{name}/.ona")
    commit(folder)
    (folder / name / FILE).write_text(FIRST)
    commit(folder)
    (section,) = sections(command)
    assert "&#10;" not in section
    assert "1 changed, compared with" in section
    git(folder, "rm", "-q", f"{name}/{FILE}")
    commit(folder)
    (section,) = sections(command)
    assert "1 gone, compared with" in section


@needs_git
@pytest.mark.parametrize(("target", "new"), [("nowhere", ""), ("/nowhere", ""), ("/x", FIRST)])
def test_a_link_that_led_to_no_file_is_not_compared(
    folder: Path, command: str, target: str, new: str
) -> None:
    (folder / "links/.ona").mkdir(parents=True)
    (folder / "links" / FILE).symlink_to(target)
    commit(folder)
    (folder / "links" / FILE).unlink()
    if new:
        (folder / "links" / FILE).write_text(new)
    commit(folder)
    (section,) = sections(command)
    assert section.endswith("\n\nNot compared: it can't be read at that revision.\n")


@needs_git
def test_a_file_that_is_renamed_away_is_gone(folder: Path, command: str) -> None:
    git(folder, "mv", FILE, f"{FILE}.disabled")
    commit(folder)
    (section,) = sections(command)
    assert section.startswith("### Plan of <code>&#46;ona&#47;config&#46;yaml</code>\n\n1 gone, ")


@needs_git
def test_a_link_that_leads_elsewhere_is_compared(folder: Path, command: str) -> None:
    for name, content in (("one", FIRST), ("two", SECOND)):
        (folder / name).write_text(content)
        (folder / FILE).unlink()
        (folder / FILE).symlink_to(f"../{name}")
        commit(folder)
    (section,) = sections(command)
    assert "Now runs at every start and resume" in section


@needs_git
def test_a_submodule_is_not_compared(folder: Path, command: str, tmp_path: Path) -> None:
    # HEAD^1 is another revision there, and in a shallow clone there is none.
    other = tmp_path / "other"
    other.mkdir()
    git(other, "init", "-q")
    commit(other, **{FILE.replace("/", "__"): FIRST})
    allowed = ("-c", "protocol.file.allow=always")
    git(folder, *allowed, "submodule", "add", "-q", other.as_uri(), "module")
    (folder / FILE).write_text(FIRST)
    commit(folder)
    assert (folder / "module" / FILE).exists()
    (section,) = sections(command)
    assert section.startswith("### Plan of <code>&#46;ona&#47;config&#46;yaml</code>")


@needs_git
def test_a_file_with_errors_is_not_compared(folder: Path, command: str) -> None:
    (folder / FILE).write_text("tasks: {a: {name: A}}\n")
    commit(folder)
    (section,) = sections(command)
    assert section == (
        "### Plan of <code>&#46;ona&#47;config&#46;yaml</code>\n\n"
        "Not compared: this version or the old one has errors.\n"
    )


@needs_git
@pytest.mark.parametrize(
    "revision", ["nope", "--output=x", f"HEAD:{FILE}", "HEAD^{tree}", "HEAD^1..HEAD", "nope..."]
)
def test_a_revision_that_can_not_be_used(folder: Path, command: str, revision: str) -> None:
    with pytest.raises(plan_summary.Unusable, match="is not a revision"):
        sections(command, revision)
    assert not (folder / "x").exists()


@pytest.mark.parametrize(
    ("given", "options"),
    [
        ([], []),
        (["--config", "a b.toml"], ["--config=a b.toml"]),
        (["--select=references", "-q", "--config=x", "--ignore", "y"], ["--config=x"]),
        (["--isolated", "--exclude", "z"], ["--isolated"]),
        (["--configuration", "x", "--iso"], []),
    ],
)
def test_the_configuration_of_the_check_counts(given: list[str], options: list[str]) -> None:
    assert plan_summary.configuration(given) == options


@needs_git
def test_without_a_repository_it_does_not_say_that_nothing_has_changed(
    folder: Path, command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = findings()

    def compared() -> list[str]:
        return list(plan_summary.sections(found, "HEAD^1", ["."], [command, "plan"]))

    # As in a container whose user does not own the checkout.
    with monkeypatch.context() as patch:
        patch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
        with pytest.raises(plan_summary.Unusable, match=r"dubious ownership .*\n.*\n"):
            compared()
    with monkeypatch.context() as patch:
        patch.setenv("PATH", "/nowhere")
        with pytest.raises(plan_summary.Unusable, match="git can't be run: No such file"):
            compared()
    # As after a download without git.
    (folder / ".git").rename(folder / "elsewhere")
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(folder.parent))
    with pytest.raises(plan_summary.Unusable, match="there is no git repository here"):
        compared()


def test_a_long_summary_is_cut() -> None:
    text = plan_summary.summary(["x" * 400_000] * 4)
    assert len(text.encode()) < 1_000_000
    assert text.endswith("And 2 more files.\n")
    assert plan_summary.summary(["x" * 400_000] * 3).endswith("And 1 more file.\n")


@needs_git
def test_it_is_appended_to_the_summary_of_the_step(
    folder: Path, command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "findings.json"
    path.write_text(json.dumps(findings()), encoding="utf-8")
    target = tmp_path / "summary"
    target.write_text("before\n", encoding="utf-8")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(target))
    monkeypatch.setenv("PATHS", ".\n\n")
    monkeypatch.setenv("PLAN_DIFF", "HEAD^1")
    assert plan_summary.main(command, str(path)) == 0
    assert target.read_text(encoding="utf-8").startswith("before\n### Plan of ")
    monkeypatch.setenv("PLAN_DIFF", "nope")
    assert plan_summary.main(command, str(path)) == 2
    assert folder.exists()
