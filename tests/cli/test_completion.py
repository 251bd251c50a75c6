"""Shell completion, as requested by the scripts, and in the shells themselves."""

import os
import select
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from shutil import which

import pytest

from tests.checkout import ROOT
from tests.command import run, run_in
from tests.optional import needs, needs_posix
from validator.cli import NAME

SCRIPTS = Path(sys.executable).parent
needs_script = needs("the command in the folder of Python", which(NAME, path=str(SCRIPTS)))

FILE = """\
services:
  db: {name: "Database, of the shop", commands: {start: x}, triggeredBy: [manual]}
tasks:
  deploy: {name: Deploy, command: x, triggeredBy: [manual]}
  "$(x)": {name: Hostile, command: x, triggeredBy: [manual]}
"""


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_there_is_a_script(shell: str) -> None:
    done = run("completion", shell)
    assert (done.returncode, done.stderr) == (0, b"")
    assert f"_AUTOMATION_VALIDATOR_COMPLETE={shell}_complete".encode() in done.stdout
    assert done.stdout == run(_AUTOMATION_VALIDATOR_COMPLETE=f"{shell}_source").stdout
    page = (ROOT / "docs" / "reference" / "command-line.md").read_text(encoding="utf-8")
    assert f"automation-validator completion {shell}" in page


def test_other_shells_have_none() -> None:
    done = run("completion", "nu")
    assert done.returncode == 2
    assert b"`nu` is not a shell; use `bash`, `fish` or `zsh`" in done.stderr


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        ("check --ignore unk", ["unknown-dependency", "unknown-field"]),
        ("check --select never-triggered,unk", ["never-triggered,unknown-dependency"]),
        ("check --select refer", ["references"]),
        (
            "check --ignore unknown-field,sec",
            ["unknown-field,secret-in-file", "unknown-field,security"],
        ),
        ("check --select ow", ["own"]),
        ("check --select str", ["structure", "strict"]),
        ("check --format sa", ["sarif"]),
        ("explain wrong", ["wrong-type"]),
        ("plan --trigger postE", ["postEnvironmentStart"]),
        ("expl", ["explain"]),
        ("help pl", ["plan"]),
        ("check --format=sa", ["--format=sarif"]),
        ("completion z", ["zsh"]),
        ("schema status", ["status-history"]),
        ("check --kind environment-", ["environment-class"]),
    ],
)
def test_words_are_completed(words: str, offered: list[str]) -> None:
    done = run(
        _AUTOMATION_VALIDATOR_COMPLETE="bash_complete",
        COMP_WORDS=f"automation-validator {words}",
        COMP_CWORD=str(len(words.split())),
    )
    found = [line.removeprefix("plain,") for line in done.stdout.decode().split()]
    assert found[: len(offered)] == offered


def offered(folder: Path, words: str) -> list[str]:
    """What is offered in a folder for the last word."""
    done = run_in(
        folder,
        _AUTOMATION_VALIDATOR_COMPLETE="bash_complete",
        COMP_WORDS=f"automation-validator {words}",
        COMP_CWORD=str(len(words.split(" "))),
    )
    assert (done.returncode, done.stderr) == (0, b"")
    return [line.removeprefix("plain,") for line in done.stdout.decode().splitlines() if line]


def test_references_of_the_file_are_completed(tmp_path: Path) -> None:
    """Of the one that is named, or the default one; no shell is offered what it would run."""
    (tmp_path / "other.yaml").write_text(FILE)
    (tmp_path / ".ona").mkdir()
    (tmp_path / ".ona" / "config.yaml").write_text(FILE.replace("deploy", "build"))
    assert offered(tmp_path, "plan --task ") == ["db", "build"]
    assert offered(tmp_path, "plan other.yaml --task d") == ["db", "deploy"]
    assert offered(tmp_path, "plan missing.yaml --task d") == []
    assert offered(tmp_path, "plan - --task d") == []
    assert offered(tmp_path / ".ona", "plan . --task b") == ["build"]
    (tmp_path / "broken.yaml").write_text("tasks: [")
    assert offered(tmp_path, "plan broken.yaml --task d") == []


def test_a_bug_shows_nothing_in_the_command_line(monkeypatch: pytest.MonkeyPatch) -> None:
    from validator.cli import TRACEBACK, completions
    from validator.cli.main import main
    from validator.cli.shells import SHELLS

    def fail(_path: str) -> str:
        raise RuntimeError

    monkeypatch.setattr(completions, "_file", fail)
    monkeypatch.delenv(TRACEBACK, raising=False)
    shell = SHELLS["fish"](main, {}, NAME, "X")
    assert shell.get_completions(["plan", "--task"], "") == []
    monkeypatch.setenv(TRACEBACK, "1")
    with pytest.raises(RuntimeError):
        shell.get_completions(["plan", "--task"], "")


def environment() -> dict[str, str]:
    path = f"{SCRIPTS}{os.pathsep}{os.environ['PATH']}"
    return {**os.environ, "PATH": path, "TERM": "dumb"}


def in_bash(folder: Path, line: str) -> list[str]:
    program = (
        f'eval "$({NAME} completion bash)"\n'
        f"COMP_WORDS=({line}$1) COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1))\n"
        f"_automation_validator_completion {NAME}\n"
        "printf '%s\\n' \"${COMPREPLY[@]}\""
    )
    return _printed(folder, "bash", "--norc", "-c", program)


def in_fish(folder: Path, line: str) -> list[str]:
    program = f"{NAME} completion fish | source; complete -C '{line}'"
    return _printed(folder, "fish", "--no-config", "-c", program)


def _printed(folder: Path, *command: str) -> list[str]:
    done = subprocess.run(
        command, cwd=folder, env=environment(), capture_output=True, text=True, check=True
    )
    assert done.stderr == ""
    return done.stdout.splitlines()


IN_SHELLS = [
    pytest.param(in_bash, marks=needs("Bash", which("bash")), id="bash"),
    pytest.param(in_fish, marks=needs("fish", which("fish")), id="fish"),
]


@needs_posix
@needs_script
@pytest.mark.parametrize("complete", IN_SHELLS)
def test_shells_complete(tmp_path: Path, complete: Callable[[Path, str], list[str]]) -> None:
    (tmp_path / "one.yaml").write_text(FILE)

    def names(line: str) -> list[str]:
        return [each.partition("\t")[0] for each in complete(tmp_path, f"{NAME} {line}")]

    assert names("explain wrong-") == ["wrong-type"]
    assert names("check --select wrong-type,never") == ["wrong-type,never-triggered"]
    assert names("plan one.yaml --task de") == ["deploy"]
    assert {"--fail-on", "--fail-if-empty"} <= set(names("check --fail-"))


@needs_script
@needs("fish", which("fish"))
def test_fish_shows_whole_descriptions(tmp_path: Path) -> None:
    (tmp_path / "one.yaml").write_text(FILE)
    line = f"{NAME} plan one.yaml --task d"
    assert in_fish(tmp_path, line)[0] == "db\tDatabase, of the shop"


@needs_posix
@needs_script
@needs("zsh", which("zsh"))
def test_zsh_completes(tmp_path: Path) -> None:
    """Zsh completes only in its line editor, which needs a terminal."""
    import pty

    (tmp_path / "one.yaml").write_text(FILE)
    outside, inside = pty.openpty()
    setup = f'autoload -U compinit; compinit -u -D; eval "$({NAME} completion zsh)"'
    with subprocess.Popen(
        ["zsh", "-f", "-i"],
        cwd=tmp_path,
        env=environment(),
        stdin=inside,
        stdout=inside,
        stderr=inside,
        start_new_session=True,
    ) as shell:
        os.close(inside)
        try:
            os.write(outside, f"{setup}; print set'-'up\n".encode())
            _read_until(outside, b"set-up")
            os.write(outside, f"{NAME} plan one.yaml --task de\t".encode())
            assert b"--task deploy " in _read_until(outside, b"deploy ")
        finally:
            shell.kill()
            os.close(outside)


def _read_until(stream: int, awaited: bytes) -> bytes:
    """What a terminal shows until something appears, or nothing more comes."""
    shown = b""
    ends = time.monotonic() + 60
    while awaited not in shown and time.monotonic() < ends:
        if select.select([stream], [], [], 1)[0]:
            shown += os.read(stream, 4096)
    return shown
