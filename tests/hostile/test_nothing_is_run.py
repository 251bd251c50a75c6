"""A check starts no program but shellcheck, whatever a repository contains: not even git."""

import multiprocessing
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.optional import needs_git

GOOD = "tasks: {a: {name: A, command: a, triggeredBy: [manual]}}\n"

# Ends the process as soon as it begins to start a program, or to use the network. shellcheck may be
# started, as it is installed here; it is given files of its own in a folder of its own.
WATCHED = """
import os, sys
from validator.shell.program import program

def watch(event, arguments):
    if event == "subprocess.Popen" and program() in (arguments[0], arguments[1][0]):
        assert os.path.isabs(program()) and arguments[2] != os.getcwd()
        return
    started = ("os.exec", "os.fork", "os.posix_spawn", "os.spawn", "os.startfile", "os.system")
    if event.startswith((*started, "subprocess.", "pty.", "socket.connect", "socket.getaddrinfo")):
        os.write(2, f"started: {event} {arguments}".encode())
        os._exit(99)

sys.addaudithook(watch)
"""

MAIN = "from validator.cli.main import main\nmain(sys.argv[1:])\n"

MAIN_ALONE = f"import sys\n{MAIN}"

SYMBOLS = """
import asyncio
from validator.server.settings import Configurations
from validator.server.documents import Documents
from validator.server.handlers.workspace_symbols import matching

async def run():
    found = matching("", sys.argv[1:], Documents(Configurations(print)))
    assert [each["name"] for each in found] == ["a"], found

asyncio.run(run())
"""


def executable(path: Path, marker: Path) -> Path:
    """A program that creates a marker file."""
    path.write_text(f"#!/bin/sh\necho run > {marker}\n")
    path.chmod(0o755)
    return path


def bare(folder: Path, config: str) -> None:
    """Make a folder that is a repository for git, of files that can be committed or packed."""
    for name in ("objects", "refs"):
        (folder / name).mkdir(parents=True)
    (folder / "HEAD").write_text("ref: refs/heads/main\n")
    (folder / "config").write_text(f"[core]\nrepositoryformatversion = 0\n{config}")


def committed_bare_repository(project: Path, program: Path) -> None:
    bare(project / "sub", f"bare = false\nworktree = .\nfsmonitor = {program}\n")


def git_folder_of_an_archive(project: Path, program: Path) -> None:
    bare(project / "sub" / ".git", f"fsmonitor = {program}\n")


def git_file_that_leads_to_one(project: Path, program: Path) -> None:
    bare(project / "elsewhere", f"worktree = ../sub\nfsmonitor = {program}\n")
    (project / "sub" / ".git").write_text("gitdir: ../elsewhere\n")


def promisor_remote(project: Path, program: Path) -> None:
    """The commit is missing; git fetches it from its remote, which is a command."""
    folder = project / "sub" / ".git"
    bare(
        folder,
        "repositoryformatversion = 1\n[extensions]\npartialClone = origin\n"
        f'[remote "origin"]\nurl = ext::sh -c {program}\npromisor = true\n'
        '[protocol "ext"]\nallow = always\n',
    )
    (folder / "refs" / "heads").mkdir()
    (folder / "refs" / "heads" / "main").write_text("1" * 40 + "\n")


TRAPS = [
    committed_bare_repository,
    git_folder_of_an_archive,
    git_file_that_leads_to_one,
    promisor_remote,
]
Trap = Callable[[Path, Path], None]


@pytest.fixture(params=TRAPS, ids=lambda trap: trap.__name__)
def project(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A folder in which git would run a program that creates `marker` next to it."""
    project = tmp_path / "project"
    (project / "sub" / ".ona").mkdir(parents=True)
    (project / "sub" / ".ona" / "automations.yaml").write_text(GOOD)
    request.param(project, executable(tmp_path / "program", tmp_path / "marker"))
    return project


def environment(tmp_path: Path) -> dict[str, str]:
    """An environment in which a search that calls git calls a program that creates the marker."""
    programs = tmp_path / "bin"
    programs.mkdir()
    executable(programs / "git", tmp_path / "marker")
    return {**os.environ, "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}"}


@needs_git
def test_git_would_run_it(project: Path, tmp_path: Path) -> None:
    command = ["log"] if (project / "sub/.git/refs/heads/main").exists() else ["status"]
    subprocess.run(["git", "-C", project / "sub", *command], capture_output=True)
    assert (tmp_path / "marker").exists()


@pytest.mark.parametrize(
    ("folder", "arguments"),
    [
        (".", ["check"]),
        (".", ["check", "sub"]),
        ("sub", ["check", "."]),
        ("sub/.ona", ["check"]),
        (".", ["check", "--fix", "sub"]),
        (".", ["check", "--diff", "sub", "--jobs", "1"]),
        ("sub", ["plan"]),
        (".", ["graph", "sub"]),
    ],
    ids=lambda each: each if isinstance(each, str) else "-".join(each),
)
def test_the_command_runs_nothing(
    project: Path, tmp_path: Path, folder: str, arguments: list[str]
) -> None:
    done = subprocess.run(
        [sys.executable, "-c", WATCHED + MAIN, *arguments],
        cwd=project / folder,
        env=environment(tmp_path),
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    assert not (tmp_path / "marker").exists()


@needs_git
@pytest.mark.parametrize("revision", ["HEAD", "main", "main...", "1" * 40, "HEAD:.ona/a.yaml"])
def test_git_that_is_asked_for_an_old_version_runs_nothing(
    project: Path, tmp_path: Path, revision: str
) -> None:
    for folder, name in ((".", "sub/.ona/automations.yaml"), ("sub", ".ona/automations.yaml")):
        done = subprocess.run(
            [sys.executable, "-c", MAIN_ALONE, "plan", name, "--diff", f"git:{revision}"],
            cwd=project / folder,
            capture_output=True,
            text=True,
        )
        # The repository has no commit that can be read.
        assert done.returncode == 2
        assert done.stderr.startswith(f"git:{revision}: ")
        assert not (tmp_path / "marker").exists()


def test_the_language_server_runs_nothing(project: Path, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", WATCHED + SYMBOLS, str(project)],
        env=environment(tmp_path),
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert not (tmp_path / "marker").exists()


START = """
import multiprocessing, sys
from validator.cli.main import main
if __name__ == "__main__":
    multiprocessing.set_start_method(sys.argv.pop(1))
    main(sys.argv[1:])
"""


@pytest.mark.parametrize("method", sorted({"spawn", *multiprocessing.get_all_start_methods()}))
def test_new_processes_import_nothing_from_the_folder(tmp_path: Path, method: str) -> None:
    """Python looks there first for the modules that it starts a process with."""
    project, script = tmp_path / "project", tmp_path / "script.py"
    (project / ".ona").mkdir(parents=True)
    (project / ".ona" / "config.yaml").write_text(GOOD)
    script.write_text(START)
    for name in ("multiprocessing", "pickle", "struct", "yaml", "validator"):
        (project / f"{name}.py").write_text(f"open({str(tmp_path / 'marker')!r}, 'w')\n")
    done = subprocess.run(
        [sys.executable, script, method, "check", "--jobs", "2", "--format", "json"],
        cwd=project,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert '"files": 1' in done.stdout
    assert not (tmp_path / "marker").exists()


@pytest.mark.parametrize(
    "call", ["subprocess.run(['true'])", "subprocess.run(['shellcheck'])", "os.system('true')"]
)
def test_a_program_that_is_started_is_noticed(call: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", WATCHED + f"import subprocess\n{call}"], capture_output=True
    )
    assert done.returncode == 99
