"""The results of searching folders: compared with git, and from different current folders."""

import ntpath
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.command import run_in
from tests.optional import needs, needs_git, needs_posix
from tests.search.test_found_files import found, write
from validator import check_paths, find_files
from validator.kinds import KNOWN_PATHS, WORKFLOW_PATHS, is_known_path
from validator.search import repository as repository_module
from validator.search.git_index import tracked
from validator.search.search import Search

PATHS = [*KNOWN_PATHS, *(path.replace("*", "x") for path in WORKFLOW_PATHS)]
NAMES = [".ona", ".gitpod", "a", "b", "vendor", "x y"]
FOLDERS = st.lists(st.sampled_from(NAMES), max_size=3).map("/".join)
ANY_LINES = """
a /a a/ vendor/ * !* !*/
.ona .ona/ !.ona/ *.yml !a/** **/.gitpod b/* !b/.ona a/**/.ona config.* [ab]
automations ai-automations/ !.ona/automations ona/* x.* !x.yaml
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
        path for path in paths if f"/{path}".endswith(tuple(f"/{each}" for each in PATHS))
    )


@needs_git
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.tuples(FOLDERS, st.sampled_from(PATHS)), min_size=1, max_size=8),
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
    """The automations files that a search skips because git ignores them."""
    search = Search([folder])
    list(search)
    return [os.path.relpath(path, folder) for path in search.ignored]


def warnings(folder: Path) -> list[tuple[str, str]]:
    search = Search([folder])
    list(search)
    return [(os.path.relpath(path, folder), message) for path, message in search.warnings]


def repository(folder: Path, ignore: str = "") -> Path:
    """Turn a folder into a repository, as far as a search is concerned."""
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
    """Deeper than Python's own tools support, so the tree is made and removed step by step."""
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


def problems(folder: Path) -> dict[str, str]:
    """The search's messages about what it can't read, by path."""
    return {
        os.path.relpath(report.path or "", folder): finding.message
        for report in check_paths([folder])
        for finding in report.findings
        if finding.rule == "unreadable-file"
    }


LEADS_OUT = (
    "this link leads out of the folder searched, so it was not followed; name the file to check it"
)


@pytest.mark.parametrize("target", ["../outside.yaml", "/proc/self/environ", "../missing", "/"])
def test_a_link_that_leads_out_is_not_followed(tmp_path: Path, target: str) -> None:
    project = tmp_path / "project"
    write(tmp_path, "outside.yaml", "project/.ona/x")
    (project / FILE).symlink_to(Path("..", target))
    assert problems(project) == {FILE: LEADS_OUT}
    assert found(project) == []


def test_it_is_not_written_through_either(tmp_path: Path) -> None:
    text = "tasks: {a: {name: A, comand: a, triggeredBy: [manual]}}\n"
    write(tmp_path, "outside.yaml", "project/.ona/x")
    (tmp_path / "outside.yaml").write_text(text)
    (tmp_path / "project" / FILE).symlink_to("../../outside.yaml")
    done = run_in(tmp_path, "check", "--fix", "project")
    assert (done.returncode, done.stderr) == (1, b"")
    assert "so it was not followed" in " ".join(done.stdout.decode().split())
    assert (tmp_path / "outside.yaml").read_text() == text
    # A named file is fixed wherever it is.
    assert run_in(tmp_path, "check", "--fix", f"project/{FILE}").returncode == 0
    assert (tmp_path / "outside.yaml").read_text() == text.replace("comand", "command")


def test_a_named_link_and_a_link_found_do_not_hide_each_other(tmp_path: Path) -> None:
    project = tmp_path / "project"
    write(tmp_path, "outside.yaml", "project/.ona/x")
    (project / FILE).symlink_to("../../outside.yaml")
    for paths in ([project, project / FILE], [project / FILE, project]):
        reports = list(check_paths(paths))
        assert sorted(len(report.findings) for report in reports) == [0, 1]


def test_a_link_that_stays_inside_is_followed(tmp_path: Path) -> None:
    write(tmp_path, "shared/tasks.yaml", ".ona/x", "other/config.yaml", "a/x")
    (tmp_path / FILE).symlink_to("../shared/tasks.yaml")
    (tmp_path / "a/.ona").symlink_to("../other")
    assert found(tmp_path) == [FILE, "a/.ona/config.yaml"]
    assert problems(tmp_path) == {}
    # Seen from `a`, it leads out.
    assert problems(tmp_path / "a") == {".ona": LEADS_OUT}


def test_a_folder_is_searched_through_a_link_to_it(tmp_path: Path) -> None:
    write(tmp_path, "project/" + FILE)
    (tmp_path / "link").symlink_to("project")
    assert list(find_files([tmp_path / "link"])) == [str(tmp_path / "link" / FILE)]
    assert found(tmp_path) == ["project/" + FILE]


@pytest.mark.parametrize("target", [".", "..", "../..", ".ona", "missing"])
def test_a_known_folder_may_be_a_link_to_anywhere(tmp_path: Path, target: str) -> None:
    write(tmp_path, "a/b/c/" + FILE)
    (tmp_path / "a/b/.ona").symlink_to(target)
    assert found(tmp_path) == ["a/b/c/" + FILE]
    message = {".ona": "Too many levels of symbolic links", "missing": "No such file or directory"}
    expected = f"the folder can't be read: {message[target]}" if target in message else None
    assert problems(tmp_path).get("a/b/.ona") == expected


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (os.mkfifo, "can't be read: it is not a regular file"),
        (os.mkdir, "can't be read: it is a folder"),
        (lambda path: os.symlink("missing", path), "can't be read: No such file or directory"),
        (lambda path: os.symlink("config.yaml", path), "can't be read: Too many levels of"),
    ],
    ids=["pipe", "folder", "broken-link", "loop"],
)
def test_what_is_at_a_known_path_and_no_file_is_a_finding(
    tmp_path: Path, make: Callable[[str], object], message: str
) -> None:
    write(tmp_path, ".ona/automations.yaml", "b/.ona/config.yaml")
    make(str(tmp_path / ".ona/config.yaml"))
    (said,) = problems(tmp_path).values()
    assert said.startswith(message)
    assert [report.path for report in check_paths([tmp_path])] == [
        str(tmp_path / name)
        for name in (".ona/automations.yaml", ".ona/config.yaml", "b/.ona/config.yaml")
    ]


@pytest.mark.parametrize("folder", [".ona", "secret", "."])
def test_a_folder_that_can_not_be_read_is_a_finding(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, folder: str
) -> None:
    """Without changing permissions, which don't apply to root."""
    write(tmp_path, ".ona/config.yaml", "secret/x", "b/.ona/config.yaml")
    scandir = os.scandir

    def refuse(path: str) -> "os._ScandirIterator[str]":
        if os.path.realpath(path) == os.path.realpath(tmp_path / folder):
            raise PermissionError(13, "Permission denied")
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    assert problems(tmp_path) == {folder: "the folder can't be read: Permission denied"}
    assert ("b/.ona/config.yaml" in found(tmp_path)) == (folder != ".")


def test_a_file_in_a_folder_without_permission_is_not_taken_for_a_missing_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    refused, gone = str(tmp_path / "secret/a.yaml"), str(tmp_path / "b.yaml")
    lstat = os.lstat

    def refuse(path: Any, **options: Any) -> os.stat_result:
        if os.fspath(path) == refused:
            raise PermissionError(13, "Permission denied")
        return lstat(path, **options)

    monkeypatch.setattr(os, "lstat", refuse)
    search = Search([refused, gone], None)
    assert [each.path for each in search] == [refused, gone]
    assert search.missing == [gone]


@needs("a user other than root", os.name == "posix" and os.geteuid() != 0)
def test_a_folder_without_permission_is_a_finding(tmp_path: Path) -> None:
    write(tmp_path, ".ona/config.yaml", "b/.ona/config.yaml")
    (tmp_path / ".ona").chmod(0)
    assert problems(tmp_path) == {".ona": "the folder can't be read: Permission denied"}
    assert found(tmp_path) == ["b/.ona/config.yaml"]


PLACES = st.lists(st.tuples(FOLDERS, st.sampled_from(PATHS)), min_size=1, max_size=6)


@settings(max_examples=40)
@given(PLACES, st.sampled_from(["", "a", "a/b", ".ona", "b/.gitpod"]), st.booleans(), IGNORES)
def test_the_same_files_are_found_from_everywhere_and_by_each_name(
    tmp_path_factory: pytest.TempPathFactory,
    files: list[tuple[str, str]],
    inner: str,
    in_repository: bool,
    ignores: dict[str, list[str]],
) -> None:
    top = tmp_path_factory.mktemp("top")
    tree = top / "tree"
    write(tree, *(os.path.join(*each) for each in files))
    (tree / inner).mkdir(parents=True, exist_ok=True)
    for where, lines in ignores.items():
        (tree / where).mkdir(parents=True, exist_ok=True)
        (tree / where / ".gitignore").write_text("\n".join(lines))
    if in_repository:
        (tree / ".git").mkdir()
    root = tree / inner
    (top / "link").symlink_to(root)
    expected = [os.path.realpath(path) for path in find_files([root])]
    names = {
        root: [
            ".",
            "./",
            "",
            str(root),
            f"{root}/",
            f"{root}/.",
            "../" * len(root.parts) + str(root)[1:],
        ],
        root.parent: [root.name, f"./{root.name}", f"{root.name}/../{root.name}/"],
        top: ["link", "link/", str(top / "link"), os.path.join("tree", inner)],
        tree: [inner or ".", os.path.join("..", "tree", inner)],
    }
    before = os.getcwd()
    try:
        for here, each in ((here, each) for here, several in names.items() for each in several):
            os.chdir(here)
            found_here = [os.path.realpath(path) for path in find_files([each or os.curdir])]
            assert found_here == expected, (here, each)
            assert all(map(is_known_path, find_files([each or os.curdir])))
    finally:
        os.chdir(before)


@needs_git
@pytest.mark.parametrize("hash_name", ["sha1", "sha256"])
@pytest.mark.parametrize("version", ["2", "3", "4"])
def test_the_index_is_read_as_git_reads_it(tmp_path: Path, hash_name: str, version: str) -> None:
    git(tmp_path, "init", "-q", f"--object-format={hash_name}")
    names = [f"{'x' * length}/{length % 7}/{length}.yaml" for length in range(1, 200, 3)]
    names += ["/".join(["long" * 50] * 4) + "/a.yaml", "ä/ö.yaml", "late.yaml"]
    write(tmp_path, *names)
    (tmp_path / "link.yaml").symlink_to("missing")
    git(tmp_path, "add", ".")
    git(tmp_path, "rm", "-q", "--cached", "late.yaml")
    git(tmp_path, "add", "--intent-to-add", "late.yaml")
    git(tmp_path, "update-index", "--index-version", version)
    data = (tmp_path / ".git/index").read_bytes()
    expected = [name for name in git(tmp_path, "ls-files", "-z").split(b"\0") if name]
    assert len(expected) == len(names) + 1
    assert tracked(data) == expected
    for endings in ((b"1.yaml", b"link.yaml"), ("/ö.yaml".encode(),), (b"none",)):
        assert tracked(data, endings) == [name for name in expected if name.endswith(endings)]
    for end in range(0, len(data) - 20, 97):
        assert tracked(data[:end]) == expected[: len(tracked(data[:end]))]


@given(st.binary(max_size=300), st.sampled_from([b"\2", b"\3", b"\4", b"\5", b""]))
def test_an_index_may_be_anything(content: bytes, version: bytes) -> None:
    tracked(b"DIRC\0\0\0" + version + content)
    tracked(content)
