"""Paths in the formats of SARIF, GitLab and GitHub: relative to the root, wherever it runs."""

import json
import ntpath
import os
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote, urljoin, urlsplit

import pytest

from tests.command import run_in
from tests.optional import needs_posix
from tests.output.test_github import commands
from tests.reports import TEXT, report, written
from validator.output.repository_paths import Root, _below

ROOT = "%SRCROOT%"


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with a broken file; variables of a CI job that runs the tests are removed."""
    for name in ("GITHUB_WORKSPACE", "CI_PROJECT_DIR"):
        monkeypatch.delenv(name, raising=False)
    root = tmp_path / "re po"
    (root / ".git").mkdir(parents=True)
    (root / "sub" / ".ona").mkdir(parents=True)
    (root / "sub" / ".ona" / "automations.yaml").write_text(TEXT, encoding="utf-8")
    return root


class Told(NamedTuple):
    """The names of one file in three formats, and where SARIF says that its root is."""

    uri: str
    base: str | None
    roots: dict[str, Any]
    gitlab: str
    github: str


def told(folder: Path, *paths: str, **environment: Any) -> Told:
    """The names of the last of some files, from the command as run in a folder."""
    arguments = ("check", *paths, "--format")
    log = json.loads(run_in(folder, *arguments, "sarif", **environment).stdout)["runs"][0]
    where = log["results"][-1]["locations"][0]["physicalLocation"]["artifactLocation"]
    gitlab = json.loads(run_in(folder, *arguments, "gitlab", **environment).stdout)
    github = commands(run_in(folder, *arguments, "github", **environment).stdout.decode())
    return Told(
        where["uri"],
        where.get("uriBaseId"),
        log.get("originalUriBaseIds", {}),
        gitlab[-1]["location"]["path"],
        github[-1][1]["file"],
    )


def expected(root: Path, inner: str) -> Told:
    """The expected names of a file of a repository."""
    roots = {ROOT: {"uri": root.resolve().as_uri() + "/"}}
    return Told(inner, ROOT, roots, inner, inner)


def test_from_any_folder_and_by_any_path_a_file_is_told_the_same(repository: Path) -> None:
    wanted = expected(repository, "sub/.ona/automations.yaml")
    assert told(repository, "sub/.ona/automations.yaml") == wanted
    assert told(repository, ".") == wanted
    assert told(repository / "sub", ".ona/automations.yaml") == wanted
    assert told(repository / "sub" / ".ona", "../.ona/./automations.yaml") == wanted
    assert told(repository / "sub", str(repository / "sub/.ona/automations.yaml")) == wanted
    # The current folder is in no repository.
    assert told(repository.parent, str(repository / "sub/.ona/automations.yaml")) == wanted


def test_the_uri_and_the_root_together_lead_to_the_file(repository: Path) -> None:
    path = repository / "ä b" / ".ona" / "automations.yaml"
    path.parent.mkdir(parents=True)
    path.write_text(TEXT, encoding="utf-8")
    found = told(repository / "sub", str(path))
    assert found.uri == "%C3%A4%20b/.ona/automations.yaml"
    whole = urljoin(found.roots[ROOT]["uri"], found.uri)
    assert Path(unquote(urlsplit(whole).path)).samefile(path)
    assert found.gitlab == "ä b/.ona/automations.yaml"


@needs_posix
def test_links_to_the_repository_change_nothing(repository: Path) -> None:
    """As on runners where the workspace is behind a link."""
    link = repository.parent / "link"
    link.symlink_to(repository, target_is_directory=True)
    wanted = expected(repository, "sub/.ona/automations.yaml")
    for folder, path in (
        (link, "sub/.ona/automations.yaml"),
        (link / "sub", str(link / "sub/.ona/automations.yaml")),
        (repository, str(link / "sub/.ona/automations.yaml")),
        (link, str(repository / "sub/.ona/automations.yaml")),
        (repository.parent, "link/sub/.ona/automations.yaml"),
    ):
        assert told(folder, path) == wanted
        assert told(folder, path, GITHUB_WORKSPACE=str(link)) == wanted
        assert told(folder, path, CI_PROJECT_DIR=str(link)) == wanted


def test_a_job_without_a_repository_starts_at_its_folder(repository: Path) -> None:
    (repository / ".git").rmdir()
    wanted = expected(repository, "sub/.ona/automations.yaml")
    for name in ("GITHUB_WORKSPACE", "CI_PROJECT_DIR"):
        found = told(repository / "sub", ".ona/automations.yaml", **{name: str(repository)})
        assert found == wanted


def test_annotations_start_at_the_workspace(repository: Path) -> None:
    """A repository may be checked out into a subfolder of it: annotations need the whole path."""
    workspace = repository.parent
    found = told(repository, "sub/.ona/automations.yaml", GITHUB_WORKSPACE=str(workspace))
    assert found.github == "re po/sub/.ona/automations.yaml"
    assert found.uri == "sub/.ona/automations.yaml"


def test_a_file_outside_is_told_whole(repository: Path) -> None:
    outside = repository.parent / "a b.yaml"
    outside.write_text(TEXT, encoding="utf-8")
    found = told(repository, "../a b.yaml")
    assert (found.uri, found.base) == (outside.resolve().as_uri(), None)
    assert found.uri.startswith("file:///")
    assert found.uri.endswith("/a%20b.yaml")
    assert found.gitlab == found.github == str(outside.resolve())


def test_a_folder_whose_name_begins_like_the_root_is_outside(repository: Path) -> None:
    near = repository.parent / "re po 2"
    near.mkdir()
    (near / "a.yaml").write_text(TEXT, encoding="utf-8")
    assert told(repository, "../re po 2/a.yaml").base is None


@needs_posix
def test_a_link_in_the_repository_is_a_file_of_its_own(repository: Path) -> None:
    link = repository / "link.yaml"
    link.symlink_to(repository / "sub/.ona/automations.yaml")
    assert told(repository, "link.yaml") == expected(repository, "link.yaml")
    outside = repository.parent / "elsewhere"
    outside.mkdir()
    (outside / "a.yaml").write_text(TEXT, encoding="utf-8")
    (repository / "folder").symlink_to(outside, target_is_directory=True)
    assert told(repository, "folder/a.yaml") == expected(repository, "folder/a.yaml")


def test_without_a_repository_paths_start_at_the_current_folder(repository: Path) -> None:
    (repository / ".git").rmdir()
    found = told(repository.parent, "re po/sub/.ona/automations.yaml")
    assert found == expected(repository.parent, found.gitlab)._replace(
        uri="re%20po/sub/.ona/automations.yaml"
    )


def test_of_several_repositories_the_first_has_the_root(repository: Path) -> None:
    """A report has one root; paths elsewhere are absolute, and so can't be confused."""
    other = repository.parent / "two"
    (other / ".git").mkdir(parents=True)
    (other / "a.yaml").write_text(TEXT, encoding="utf-8")
    found = told(repository.parent, "re po/sub/.ona/automations.yaml", "two/a.yaml")
    assert found.roots == {ROOT: {"uri": repository.resolve().as_uri() + "/"}}
    assert (found.uri, found.base) == ((other / "a.yaml").resolve().as_uri(), None)
    assert found.gitlab == str((other / "a.yaml").resolve())


@pytest.mark.parametrize("git", ["folder", "file"])
def test_a_worktree_has_a_file_for_its_repository(repository: Path, git: str) -> None:
    if git == "file":
        (repository / ".git").rmdir()
        (repository / ".git").write_text("gitdir: /elsewhere\n", encoding="utf-8")
    found = told(repository / "sub", ".ona/automations.yaml")
    assert found == expected(repository, "sub/.ona/automations.yaml")


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        ("a b/ä:#?%.yaml", "a%20b/%C3%A4%3A%23%3F%25.yaml"),
        ("./x/../a.yaml", "a.yaml"),
        ("http:evil.yaml", "http%3Aevil.yaml"),
        ("a\nb.yaml", "a%0Ab.yaml"),
        ("\udcff.yaml", "%FF.yaml"),
        ("日本/🚀.yaml", "%E6%97%A5%E6%9C%AC/%F0%9F%9A%80.yaml"),
    ],
)
def test_paths_are_uris(repository: Path, path: str, uri: str, monkeypatch: Any) -> None:
    monkeypatch.chdir(repository)
    assert Root().artifact(path) == {"uri": uri, "uriBaseId": ROOT}


@pytest.mark.parametrize(("path", "uri"), [("<stdin>", "%3Cstdin%3E"), (None, "%3Ctext%3E")])
def test_what_is_no_file_has_no_root(
    repository: Path, path: str | None, uri: str, monkeypatch: Any
) -> None:
    monkeypatch.chdir(repository / "sub")
    run = json.loads(written("sarif", report(path=path)))["runs"][0]
    where = run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]
    assert where == {"uri": uri}
    assert "originalUriBaseIds" not in run
    (issue,) = json.loads(written("gitlab", report(path=path)))
    assert issue["location"]["path"] == (path or "<text>")


def test_a_deleted_current_folder_is_no_error(repository: Path, monkeypatch: Any) -> None:
    gone = repository / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    assert Root().artifact("a.yaml") == {"uri": "a.yaml"}
    inner = Root().artifact(str(repository / "sub" / "a.yaml"))
    assert inner == {"uri": "sub/a.yaml", "uriBaseId": ROOT}


def test_windows_takes_no_notice_of_case(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "path", ntpath)
    assert _below("c:\\Repo\\.ona\\a.yaml", "C:\\repo") == ".ona\\a.yaml"
    assert _below("D:\\repo\\a.yaml", "C:\\repo") is None
    assert _below("C:\\a.yaml", "C:\\") == "a.yaml"
