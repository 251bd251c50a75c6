"""`check` without click: the same parameters, output and exit code as with it."""

import io
import itertools
import os
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest import mock

import click
import pytest
from hypothesis import given
from hypothesis import strategies as st

from validator.cli import COMPLETE, checking, plain
from validator.cli.check import check
from validator.cli.check_options import OPTIONS
from validator.cli.main import main
from validator.cli.option import Option
from validator.cli.plain import parameters

NAME = "automation-validator"
FILE = "a.yaml"
FILES = {
    "a.yaml": "tasks: {build: {name: Build, command: make, triggeredBy: [manual]}}\n",
    "b.yaml": "tasks: {build: {name: Build, comand: make, dependsOn: [a, a]}}\n",
    ".ona/automations.yaml": "services: {db: {name: DB, ready: 'true'}}\n",
}


PLAIN = ("flag", "choice", "rules", "text")
"""What an option takes that is read without click."""


def of_click(arguments: list[str]) -> dict[str, Any] | None:
    """The parameters that click reads for `check`; None for an error or a request for help."""
    try:
        with check.make_context("check", list(arguments), resilient_parsing=False) as context:
            return context.params
    except (click.ClickException, click.exceptions.Exit):
        return None


VALUES = st.sampled_from(["", "-", "x", "a,b", "error", "json", "off", "auto", "=", "3", "-q"])
OTHERS = ["--", "-", "-x", "-qv", "-qo", "-ox", "--help", "-h", "--fi", "--=", "-=", "x=y", "", "é"]


def written(option: Option) -> Iterator[st.SearchStrategy[list[str]]]:
    """An option as people write it, rightly or wrongly."""
    values = st.one_of(VALUES, st.sampled_from(option.choices)) if option.choices else VALUES
    for name in option.names:
        yield st.just([name])
        yield values.map(lambda value, name=name: [name, value])  # type: ignore[misc]
        yield values.map(lambda value, name=name: [f"{name}={value}"])  # type: ignore[misc]


PIECES = st.one_of(
    *(each for option in OPTIONS for each in written(option)),
    st.sampled_from([FILE, "folder", *OTHERS]).map(lambda each: [each]),
)
LINES = st.lists(PIECES, max_size=5).map(lambda pieces: list(itertools.chain(*pieces)))


@pytest.fixture(autouse=True)
def without_output(capsys: pytest.CaptureFixture[str]) -> Iterator[None]:
    """`--help` is answered by printing it."""
    yield
    capsys.readouterr()


@given(LINES)
def test_the_parameters_are_those_of_click(arguments: list[str]) -> None:
    found = parameters(["check", *arguments])
    if found is not None:
        assert found == of_click(arguments)


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        [FILE],
        ["-"],
        ["--force-exclude", FILE, "folder"],
        ["--format", "json", "--stdin-filename", FILE, "-"],
        ["--format=sarif", "-q", "--exit-zero", "."],
        ["--select", "a,b", FILE, "--select=c", "--reason="],
        ["--fail-on", "hint", "--fail-on", "warning"],
    ],
)
def test_what_hooks_and_editors_write_is_plain(arguments: list[str]) -> None:
    found = parameters(["check", *arguments])
    assert found is not None
    assert found == of_click(arguments)


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["chekc", FILE],
        ["--version"],
        ["rules"],
        ["check", "--help"],
        ["check", "--", FILE],
        ["check", "-qv", FILE],
        ["check", "--fix=yes"],
        ["check", "--format"],
        ["check", "--format", "html"],
        ["check", "--reason", "-x"],
        ["check", "--config", "x.toml"],
        ["check", "--jobs", "2"],
        ["check", "-o", "x"],
    ],
)
def test_all_else_is_left_to_click(arguments: list[str]) -> None:
    assert parameters(arguments) is None


def test_completion_is_left_to_click(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(COMPLETE, "bash_complete")
    assert parameters(["check", FILE]) is None


@pytest.mark.parametrize("argument", ["*.yaml", "~/a.yaml", "%TEMP%", "$HOME", "a?", "[ab]"])
def test_what_click_replaces_on_windows_is_left_to_it(
    monkeypatch: pytest.MonkeyPatch, argument: str
) -> None:
    assert parameters(["check", argument]) is not None
    monkeypatch.setattr(os, "name", "nt")
    assert parameters(["check", argument]) is None
    assert parameters(["check", "C:\\a.yaml"]) is not None


def plain_words(option: Option) -> st.SearchStrategy[list[str]]:
    """An option that is read without click, with its value if it takes one."""
    names = st.sampled_from(option.names)
    if option.takes == "flag":
        return names.map(lambda name: [name])
    values = st.sampled_from([*option.choices] or ["x", "yaml-syntax", "all,shellcheck", "*.yaml"])
    return st.tuples(names, values).map(list)


PATHS = st.sampled_from([*FILES, ".", "missing", "-"]).map(lambda path: [path])
ANSWERED = [each for each in OPTIONS if each.takes in PLAIN and each.names != ("--watch",)]
RUNS = st.lists(
    st.one_of(PATHS, st.sampled_from(ANSWERED).flatmap(plain_words)), min_size=1, max_size=6
).map(lambda pieces: list(itertools.chain(*pieces)))


def outcome(folder: str, run: Callable[[], object]) -> tuple[object, bytes, bytes, list[str]]:
    """What a run leaves behind: its exit code, standard output and error, and the files."""
    for name, text in FILES.items():
        path = Path(folder, name)
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
    stdin = io.TextIOWrapper(io.BytesIO(FILES["b.yaml"].encode()), encoding="utf-8")
    stdout, stderr = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8") for _ in range(2))
    before = Path.cwd()
    os.chdir(folder)
    try:
        with (
            mock.patch.object(sys, "stdin", stdin),
            redirect_stdout(stdout),
            redirect_stderr(stderr),
            pytest.raises(SystemExit) as end,
        ):
            run()
    finally:
        os.chdir(before)
    left = sorted(f"{each}: {each.read_text()}" for each in Path(folder).rglob("*.yaml"))
    out, aside = (stream.detach().getvalue() for stream in (stdout, stderr))
    # What --verbose says of the time differs between any two runs.
    return end.value.code, out, re.sub(rb" in [\d.]+ seconds", b"", aside), left


@given(RUNS)
def test_a_run_is_as_with_click(arguments: list[str]) -> None:
    given = parameters(["check", *arguments])
    assert given is not None
    argv = mock.patch.object(sys, "argv", [NAME, "check", *arguments])
    with TemporaryDirectory() as folder, argv:
        without = outcome(folder, lambda: plain.run(given, NAME))
        assert without == outcome(folder, lambda: main(prog_name=NAME))


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--quiet", "--verbose"], b"Error: --quiet and --verbose can't be used together.\n"),
        (["--select", "none"], b"Error: Invalid value for --select: unknown rule `none`"),
    ],
)
def test_an_error_is_reported_by_click(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], message: bytes
) -> None:
    monkeypatch.setattr(sys, "argv", [NAME, "check", *arguments])
    given = parameters(["check", *arguments])
    assert given is not None
    code, out, aside, _ = outcome(str(tmp_path), lambda: plain.run(given, NAME))
    assert (code, out) == (2, b"")
    assert aside.startswith(b"Usage: automation-validator check [OPTIONS] [PATH]...\n")
    assert message in aside


@pytest.mark.parametrize(
    ("error", "code", "message"),
    [
        (
            ValueError("odd"),
            3,
            rb"Error: bug in this program: ValueError: 'odd' \(.*\)\. Please .*\n",
        ),
        (KeyboardInterrupt(), 130, b""),
    ],
)
def test_a_bug_and_an_interrupt_end_it_as_with_click(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    error: BaseException,
    code: int,
    message: bytes,
) -> None:
    monkeypatch.setattr(sys, "argv", [NAME, "check", FILE])
    monkeypatch.setattr(checking, "run", mock.Mock(side_effect=error))
    given = parameters(["check", FILE])
    assert given is not None
    found = outcome(str(tmp_path), lambda: plain.run(given, NAME))
    assert found[:2] == (code, b"")
    assert re.fullmatch(message, found[2])
