"""Which terminals get hyperlinks."""

from __future__ import annotations

import io
import os

import pytest

from tests.command import run
from validator.cli.hyperlinks import wants_hyperlinks


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in list(os.environ):
        monkeypatch.delenv(name)


@pytest.mark.parametrize(
    ("wanted", "environment"),
    [
        (False, {}),
        (False, {"TERM": "xterm-256color"}),
        (False, {"TERM": "linux"}),
        (True, {"TERM": "xterm-kitty"}),
        (True, {"TERM": "xterm-256color", "TERM_PROGRAM": "vscode"}),
        (False, {"TERM": "xterm-256color", "TERM_PROGRAM": "Apple_Terminal"}),
        (True, {"TERM": "xterm-256color", "VTE_VERSION": "7600"}),
        (False, {"TERM": "xterm-256color", "VTE_VERSION": "5000"}),
        (False, {"TERM": "xterm-256color", "VTE_VERSION": "new"}),
        (True, {"TERM": "xterm-256color", "KONSOLE_VERSION": "230804"}),
        (False, {"TERM": "xterm-256color", "KONSOLE_VERSION": "200800"}),
        (True, {"WT_SESSION": "{8e1d}"}),
        (False, {"TERM": "dumb", "TERM_PROGRAM": "vscode"}),
        (False, {"TERM": "screen-256color", "VTE_VERSION": "7600"}),
        (False, {"TERM": "tmux-256color", "TERM_PROGRAM": "WezTerm"}),
        (False, {"TERM": "xterm-kitty", "NO_COLOR": "1"}),
        (True, {"TERM": "xterm-kitty", "NO_COLOR": "1", "FORCE_HYPERLINK": "1"}),
        (True, {"TERM": "linux", "FORCE_HYPERLINK": "1"}),
        (False, {"TERM": "xterm-kitty", "FORCE_HYPERLINK": "0"}),
    ],
)
def test_a_terminal(
    wanted: bool, environment: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert wants_hyperlinks(Terminal()) == wanted


def test_a_pipe_gets_hyperlinks_only_if_forced(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm-kitty")
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert not wants_hyperlinks(io.StringIO())
    monkeypatch.setenv("FORCE_HYPERLINK", "1")
    assert wants_hyperlinks(io.StringIO())


def test_the_command_obeys(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    for arguments in (["check", "fixtures/broken"], ["explain", "unknown-field"]):
        assert b"\033]8" not in run(*arguments, TERM="xterm-kitty").stdout
