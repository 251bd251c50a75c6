"""What `check`, `plan` and `graph` do with paths: empty searches, missing files, other folders."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.command import run_in
from tests.search.test_search import repository

GOOD = "tasks: {a: {name: A, command: a, triggeredBy: [manual]}}\n"
BAD = "tasks: []\n"


def write(folder: Path, *names: str, text: str = GOOD) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)


FOR_ONE = (
    "  looked for .ona/config.yaml, .ona/automations.yaml, .gitpod/automations.yaml (or .yml)\n"
)
LOOKED = (
    "  looked for .ona/config.yaml, .ona/automations.yaml, .gitpod/automations.yaml,\n"
    "    .ona/automations/*.yaml, .ona/ai-automations/*.yaml, ona/ai-automations/*.yaml (or .yml)\n"
)


def test_an_empty_search_says_where_it_looked_and_for_what(tmp_path: Path) -> None:
    write(tmp_path, "a/x.yaml", "b/.ona/other.yaml")
    for paths, where in (
        ([], "the current folder"),
        (["."], "the current folder"),
        (["a"], "a"),
        (["a", "b"], "a, b"),
        (["a", "b", "a/", "./b"], "a, b, a/ and 1 more"),
    ):
        done = run_in(tmp_path, "check", *paths)
        first = f"Warning: no automations file found in {where}; nothing was checked.\n"
        assert (done.returncode, done.stdout) == (0, b"")
        assert done.stderr.decode() == first + LOOKED


def test_an_empty_search_fails_if_asked(tmp_path: Path) -> None:
    done = run_in(tmp_path, "check", "--fail-if-empty", "--format", "json")
    assert done.returncode == 2
    assert json.loads(done.stdout)["files"] == []
    error = "Error: no automations file found in the current folder; nothing was checked.\n"
    assert done.stderr.decode() == error + LOOKED
    assert run_in(tmp_path, "check", "--fail-if-empty", "-", stdin=GOOD.encode()).returncode == 0
    write(tmp_path, "x.yaml", ".ona/config.yaml")
    for paths in ([], ["x.yaml"], [".ona"]):
        done = run_in(tmp_path, "check", "--fail-if-empty", *paths)
        assert (done.returncode, done.stderr) == (0, b"")
    write(tmp_path, ".ona/config.yaml", text=BAD)
    assert run_in(tmp_path, "check", "--fail-if-empty").returncode == 1


def test_a_file_under_another_name_is_no_file_that_was_checked(tmp_path: Path) -> None:
    write(tmp_path, ".ona/automation.yaml")
    done = run_in(tmp_path, "check", "--fail-if-empty")
    assert done.returncode == 2
    assert b"warning[misnamed-file]" in done.stdout
    assert b"nothing was checked" in done.stderr


def test_what_is_there_instead_is_said(tmp_path: Path) -> None:
    repository(tmp_path, ".ona/\n")
    write(tmp_path, ".ona/config.yaml", ".gitpod.yml")
    done = run_in(tmp_path, "check")
    assert done.returncode == 0
    assert done.stderr.decode().splitlines()[3:] == [
        "  git ignores .ona/config.yaml: name the file to use it",
        "  there is .gitpod.yml, an older format: `automation-validator migrate` migrates it",
    ]


def test_older_files_elsewhere_are_to_be_named(tmp_path: Path) -> None:
    write(tmp_path, "a/.gitpod.yml", "b/.gitpod.yaml")
    for paths, older in ((["a"], "a/.gitpod.yml"), (["a", "b"], "a/.gitpod.yml, b/.gitpod.yaml")):
        done = run_in(tmp_path, "check", *paths)
        message = "an older format: `automation-validator migrate FILE` migrates it"
        assert done.stderr.decode().endswith(f"\n  there is {older}, {message}\n")


def test_an_ignore_file_that_can_not_be_used_is_said(tmp_path: Path) -> None:
    repository(tmp_path)
    (tmp_path / ".gitignore").unlink()
    os.mkfifo(tmp_path / ".gitignore")
    write(tmp_path, ".ona/config.yaml")
    done = run_in(tmp_path, "check")
    message = "Warning: .gitignore can't be read: it is not a regular file; it has no effect.\n"
    assert (done.returncode, done.stderr.decode()) == (0, message)


@pytest.mark.parametrize("command", ["plan", "graph"])
def test_plan_and_graph_say_where_they_looked(tmp_path: Path, command: str) -> None:
    write(tmp_path, ".gitpod.yml", ".ona/automation.yml")
    done = run_in(tmp_path, command)
    assert done.returncode == 2
    assert done.stderr.decode() == (
        f"Error: no automations file found in the current folder.\n{FOR_ONE}"
        "  there is .gitpod.yml, an older format: `automation-validator migrate` migrates it\n"
        "  the platform does not read `.ona/automation.yml`; rename it to `.ona/config.yaml`\n"
    )


@pytest.mark.parametrize("command", ["plan", "graph"])
def test_plan_and_graph_say_what_can_not_be_read(tmp_path: Path, command: str) -> None:
    write(tmp_path, ".ona/x")
    (tmp_path / ".ona/config.yaml").symlink_to("/proc/self/environ")
    done = run_in(tmp_path, command)
    assert (done.returncode, done.stdout) == (1, b"")
    assert b".ona/config.yaml: error[unreadable-file]: this link leads out" in done.stderr


FROM = [
    (".", [], ".ona/config.yaml"),
    (".", ["."], ".ona/config.yaml"),
    (".", ["./"], "./.ona/config.yaml"),
    (".", [".ona"], ".ona/config.yaml"),
    (".ona", [], "config.yaml"),
    (".ona", ["."], "config.yaml"),
    (".ona", [".."], "../.ona/config.yaml"),
    (".ona", ["config.yaml"], "config.yaml"),
    (".ona/automations", [], "../config.yaml"),
    ("src", [], "../.ona/config.yaml"),
    ("src", ["."], "../.ona/config.yaml"),
    ("src/deep", [], "../../.ona/config.yaml"),
    ("src/deep", ["../.."], "../../.ona/config.yaml"),
]


@pytest.mark.parametrize(("here", "paths", "shown"), FROM)
def test_the_file_of_a_repository_is_found_from_each_of_its_folders(
    tmp_path: Path, here: str, paths: list[str], shown: str
) -> None:
    repository(tmp_path)
    # Recognized only by its path: its content is not that of an automations file.
    write(tmp_path, ".ona/config.yaml", text="{id: x}\n")
    (tmp_path / here).mkdir(parents=True, exist_ok=True)
    done = run_in(tmp_path / here, "check", "--format", "json", *paths)
    (found,) = json.loads(done.stdout)["files"]
    assert (found["path"], found["kind"]) == (shown, "automations-file")
    assert done.returncode == 1


@pytest.mark.parametrize("command", ["plan", "graph"])
@pytest.mark.parametrize("here", [".", ".ona", "src"])
def test_plan_and_graph_find_it_too(tmp_path: Path, here: str, command: str) -> None:
    repository(tmp_path)
    write(tmp_path, ".ona/config.yaml", "src/x")
    done = run_in(tmp_path / here, command)
    assert (done.returncode, done.stderr) == (0, b"")


def test_a_folder_that_is_named_is_searched_and_no_other(tmp_path: Path) -> None:
    repository(tmp_path)
    write(tmp_path, ".ona/config.yaml", "src/deep/x")
    for path in ("src", "src/deep", str(tmp_path / "src")):
        assert run_in(tmp_path, "check", "--fail-if-empty", path).returncode == 2
    assert run_in(tmp_path / "src", "check", "--fail-if-empty", "deep").returncode == 2
    assert run_in(tmp_path / "src", "check", "--fail-if-empty", ".", "deep").returncode == 2


def test_the_nearest_file_above_is_taken_and_none_beyond_the_repository(tmp_path: Path) -> None:
    write(tmp_path, ".ona/config.yaml", "repository/app/src/x", "repository/src/x", text=BAD)
    repository(tmp_path / "repository")
    assert run_in(tmp_path / "repository/src", "check", "--fail-if-empty").returncode == 2
    write(tmp_path, "repository/.ona/config.yaml", text=BAD)
    write(tmp_path, "repository/app/.gitpod/automations.yml", "repository/other/.ona/config.yaml")
    done = run_in(tmp_path / "repository/app/src", "check", "--format", "json")
    (found,) = json.loads(done.stdout)["files"]
    assert found["path"] == "../.gitpod/automations.yml"
    shutil.rmtree(tmp_path / "repository/.git")
    assert run_in(tmp_path / "repository/src", "check", "--fail-if-empty").returncode == 2


def test_a_file_in_the_current_folder_goes_before_those_above(tmp_path: Path) -> None:
    repository(tmp_path)
    write(tmp_path, ".ona/config.yaml", "src/a/.ona/config.yaml")
    done = run_in(tmp_path / "src", "check", "--format", "json")
    assert [each["path"] for each in json.loads(done.stdout)["files"]] == ["a/.ona/config.yaml"]


def test_a_path_that_does_not_exist_is_a_finding_and_wrong_usage(tmp_path: Path) -> None:
    write(tmp_path, "good.yaml")
    write(tmp_path, "bad.yaml", text=BAD)
    for paths in (["nope.yaml", "good.yaml"], ["good.yaml", "nope.yaml"]):
        for options in ([], ["--fix"], ["--jobs", "2"], ["--fail-on", "hint"]):
            done = run_in(tmp_path, "check", "--format", "json", *options, *paths)
            files = {each["path"]: each["findings"] for each in json.loads(done.stdout)["files"]}
            assert list(files) == paths
            assert files["good.yaml"] == []
            assert [each["rule"] for each in files["nope.yaml"]] == ["unreadable-file"]
            assert done.returncode == 2
    assert run_in(tmp_path, "check", "nope.yaml", "bad.yaml").returncode == 2
    assert run_in(tmp_path, "check", "nope/deep.yaml", "--ignore", "unknown-field").returncode == 2
    # With --diff the findings are on standard error.
    assert run_in(tmp_path, "check", "nope.yaml", "--diff").returncode == 2
    assert run_in(tmp_path, "check", "nope.yaml", "--write-baseline", "b").returncode == 2


@pytest.mark.parametrize("make", [os.mkfifo, lambda path: os.symlink("loop", path)])
def test_a_file_that_can_not_be_read_keeps_no_other_from_being_checked(
    tmp_path: Path, make: Callable[[str], object]
) -> None:
    write(tmp_path, "bad.yaml", text=BAD)
    make(str(tmp_path / "loop"))
    done = run_in(tmp_path, "check", "--format", "concise", "loop", "bad.yaml")
    assert done.returncode == 1
    assert b"loop: error[unreadable-file]" in done.stdout
    assert b"bad.yaml:1:8: error[wrong-type]" in done.stdout


@pytest.mark.parametrize("command", ["check", "plan", "graph"])
def test_standard_input_that_is_named_is_read(tmp_path: Path, command: str) -> None:
    write(tmp_path, "good.yaml")
    for options in (["--stdin-filename", "x.yaml"], ["--stdin-filename", "x.yaml", "-"]):
        done = run_in(tmp_path, command, *options, stdin=BAD.encode())
        assert done.returncode == 1
        assert b"x.yaml:1:8: error[wrong-type]" in done.stdout + done.stderr
    done = run_in(tmp_path, command, "--stdin-filename", "x.yaml", "good.yaml", stdin=BAD.encode())
    assert done.returncode == 2
    assert b"--stdin-filename names standard input" in done.stderr


def test_standard_input_at_a_known_path_is_an_automations_file(tmp_path: Path) -> None:
    write(tmp_path, ".ona/config.yaml")
    name = ".gitpod/automations.yml"
    done = run_in(tmp_path, "check", "--stdin-filename", name, stdin=b"{id: x}\n")
    assert b"error[unknown-field]" in done.stdout
    assert b"warning[shadowed-file]: `.ona/config.yaml` is here too" in done.stdout


@pytest.mark.parametrize("command", [["check"], ["check", "x.yaml"], ["plan"], ["graph", "."]])
def test_a_current_folder_that_was_deleted_is_no_bug(tmp_path: Path, command: list[str]) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    program = (
        "import os, sys\nos.rmdir(os.getcwd())\n"
        "from validator.cli.main import main\nmain(sys.argv[1:])\n"
    )
    done = subprocess.run([sys.executable, "-c", program, *command], cwd=gone, capture_output=True)
    assert done.returncode in (1, 2)
    assert b"the current folder was deleted" in done.stdout + done.stderr
    assert b"Traceback" not in done.stderr


def test_plan_and_graph_leave_ai_automations_out(tmp_path: Path) -> None:
    for name, text in {
        ".ona/config.yaml": "tasks: {a: {name: A, command: a, triggeredBy: [manual]}}\n",
        ".ona/automations/x.yaml": "name: X\n",
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    for command in ("plan", "graph"):
        assert run_in(tmp_path, command).returncode == 0
    (tmp_path / ".ona/config.yaml").unlink()
    done = run_in(tmp_path, "plan")
    assert done.returncode == 2
    assert FOR_ONE.encode() in done.stderr
    assert b"x.yaml" in run_in(tmp_path, "check", "--format", "concise").stdout
