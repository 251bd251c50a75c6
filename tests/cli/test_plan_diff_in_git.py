"""The option `--diff` of the command `plan`, with an old version in a commit of git."""

import os
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.command import run_in
from tests.git import GIT, commit, git
from tests.optional import needs_git

FILE = ".ona/config.yaml"
FIRST = "tasks: {a: {name: A, command: a, triggeredBy: [manual]}}\n"
SECOND = FIRST.replace("[manual]", "[manual, prebuild]")
THIRD = FIRST.replace("command: a", "command: b")
SAID = "1 changed.\n\n~ task     a  A\n    "
COMMAND = f"{SAID}its command has changed\n"
BOTH = f"{SAID}no longer runs in prebuilds (prebuild)\n    its command has changed\n"
SAME = "The plan does not change.\n"


class Done(NamedTuple):
    code: int
    output: str
    errors: str


def difference(folder: Path, *arguments: str, stdin: bytes = b"", **environment: str) -> Done:
    """What `plan` does in a folder."""
    done = run_in(folder, "plan", *arguments, stdin=stdin, **GIT | environment)
    return Done(done.returncode, done.stdout.decode(), done.stderr.decode())


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository with two commits of a file, a third version that is not committed, and a branch
    from the first commit.
    """
    folder = tmp_path / "repository"
    (folder / ".ona").mkdir(parents=True)
    git(tmp_path, "init", "-q", "--initial-branch=main", "repository")
    for content in (FIRST, SECOND):
        (folder / FILE).write_text(content)
        commit(folder)
    git(folder, "checkout", "-q", "-b", "side", "HEAD~1")
    commit(folder, other="x")
    git(folder, "checkout", "-q", "main")
    (folder / FILE).write_text(THIRD)
    return folder


@needs_git
@pytest.mark.parametrize(
    ("old", "shown"),
    [
        ("git:HEAD", BOTH),
        ("git:main", BOTH),
        ("git:HEAD~1", COMMAND),
        ("git:HEAD^", COMMAND),
        ("git:HEAD^{/A commit}", BOTH),
        ("git:side", COMMAND),
        ("git:side...", COMMAND),
        ("git:side...main", COMMAND),
        ("git:...main", BOTH),
        (f"git:HEAD~1:{FILE}", COMMAND),
        (f"git:HEAD~1:./{FILE.split('/')[1]}", COMMAND),
    ],
)
def test_the_old_version_is_in_a_commit(repository: Path, old: str, shown: str) -> None:
    for folder, name in ((repository, FILE), (repository / ".ona", "config.yaml")):
        done = difference(folder, name, "--diff", old)
        assert done == (0, shown, "")
    # Without a FILE, and from another folder.
    done = difference(repository, "--diff", old)
    assert (done.output, done.errors) == (shown, "")
    done = difference(repository.parent, f"repository/{FILE}", "--diff", old)
    assert (done.output, done.errors) == (shown, "")


@needs_git
def test_standard_input_needs_a_path(repository: Path) -> None:
    def given_stdin(*arguments: str) -> Done:
        return difference(repository, *arguments, stdin=FIRST.encode())

    assert given_stdin("-", "--diff", f"git:HEAD~1:{FILE}") == (0, SAME, "")
    assert given_stdin("--stdin-filename", FILE, "--diff", "git:HEAD~1") == (0, SAME, "")
    gone = given_stdin("--stdin-filename", "gone/deep/x.yaml", "--diff", f"git:HEAD~1:{FILE}")
    assert gone == (0, SAME, "")
    code, output, errors = given_stdin("-", "--diff", "git:HEAD~1")
    assert (code, output) == (2, "")
    assert "standard input has no path in the repository" in errors


@needs_git
@pytest.mark.parametrize(
    ("old", "message"),
    [
        ("git:nope", "`nope` is not a revision of this repository\n"),
        ("git:nope...", "`nope` is not a revision of this repository\n"),
        ("git:main...nope", "`nope` is not a revision of this repository\n"),
        ("git:", "no revision is given; write one such as git:HEAD~1 or git:main\n"),
        (
            "git:--output=x",
            "`--output=x` is not a revision; write one such as git:HEAD~1 or git:main\n",
        ),
        ("git:HEAD:nope.yaml", "there is no file `nope.yaml` at that revision\n"),
        ("git:HEAD:.ona", "there is no file `.ona` at that revision\n"),
        ("git:HEAD:a\nb", "there is no file `a\\u{a}b` at that revision\n"),
        (f"git:HEAD:{FILE}^{{commit}}", None),
        ("git:HEAD^{tree}", None),
        ("git:^HEAD", "`^HEAD` is not a revision of this repository\n"),
        ("git:HEAD..side", "`HEAD..side` is not a revision of this repository\n"),
    ],
)
def test_what_is_in_no_commit(repository: Path, old: str, message: str | None) -> None:
    done = difference(repository, FILE, "--diff", old)
    assert (done.code, done.output) == (2, "")
    shown = old.replace("\n", "\\u{a}")
    assert done.errors.startswith(f"{shown}: ")
    if message is not None:
        assert done.errors == f"{shown}: {message}"
    assert not (repository / "x").exists()


@needs_git
@pytest.mark.parametrize("old", ["HEAD~1", "main", "side...", f"HEAD:{FILE}"])
def test_a_revision_without_git_is_explained(repository: Path, old: str) -> None:
    done = difference(repository, FILE, "--diff", old)
    said = f"{old}: there is no such file; for this revision, write git:{old}\n"
    assert done == (2, "", said)
    (repository / "main").write_text(FIRST)
    assert difference(repository, FILE, "--diff", "main") == (0, COMMAND, "")


@needs_git
def test_a_file_that_is_new_is_compared_with_an_empty_one(repository: Path) -> None:
    (repository / ".ona/automations.yaml").write_text(FIRST)
    done = difference(repository, ".ona/automations.yaml", "--diff", "git:HEAD")
    assert done.code == 0
    assert done.output == (
        "1 added.\n\n+ task     a  A\n    runs when somebody starts it (manual)\n"
    )
    assert done.errors == (
        ".ona/automations.yaml does not exist at HEAD; it is compared with an empty file.\n"
    )
    done = difference(
        repository, ".ona/automations.yaml", "--diff", "git:HEAD", "--format", "markdown"
    )
    assert "\n1 added, compared with <code>git&#58;HEAD</code>.\n" in done.output


@needs_git
def test_a_file_that_was_renamed_is_found(repository: Path) -> None:
    git(repository, "checkout", "-q", "--", FILE)
    (repository / ".gitpod").mkdir()
    git(repository, "mv", FILE, ".gitpod/automations.yml")
    commit(repository)
    for folder, name in (
        (repository, ".gitpod/automations.yml"),
        (repository / ".gitpod", "automations.yml"),
    ):
        done = difference(folder, name, "--diff", "git:HEAD~1")
        assert (done.code, done.output) == (0, SAME)
        assert done.errors == f"{name} was {FILE} at HEAD~1.\n"


@needs_git
def test_a_renaming_that_is_not_committed_is_found(repository: Path) -> None:
    git(repository, "checkout", "-q", "--", FILE)
    git(repository, "mv", FILE, ".ona/automations.yaml")
    done = difference(repository, "--diff", "git:HEAD")
    assert done == (0, SAME, f".ona/automations.yaml was {FILE} at HEAD.\n")
    done = difference(repository, "--diff", "git:main...")
    said = f".ona/automations.yaml was {FILE} at the merge base of main and HEAD.\n"
    assert done == (0, SAME, said)


@needs_git
@pytest.mark.parametrize("target", ["/nowhere", "../../x", "../../repository/.ona/config.yaml"])
def test_a_link_that_leads_out_of_the_commit_is_no_empty_file(
    repository: Path, target: str
) -> None:
    (repository / FILE).unlink()
    (repository / FILE).symlink_to(target)
    commit(repository)
    (repository / FILE).unlink()
    (repository / FILE).write_text(FIRST)
    said = "git:HEAD: `./config.yaml` leads out of that commit, by a link\n"
    assert difference(repository, FILE, "--diff", "git:HEAD") == (2, "", said)


@needs_git
def test_a_link_in_a_commit_is_followed(repository: Path) -> None:
    commit(repository, target__yaml="x")
    (repository / "shared.yaml").write_text(FIRST)
    (repository / FILE).unlink()
    (repository / FILE).symlink_to("../shared.yaml")
    commit(repository)
    done = difference(repository, FILE, "--diff", "git:HEAD")
    assert done == (0, SAME, "")


@needs_git
def test_an_old_version_with_errors(repository: Path) -> None:
    (repository / FILE).write_text("tasks: {a: {name: A, comand: x}}\n")
    commit(repository)
    (repository / FILE).write_text(FIRST)
    done = difference(repository, FILE, "--diff", "git:HEAD")
    assert (done.code, done.output) == (1, "")
    assert done.errors.startswith(f"git:HEAD:{FILE}:1:")
    # Nothing fixes a file in a commit.
    assert "fixable" not in done.errors
    assert done.errors.endswith(
        f"git:HEAD:{FILE} has errors, so there is no plan to compare with.\n"
    )


@needs_git
def test_an_old_version_that_is_too_large(repository: Path) -> None:
    (repository / "automation-validator.toml").write_text("[limits]\nmax-bytes = 100\n")
    (repository / FILE).write_text(FIRST + "#" * 1000 + "\n")
    commit(repository)
    (repository / FILE).write_text(FIRST)
    done = difference(repository, FILE, "--diff", "git:HEAD")
    assert done.code == 1
    assert "error[too-large]" in done.errors


@needs_git
def test_no_repository(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(FIRST)
    ceiling = str(tmp_path.parent)
    done = difference(tmp_path, "a.yaml", "--diff", "git:HEAD", GIT_CEILING_DIRECTORIES=ceiling)
    assert (done.code, done.output) == (2, "")
    assert done.errors.startswith("git:HEAD: git says: not a git repository")


@needs_git
def test_a_repository_of_another_user(repository: Path) -> None:
    done = difference(repository, FILE, "--diff", "git:HEAD", GIT_TEST_ASSUME_DIFFERENT_OWNER="1")
    assert (done.code, done.output) == (2, "")
    assert done.errors == (
        f"git:HEAD: git says: detected dubious ownership in repository at '{repository}'; "
        f"if you trust it: `git config --global --add safe.directory {repository}`\n"
    )


def test_git_that_is_not_installed(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(FIRST)
    # What a relative folder on PATH contains is not run.
    (tmp_path / "git").write_text("#!/bin/sh\ntouch pwned\n")
    (tmp_path / "git").chmod(0o755)
    done = difference(tmp_path, "a.yaml", "--diff", "git:HEAD", PATH=f".{os.pathsep}")
    assert (done.code, done.errors) == (2, "git:HEAD: git is not installed\n")
    assert not (tmp_path / "pwned").exists()


@needs_git
def test_the_repository_of_the_environment_is_used(repository: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere" / ".ona").mkdir(parents=True)
    (tmp_path / "elsewhere" / FILE).write_text(FIRST)
    done = difference(
        tmp_path / "elsewhere",
        *(FILE, "--diff", "git:HEAD~1"),
        GIT_DIR=str(repository / ".git"),
    )
    assert done == (0, SAME, "")


@needs_git
def test_a_shallow_clone_says_what_is_missing(repository: Path, tmp_path: Path) -> None:
    address = repository.as_uri()
    git(tmp_path, "clone", "-q", "--depth=1", address, "shallow")
    done = difference(tmp_path / "shallow", FILE, "--diff", "git:HEAD~1")
    assert done.code == 2
    assert done.errors == (
        "git:HEAD~1: `HEAD~1` is not a revision of this repository; "
        "the clone is shallow: fetch more of its history\n"
    )


@needs_git
def test_revisions_without_a_common_ancestor(repository: Path) -> None:
    git(repository, "checkout", "-q", "-f", "--orphan", "alone")
    commit(repository)
    git(repository, "checkout", "-q", "main")
    done = difference(repository, FILE, "--diff", "git:alone...")
    assert done.code == 2
    assert "the two revisions have no common ancestor here" in done.errors
