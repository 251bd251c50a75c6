"""What a search of folders finds: compared with git, and from wherever one stands."""

import ntpath
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.optional import needs_git, needs_posix
from tests.test_files import found, write
from validator import repository as repository_module
from validator.kinds import KNOWN_PATHS
from validator.search import Search

NAMES = [".ona", ".gitpod", "a", "b", "vendor", "x y"]
FOLDERS = st.lists(st.sampled_from(NAMES), max_size=3).map("/".join)
ANY_LINES = """
a /a a/ vendor/ * !* !*/
.ona .ona/ !.ona/ *.yml !a/** **/.gitpod b/* !b/.ona a/**/.ona config.* [ab]
!/b x? /*/*
"""
LINES = st.sampled_from(ANY_LINES.split())
IGNORES = st.dictionaries(FOLDERS, st.lists(LINES, min_size=1, max_size=4), max_size=3)


@pytest.fixture(autouse=True)
def _no_settings_of_a_user(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", os.devnull)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    for name in ("XDG_CONFIG_HOME", "GIT_CONFIG_GLOBAL"):
        monkeypatch.delenv(name, raising=False)


def git(folder: Path, *arguments: str | Path) -> bytes:
    command = ["git", "-C", folder, *arguments]
    return subprocess.run(command, check=True, capture_output=True).stdout


def listed_by_git(folder: Path) -> list[str]:
    """The files at known paths that git tracks, or does not ignore."""
    names = git(folder, "ls-files", "--cached", "--others", "--exclude-standard", "-z").split(b"\0")
    paths = {os.fsdecode(name) for name in names if name}
    return sorted(
        path for path in paths if f"/{path}".endswith(tuple(f"/{each}" for each in KNOWN_PATHS))
    )


@needs_git
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.tuples(FOLDERS, st.sampled_from(KNOWN_PATHS)), min_size=1, max_size=8),
    IGNORES,
    st.lists(LINES, max_size=3),
    st.lists(LINES, max_size=3),
    st.integers(0, 3),
)
def test_the_same_files_are_left_out_as_by_git(
    tmp_path_factory: pytest.TempPathFactory,
    files: list[tuple[str, str]],
    ignores: dict[str, list[str]],
    exclude: list[str],
    users: list[str],
    tracked: int,
) -> None:
    folder = tmp_path_factory.mktemp("tree")
    git(folder, "init", "-q")
    write(folder, *(os.path.join(*each) for each in files))
    for where, lines in ignores.items():
        (folder / where).mkdir(parents=True, exist_ok=True)
        (folder / where / ".gitignore").write_text("\n".join(lines))
    (folder / ".git/info/exclude").write_text("\n".join(exclude))
    ignore = Path(os.environ["HOME"], ".config/git/ignore")
    ignore.parent.mkdir(parents=True, exist_ok=True)
    ignore.write_text("\n".join(users))
    for each in files[:tracked]:
        git(folder, "add", "--force", os.path.join(*each))
    assert sorted(found(folder)) == listed_by_git(folder)


FILE = ".ona/automations.yaml"


def ignored(folder: Path) -> list[str]:
    """The automations files that a search leaves out because git ignores them."""
    search = Search([folder])
    list(search)
    return [os.path.relpath(path, folder) for path in search.ignored]


def warnings(folder: Path) -> list[tuple[str, str]]:
    search = Search([folder])
    list(search)
    return [(os.path.relpath(path, folder), message) for path, message in search.warnings]


def repository(folder: Path, ignore: str = "") -> Path:
    """Make a folder a repository as far as a search can see."""
    (folder / ".git").mkdir(parents=True)
    (folder / ".gitignore").write_text(ignore)
    return folder


def test_only_a_repository_has_ignore_files(tmp_path: Path) -> None:
    write(tmp_path, FILE)
    (tmp_path / ".gitignore").write_text("*\n")
    assert found(tmp_path) == [FILE]
    (tmp_path / ".git").mkdir()
    assert found(tmp_path) == []
    assert ignored(tmp_path) == [FILE]


def test_a_folder_below_the_root_obeys_the_ignore_files_above(tmp_path: Path) -> None:
    repository(tmp_path, "old\n")
    write(tmp_path, "app/new/" + FILE, "app/old/" + FILE)
    assert found(tmp_path / "app") == ["new/" + FILE]


def test_an_ignored_folder_that_is_named_is_searched(tmp_path: Path) -> None:
    repository(tmp_path, "vendor/\n")
    write(tmp_path, "vendor/a/" + FILE)
    assert found(tmp_path) == []
    assert found(tmp_path / "vendor") == ["a/" + FILE]


@needs_git
def test_a_file_that_is_tracked_is_checked_though_it_is_ignored(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    write(tmp_path, "vendor/x/" + FILE, "vendor/y/" + FILE)
    (tmp_path / ".gitignore").write_text("vendor/\n")
    git(tmp_path, "add", "--force", "vendor/x")
    assert found(tmp_path) == ["vendor/x/" + FILE]


@needs_git
def test_a_linked_working_tree_has_the_ignore_files_of_its_repository(tmp_path: Path) -> None:
    main, linked = tmp_path / "main", tmp_path / "linked"
    main.mkdir()
    git(main, "init", "-q")
    identity = ["-c", "user.name=test", "-c", "user.email=test@example.org"]
    git(main, *identity, "commit", "-q", "--allow-empty", "-m", "first")
    git(main, "worktree", "add", "-q", linked)
    (main / ".git/info/exclude").write_text("old\n")
    write(linked, FILE, "old/" + FILE, "old/tracked/" + FILE)
    git(linked, "add", "--force", "old/tracked")
    assert found(linked) == [FILE, "old/tracked/" + FILE]


def test_repositories_in_a_repository_have_their_own_ignore_files(tmp_path: Path) -> None:
    repository(tmp_path, "old\n*.yaml\n")
    repository(tmp_path / "one", "new\n")
    write(tmp_path, FILE, "one/" + FILE, "one/old/" + FILE, "one/new/" + FILE)
    submodule = tmp_path / "two"
    submodule.mkdir()
    (submodule / ".git").write_text("gitdir: ../.git/modules/two\n")
    exclude = tmp_path / ".git/modules/two/info/exclude"
    exclude.parent.mkdir(parents=True)
    exclude.write_text("older\n")
    write(submodule, FILE, "old/" + FILE, "older/" + FILE)
    both = ["one/" + FILE, "one/old/" + FILE, "two/" + FILE, "two/old/" + FILE]
    assert found(tmp_path) == both


@pytest.mark.parametrize(
    "content",
    [
        "[core]\n\texcludesFile = ~/mine # comment\n",
        '[user]\nname = x\n[Core]\nexcludesfile="~/mi\\ne" ; comment\n'.replace("\\n", "n"),
        "[core] excludesFile = ~/other\n[core]\nexcludesFile=~/mine",
        '[core "sub"]\nexcludesFile = ~/other\n[core]\nexcludesFile = ~/mine',
    ],
)
@pytest.mark.parametrize("path", [".gitconfig", ".config/git/config"])
def test_the_users_ignore_file(tmp_path: Path, path: str, content: str) -> None:
    home = Path(os.environ["HOME"])
    (home / path).parent.mkdir(parents=True)
    (home / path).write_text(content)
    (home / "mine").write_text("old\n")
    (home / "other").write_text("*\n")
    project = repository(tmp_path / "project")
    write(project, FILE, "old/" + FILE)
    assert found(project) == [FILE]


def test_the_configuration_of_the_repository_is_not_read(tmp_path: Path) -> None:
    repository(tmp_path)
    (tmp_path / ".git/config").write_text("[core]\nexcludesFile = .all\n")
    (tmp_path / ".all").write_text("*\n")
    write(tmp_path, FILE)
    assert found(tmp_path) == [FILE]


def make_pipe(path: str) -> None:
    os.mkfifo(path)


STARS = "*a" * 30 + "*b\n"


@needs_posix
@pytest.mark.parametrize(
    ("make", "message"),
    [
        (make_pipe, "can't be read: it is not a regular file"),
        (os.mkdir, "can't be read: it is not a regular file"),
        (lambda path: os.symlink("/dev/zero", path), "is a link, which git does not follow"),
        (lambda path: os.symlink("other", path), "is a link, which git does not follow"),
        (lambda path: os.truncate(os.open(path, os.O_CREAT | os.O_WRONLY), 10**12), "is larger"),
        (lambda path: Path(path).write_text(STARS * 1000), "has too many wildcards"),
    ],
    ids=["pipe", "folder", "link-to-device", "link", "large", "wildcards"],
)
def test_an_ignore_file_that_can_not_be_used_is_left_out_and_said(
    tmp_path: Path, make: Callable[[str], object], message: str
) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / "other").write_text("*\n")
    write(tmp_path, FILE)
    make(str(tmp_path / ".gitignore"))
    assert found(tmp_path) == [FILE]
    ((path, said),) = warnings(tmp_path)
    assert path == ".gitignore"
    assert said.startswith(message)


@pytest.mark.parametrize(
    "content", [b"\xff\xfe\0*\n", b"[[[[[", b"\\", b"!", b"/\n//", b"*" * 5000]
)
def test_any_content_of_an_ignore_file_will_do(tmp_path: Path, content: bytes) -> None:
    repository(tmp_path)
    write(tmp_path, FILE)
    (tmp_path / ".gitignore").write_bytes(content)
    assert found(tmp_path) == ([] if content.startswith(b"*") else [FILE])
    assert warnings(tmp_path) == []


@pytest.mark.parametrize(
    "content",
    [b"gitdir: nowhere", b"gitdir: /dev", b"gitdir: .git", b"gitdir: \0", b"\xff", b"x" * 10**6],
)
def test_a_git_file_may_lead_nowhere(tmp_path: Path, content: bytes) -> None:
    write(tmp_path, FILE)
    (tmp_path / ".git").write_bytes(content)
    (tmp_path / ".gitignore").write_text("old\n")
    write(tmp_path, "old/" + FILE)
    assert found(tmp_path) == [FILE]


def test_a_path_on_another_machine_is_not_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    """As on Windows, where opening it sends the user's login there."""
    with monkeypatch.context() as windows:
        windows.setattr(os, "path", ntpath)
        inside = repository_module._inside("C:\\project", "\\\\server\\share\\x")
        forward = repository_module._inside("C:\\project", "//server/share/x")
        same = repository_module._inside("\\\\server\\share\\project", "..\\x")
    assert (inside, forward) == (None, None)
    assert same == "\\\\server\\share\\project\\..\\x"


@pytest.mark.parametrize(
    "index", [b"", b"DIRC", b"DIRC\0\0\0\2\xff\xff\xff\xff" + FILE.encode() + b"\0"]
)
def test_a_damaged_index_tracks_nothing(tmp_path: Path, index: bytes) -> None:
    repository(tmp_path, ".ona\n")
    (tmp_path / ".git/index").write_bytes(index)
    write(tmp_path, FILE)
    assert found(tmp_path) == []


def test_folders_may_be_nested_deep(tmp_path: Path) -> None:
    """Deeper than Python's own tools go, which is why the tree is made and removed step by step."""
    folders = [str(tmp_path)]
    for _ in range(1100):
        folders.append(f"{folders[-1]}/d")
        os.mkdir(folders[-1])
    write(Path(folders[-1]), FILE)
    try:
        assert found(tmp_path) == ["d/" * 1100 + FILE]
    finally:
        shutil.rmtree(f"{folders[-1]}/.ona")
        for folder in reversed(folders[1:]):
            os.rmdir(folder)
