import os
import subprocess
from pathlib import Path

import pytest

from tests.optional import needs_git, needs_posix, needs_user
from validator import Limits, check_file, check_paths, find_files
from validator.configuration.config import Config

GOOD = "tasks: {a: {name: A, command: a, triggeredBy: [manual]}}\n"


def write(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(GOOD)


def found(folder: Path) -> list[str]:
    return [os.path.relpath(path, folder) for path in find_files([folder])]


FILES = [
    ".ona/config.yaml",
    "inner/.ona/config.yml",
    ".ona/automations.yaml",
    ".gitpod/automations.yml",
    "inner/.ona/automations.yml",
    "inner/.gitpod/automations.yaml",
]
IN_INNER = ["inner/.ona/config.yml", "inner/.ona/automations.yml"]
OTHERS = ["automations.yaml", "config.yaml", ".ona/other.yaml", "ona/automations.yaml"]
OTHERS += [".ona/automations.json", ".gitpod/config.yaml", ".ona/config/config.yaml"]


def test_a_folder_is_searched_for_the_known_paths(tmp_path: Path) -> None:
    write(tmp_path, *FILES, *OTHERS)
    assert sorted(found(tmp_path)) == sorted(FILES)


@needs_git
def test_what_git_ignores_is_left_out(tmp_path: Path) -> None:
    write(tmp_path, *FILES, *OTHERS, "vendor/.ona/automations.yaml")
    (tmp_path / ".gitignore").write_text("vendor/\ninner/.ona\n")
    subprocess.run(["git", "init", "-q", tmp_path], check=True)
    assert sorted(found(tmp_path)) == sorted(set(FILES) - {*IN_INNER})


@needs_git
def test_repositories_below_a_folder_are_each_asked(tmp_path: Path) -> None:
    write(tmp_path, "one/.ona/automations.yaml", "one/out/.ona/automations.yaml")
    (tmp_path / "one/.gitignore").write_text("out\n")
    subprocess.run(["git", "init", "-q", tmp_path / "one"], check=True)
    assert found(tmp_path) == ["one/.ona/automations.yaml"]


@needs_git
def test_a_file_that_git_has_deleted_is_not_looked_for(tmp_path: Path) -> None:
    write(tmp_path, ".ona/automations.yaml")
    subprocess.run(["git", "init", "-q", tmp_path], check=True)
    subprocess.run(["git", "-C", tmp_path, "add", "."], check=True)
    (tmp_path / ".ona/automations.yaml").unlink()
    assert found(tmp_path) == []


def test_a_named_file_is_taken_whatever_its_name(tmp_path: Path) -> None:
    write(tmp_path, "x.yaml")
    assert list(find_files([tmp_path / "x.yaml"])) == [str(tmp_path / "x.yaml")]


def test_a_file_is_found_once(tmp_path: Path) -> None:
    write(tmp_path, ".ona/automations.yaml")
    path = tmp_path / ".ona/automations.yaml"
    assert list(find_files([path, tmp_path, tmp_path / ".ona/../.ona/automations.yaml"])) == [
        str(path)
    ]


def test_the_current_folder_gives_short_paths(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, ".ona/automations.yaml", "a/.ona/automations.yaml")
    monkeypatch.chdir(tmp_path)
    assert list(find_files(["."])) == [".ona/automations.yaml", "a/.ona/automations.yaml"]


def unreadable(path: Path) -> str:
    """The message of the only finding of a file that can't be read."""
    (finding,) = check_file(path).findings
    assert (finding.rule, finding.place) == ("unreadable-file", None)
    return finding.message


def test_one_text_is_not_taken_for_the_paths_of_its_characters() -> None:
    for search in (find_files, check_paths):
        with pytest.raises(TypeError, match=r"write \['fixtures'\]"):
            list(search("fixtures"))


def test_a_missing_file_is_a_finding(tmp_path: Path) -> None:
    assert "No such file" in unreadable(tmp_path / "missing.yaml")


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    assert "folder" in unreadable(tmp_path)


@needs_posix
def test_a_named_pipe_is_no_file_and_nothing_waits_for_it(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert "not a regular file" in unreadable(tmp_path / "pipe")


@needs_posix
def test_a_loop_of_links_is_a_finding(tmp_path: Path) -> None:
    (tmp_path / "loop").symlink_to("loop")
    assert "symbolic links" in unreadable(tmp_path / "loop")


def test_a_name_that_no_file_can_have_is_a_finding(tmp_path: Path) -> None:
    assert "null character" in unreadable(tmp_path / "a\0b")


@needs_user
def test_a_file_without_permission_is_a_finding(tmp_path: Path) -> None:
    write(tmp_path, "x.yaml")
    (tmp_path / "x.yaml").chmod(0)
    assert "Permission denied" in unreadable(tmp_path / "x.yaml")


def test_a_large_file_is_not_read_whole(tmp_path: Path) -> None:
    with (tmp_path / "x.yaml").open("wb") as stream:
        stream.truncate(10**12)
    (finding,) = check_file(tmp_path / "x.yaml").findings
    assert finding.rule == "too-large"


def test_limits_can_be_set(tmp_path: Path) -> None:
    write(tmp_path, "x.yaml")
    report = check_file(tmp_path / "x.yaml", config=Config(limits=Limits(max_bytes=10)))
    assert [finding.rule for finding in report.findings] == ["too-large"]


def test_one_bad_file_hides_no_other(tmp_path: Path) -> None:
    write(tmp_path, "a.yaml", "c.yaml")
    (tmp_path / "b.yaml").write_bytes(b"\xff\xfe\xff")
    paths = [tmp_path / name for name in ("a.yaml", "b.yaml", "missing.yaml", "c.yaml")]
    reports = list(check_paths(paths))
    assert [report.path for report in reports] == [str(path) for path in paths]
    assert [[finding.rule for finding in report.findings] for report in reports] == [
        [],
        ["encoding"],
        ["unreadable-file"],
        [],
    ]


def test_a_path_that_no_file_can_have_is_a_finding_among_others(tmp_path: Path) -> None:
    write(tmp_path, "x.yaml")
    good, bad = str(tmp_path / "x.yaml"), str(tmp_path / "a\0b")
    for paths in ([bad, good], [good, bad]):
        reports = {report.path: report.findings for report in check_paths(paths)}
        assert list(reports) == paths
        assert reports[good] == ()
        assert [finding.rule for finding in reports[bad]] == ["unreadable-file"]


@pytest.mark.parametrize("workers", [0, -1])
def test_there_is_at_least_one_worker(workers: int) -> None:
    with pytest.raises(ValueError, match="`workers` must be at least 1"):
        check_paths([], workers=workers)


def test_a_path_that_is_too_long_for_the_system_is_a_finding(tmp_path: Path) -> None:
    before = os.getcwd()
    try:
        os.chdir(tmp_path)
        for _ in range(20):
            os.mkdir("d" * 250)
            os.chdir("d" * 250)
    finally:
        os.chdir(before)
    ((path, message),) = (
        (report.path, finding.message)
        for report in check_paths([tmp_path])
        for finding in report.findings
    )
    assert message == "the folder can't be read: File name too long"
    assert path is not None
    assert path.endswith("/" + "d" * 250)
