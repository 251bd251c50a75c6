"""Running shellcheck: its comments at their characters, and its failures as errors."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.corpus import FOLDER, needs_corpus
from tests.optional import needs_posix, needs_shellcheck
from validator.finding import Span
from validator.shell import process, shellcheck
from validator.shell.checker import Checker
from validator.shell.process import Cancelled
from validator.shell.program import _in_folders, program
from validator.shell.shellcheck import Comment, Script, ShellcheckError, run

Fake = Callable[[str], str]


def check(*texts: str) -> list[tuple[Comment, ...]]:
    """The comments of the real program on scripts in bash."""
    found = program()
    assert found is not None
    comments = run(found, [Script(text) for text in texts])
    return [said for said in comments if said is not None]


def codes(text: str) -> list[int]:
    return [comment.code for comment in check(text)[0]]


@pytest.fixture
def fake(tmp_path: Path) -> Fake:
    """Makes a program of the body of a Python script."""

    def make(body: str) -> str:
        path = tmp_path / "shellcheck"
        path.write_text(f"#!{sys.executable} -I\nimport json, os, sys, time\n{body}\n")
        path.chmod(0o755)
        return str(path)

    return make


@needs_shellcheck
@pytest.mark.parametrize(
    "before",
    [
        "",
        "\n\n",
        "\t",
        "true;\t",
        "echo é 日本 😀; ",
        "echo e\u0301 \u0085 \u2028 \x0c; ",
        "# 😀\n\techo '\t';\t",
        "#!/bin/bash\n",
        "\n#!/usr/bin/env bash\n",
        "echo a\r\n",
        "\ufeff",
        "echo \ud800; ",
        "echo \0; ",
    ],
)
def test_comments_are_at_their_characters(before: str) -> None:
    script = f"{before}ls $1\n"
    found = [comment for comment in check(script)[0] if comment.code == 2086]
    assert [script[slice(*comment.span)] for comment in found] == ["$1"]
    fixed = script
    for edit in reversed(found[0].fix):
        fixed = fixed[: edit.span.start] + edit.text + fixed[edit.span.end :]
    assert fixed == f'{before}ls "$1"\n'


@needs_shellcheck
def test_a_place_between_characters_becomes_one_character() -> None:
    script = "echo “a”\n"
    assert [script[slice(*comment.span)] for comment in check(script)[0]] == ["“", "”"]


@needs_shellcheck
@settings(deadline=None, max_examples=25)
@given(st.lists(st.text("\n\t\r $'\"`(){}[]ab😀#;&|<>=!\\"), max_size=30))
def test_every_place_is_in_its_script(scripts: list[str]) -> None:
    for script, comments in zip(scripts, check(*scripts), strict=True):
        for comment in comments:
            assert 0 <= comment.span.start <= comment.span.end <= len(script)
            for edit in comment.fix:
                assert 0 <= edit.span.start <= edit.span.end <= len(script)


@needs_shellcheck
def test_scripts_of_one_process_are_kept_apart() -> None:
    scripts = ["true\n" * (number % 7) + f"ls $x{number}\n" for number in range(450)]
    for script, comments in zip(scripts, check(*scripts), strict=True):
        assert [script[slice(*each.span)] for each in comments] == [script[script.index("$") : -1]]


@needs_shellcheck
def test_a_script_ends_at_its_first_failure() -> None:
    assert codes("cd somewhere\nls\n") == []
    outside = subprocess.run(
        [program() or "", "--norc", "--shell=bash", "--format=gcc", "-"],
        input="cd somewhere\nls\n",
        text=True,
        capture_output=True,
    )
    assert "SC2164" in outside.stdout


@needs_shellcheck
@pytest.mark.parametrize(
    "script",
    [
        ". ./env.sh\n",
        '. "$1"\n',
        'ls "$home" "$HOMES"\n',
        "echo 'export PATH=$PATH:~/bin' >> ~/.profile\n",
        "gh api repos/{owner}/{repo}/issues\n",
    ],
)
def test_what_cannot_be_known_is_not_reported(script: str) -> None:
    assert codes(script) == []


@needs_shellcheck
@pytest.mark.parametrize(
    ("script", "code"),
    [
        ("kill $(lsof -t -i:80)\n", 2046),
        ('export X="$(a)"\n', 2155),
        ("ln -s ../a\n", 2226),
    ],
)
def test_what_is_often_meant_is_no_warning(script: str, code: int) -> None:
    assert [(comment.code, comment.level) for comment in check(script)[0]] == [(code, "info")]


@needs_shellcheck
@pytest.mark.parametrize("before", ["", "# a comment\n", "#!/bin/bash\n", "\n"])
def test_its_own_comments_are_about_the_whole_script(before: str) -> None:
    assert codes("ls $1\nls $2\n") == [2086, 2086]
    assert codes(f"{before}# shellcheck disable=SC2086\nls $1\nls $2\n") == []
    assert codes(f"{before}true\n# shellcheck disable=SC2086\nls $1\nls $2\n") == [2086]


@needs_shellcheck
def test_the_dialect_is_that_of_each_script() -> None:
    found = program()
    assert found is not None
    text = "[[ $1 == a ]]\n"
    comments = run(
        found,
        [
            Script(text),
            Script(text, "sh"),
            Script(text, "dash"),
            Script(text, "ksh"),
            Script("# shellcheck shell=sh\n" + text),
        ],
    )
    assert [3010 in {each.code for each in said or ()} for said in comments] == [
        False,
        True,
        True,
        False,
        True,
    ]


@needs_shellcheck
def test_nothing_of_the_user_has_an_effect(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".shellcheckrc").write_text("disable=SC2086\n")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("SHELLCHECK_OPTS", "--exclude=SC2086")
    monkeypatch.setenv("LC_ALL", "C")
    assert codes("ls $1 # 😀\n") == [2086]


@needs_shellcheck
def test_a_script_reads_no_file(tmp_path: Path) -> None:
    sourced = tmp_path / "sourced.sh"
    sourced.write_text("ls $1\n")
    assert codes(f". {sourced}\n# shellcheck source={sourced}\n. x\n") == []


@needs_shellcheck
def test_long_and_empty_scripts_are_not_run() -> None:
    found = program()
    assert found is not None
    scripts = [Script(" \n"), Script("ls $1 " + "#" * shellcheck.MAX_CHARACTERS), Script("ls $1")]
    comments = run(found, scripts)
    assert comments[:2] == [(), None]
    assert comments[2] is not None
    assert [comment.code for comment in comments[2]] == [2086]
    assert run("/nonexistent", scripts[:2]) == [(), None]


@needs_shellcheck
@needs_posix
@pytest.mark.skipif(sys.platform != "linux", reason="memory is bounded on Linux")
def test_memory_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "MAX_MEMORY", 60_000_000)
    script = "".join(f"x{number}=$(foo $y)\necho $x{number}\n" for number in range(350))
    with pytest.raises(ShellcheckError, match="memory"):
        check(script)


@needs_shellcheck
def test_a_slow_script_is_ended() -> None:
    found = program()
    assert found is not None
    begun = time.monotonic()
    with pytest.raises(ShellcheckError, match="took too long"):
        run(found, [Script("echo " + "$(( " * 40)], seconds=0.3)
    assert time.monotonic() - begun < 5


@needs_corpus
@needs_shellcheck
def test_places_in_real_scripts_are_those_of_shellcheck_on_the_bare_script() -> None:
    """Each is passed alone on standard input, without a first line."""
    found = program()
    assert found is not None
    scripts = sorted({text for path in FOLDER.glob("*.y*ml") for text in real_scripts(path)})
    assert len(scripts) > 300
    compared = 0
    for script, comments in zip(scripts, check(*scripts), strict=True):
        if not comments:
            continue
        done = subprocess.run(
            [found, "--norc", "--shell=bash", "--format=gcc", "-"],
            input=script.encode(),
            capture_output=True,
        )
        lines = done.stdout.decode().splitlines()
        for comment in comments:
            line = script.count("\n", 0, comment.span.start) + 1
            column = comment.span.start - (script.rfind("\n", 0, comment.span.start) + 1) + 1
            before = script[comment.span.start - column + 1 : comment.span.start]
            # In this format a tab is as wide as eight columns.
            column = len(before.expandtabs(8)) + 1
            assert any(
                each.startswith(f"-:{line}:{column}:") and each.endswith(f"[SC{comment.code}]")
                for each in lines
            ), (script, comment, lines)
            compared += 1
    assert compared > 20


def real_scripts(path: Path) -> list[str]:
    """The commands of a file."""
    found: list[str] = []

    def walk(value: object) -> None:
        for key, inner in value.items() if isinstance(value, dict) else ():
            if key in ("command", "start", "ready", "stop") and isinstance(inner, str):
                found.append(inner)
            walk(inner)
        for inner in value if isinstance(value, list) else ():
            walk(inner)

    try:
        walk(yaml.safe_load(path.read_text(encoding="utf-8-sig")))
    except yaml.YAMLError:
        return []
    return found


@needs_posix
def test_the_program_is_found_on_path_and_next_to_python(
    fake: Fake, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "prefix"
    (other / "bin").mkdir(parents=True)
    monkeypatch.setattr(sys, "prefix", str(other))
    path = fake("")
    # A relative folder is one of the repository that is checked.
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", os.pathsep.join(["", ".", str(tmp_path / "none")]))
    assert program() is None
    beside = other / "bin" / "shellcheck"
    beside.write_text("")
    # It is looked for once.
    _in_folders.cache_clear()
    assert program() is None
    beside.chmod(0o755)
    _in_folders.cache_clear()
    assert program() == str(beside)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert program() == path


@needs_posix
def test_the_program_is_passed_only_files_in_a_private_folder(fake: Fake, tmp_path: Path) -> None:
    seen = tmp_path / "seen"
    path = fake(
        "names = sys.argv[4:]\n"
        "told = {'folder': os.getcwd(), 'mode': os.stat('.').st_mode, 'files': names,\n"
        "        'environment': sorted(os.environ), 'options': sys.argv[1:4],\n"
        "        'texts': [open(name).read() for name in names], 'input': sys.stdin.read()}\n"
        f"open({str(seen)!r}, 'w').write(json.dumps(told))\n"
        "print('{\"comments\": []}')"
    )
    assert run(path, [Script("a"), Script(""), Script("b", "sh")]) == [(), (), ()]
    said = json.loads(seen.read_text())
    assert stat.S_IMODE(said["mode"]) == 0o700
    assert not os.path.exists(said["folder"])
    assert len(said["files"]) == 2
    assert all("/" not in name for name in said["files"])
    assert set(said["environment"]) <= {"LC_CTYPE", "__CF_USER_TEXT_ENCODING"}
    assert said["texts"] == ["#!/bin/bash -e\na", "#!/bin/sh -e\nb"]
    assert said["input"] == ""
    assert said["options"][:2] == ["--norc", "--format=json1"]


# A comment on the script that is last, in a line, of a level.
PLACED = (
    "said = {{'file': sys.argv[-1], 'line': {0}, 'endLine': {0}, 'column': 1, 'endColumn': 1}}\n"
    "said.update(code=1, level='{1}', message='', fix=None)\n"
    "print(json.dumps({{'comments': [said]}}))"
)


@needs_posix
def test_output_is_understood(fake: Fake) -> None:
    assert run(fake(PLACED.format(2, "info")), [Script("ab")]) == [
        (Comment(1, "info", "", Span(0, 1)),)
    ]


@needs_posix
@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("sys.stderr.write('\\nnot so\\nmore'); sys.exit(2)", r"failed \(exit code 2\): not so$"),
        ("sys.stderr.write('unrecognized option'); sys.exit(3)", "0.7 or newer"),
        ("sys.exit(4)", "0.7 or newer"),
        ("os.kill(os.getpid(), 9)", "exit code -9"),
        ("", "can't read the output"),
        ("print('[]')", "can't read the output"),
        ("print('{}')", "can't read the output"),
        ("print('{\"comments\": 1}')", "can't read the output"),
        ("print('{\"comments\": [1]}')", "can't read the output"),
        ('print(\'{"comments": [{"file": "other", "line": 2}]}\')', "can't read the output"),
        ("print('[' * 100000)", "can't read the output"),
        ("sys.stdout.buffer.write(bytes([255, 254]))", "can't read the output"),
        ("sys.stderr.write('out of memory'); sys.exit(1)", "exit code 1.*: out of memory"),
        ("print(json.dumps({'comments': [{'file': sys.argv[-1], 'line': 'a'}]}))", "can't read"),
        ("print(json.dumps({'comments': [{'file': sys.argv[-1], 'line': 2}]}))", "can't read"),
        (PLACED.format(99, "info"), "can't read"),
        (PLACED.format(2, "new"), "can't read"),
        ("time.sleep(60)", "took too long"),
        ("os.close(1); time.sleep(60)", "took too long"),
        ("os.fork() or time.sleep(60)", "took too long"),
    ],
)
def test_what_fails_is_an_error(fake: Fake, body: str, message: str) -> None:
    begun = time.monotonic()
    with pytest.raises(ShellcheckError, match=message):
        run(fake(body), [Script("a")], seconds=1.5)
    assert time.monotonic() - begun < 10


@needs_posix
def test_output_is_bounded(fake: Fake, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "MAX_OUTPUT", 1_000)
    with pytest.raises(ShellcheckError, match="wrote more than 1000 bytes"):
        run(fake("while True: print('a' * 1000)"), [Script("a")])


def test_a_program_that_is_missing_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ShellcheckError, match="can't run"):
        run(str(tmp_path / "shellcheck"), [Script("a")])


@needs_posix
def test_a_run_is_cancelled_from_another_thread(fake: Fake, tmp_path: Path) -> None:
    started = tmp_path / "started"
    path = fake(f"open({str(started)!r}, 'w').write(str(os.getpid())); time.sleep(60)")
    cancelled = threading.Event()

    def cancel() -> None:
        while not started.exists() or not started.read_text():
            time.sleep(0.01)
        cancelled.set()

    thread = threading.Thread(target=cancel)
    thread.start()
    with pytest.raises(Cancelled):
        run(path, [Script("a")], cancelled=cancelled)
    thread.join()
    with pytest.raises(ProcessLookupError):
        os.kill(int(started.read_text()), 0)


COUNTED = (
    "open({!r}, 'a').write(f'{{len(sys.argv) - 4}}\\n')\nprint(json.dumps({{'comments': []}}))"
)


@needs_posix
def test_a_checker_asks_about_a_script_once(fake: Fake, tmp_path: Path) -> None:
    calls = tmp_path / "calls"
    checker = Checker(fake(COUNTED.format(str(calls))))
    scripts = [Script("a"), Script("b"), Script("a"), Script("a", "sh")]
    assert checker.check(scripts) == [()] * 4
    assert checker.check(scripts) == [()] * 4
    assert checker.check([Script("b"), Script("c")]) == [(), ()]
    assert calls.read_text().split() == ["3", "1"]


@needs_posix
def test_a_checker_forgets_what_was_asked_first(fake: Fake, tmp_path: Path) -> None:
    calls = tmp_path / "calls"
    checker = Checker(fake(COUNTED.format(str(calls))), capacity=2_500)
    first, second, third = (Script(letter * 1_000) for letter in "abc")
    for script in (first, second, first, third, first, second):
        checker.check([script])
    assert len(calls.read_text().split()) == 4


@needs_posix
def test_a_checker_remembers_no_failure(fake: Fake) -> None:
    checker = Checker(fake("sys.exit(2)"))
    with pytest.raises(ShellcheckError):
        checker.check([Script("a")])
    fake("print('{\"comments\": []}')")
    assert checker.check([Script("a")]) == [()]


@needs_posix
def test_threads_share_a_checker(fake: Fake) -> None:
    checker = Checker(fake("print('{\"comments\": []}')"), capacity=1_000)
    failures: list[BaseException] = []

    def ask(number: int) -> None:
        try:
            for each in range(6):
                assert checker.check([Script("a" * ((number + each) % 5 * 100 + 1))]) == [()]
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
