"""Workflow commands, parsed like by the runner of GitHub Actions."""

import re

import pytest

from tests.reports import MIXED, TEXT, report, written
from validator import Finding, Place, Position, Report, Severity, check_file
from validator.parsing.text import Text


def commands(output: str) -> list[tuple[str, dict[str, str], str]]:
    """The commands among the lines of a log."""
    found = []
    for line in re.split(r"\r\n|\n|\r", output):
        if line.lstrip().startswith("::"):
            head, message = line.lstrip()[2:].split("::", 1)
            name, _, properties = head.partition(" ")
            pairs = (part.split("=", 1) for part in properties.split(",") if part)
            found.append((name, {key: _plain(value) for key, value in pairs}, _plain(message)))
    return found


def _plain(text: str) -> str:
    for escape, character in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ",")):
        text = text.replace(escape, character)
    return text.replace("%25", "%")


def test_a_finding_is_a_command() -> None:
    assert commands(written("github", report())) == [
        (
            "error",
            {
                "file": "a.yaml",
                "line": "4",
                "col": "5",
                "endLine": "4",
                "endColumn": "10",
                "title": "unknown-field",
            },
            "`comand` is not a field of a task; did you mean `command`?",
        )
    ]


def test_the_log_has_the_place_and_the_annotation_does_not_repeat_it() -> None:
    place, command, *_ = written("github", report()).splitlines()
    assert place == "a.yaml:4:5 unknown-field [*]"
    assert command.count("a.yaml") == 1


def test_severities_have_commands_of_their_own() -> None:
    assert {
        (name, each["title"]) for name, each, _ in commands(written("github", report(MIXED)))
    } == {
        ("warning", "service-without-commands"),
        ("notice", "never-triggered"),
        ("error", "unknown-field"),
    }


def test_a_file_that_can_not_be_read_has_no_line() -> None:
    *_, command = commands(written("github", check_file("missing.yaml")))
    assert command[1] == {"file": "missing.yaml", "title": "unreadable-file"}


@pytest.mark.parametrize(
    ("end", "properties"),
    [
        (Position(1, 1, 0), {"line": "1", "col": "1", "endLine": "1", "endColumn": "1"}),
        (Position(1, 3, 2), {"line": "1", "col": "1", "endLine": "1", "endColumn": "2"}),
        (Position(2, 1, 5), {"line": "1", "endLine": "1"}),
        (Position(2, 2, 6), {"line": "1", "endLine": "2"}),
    ],
)
def test_columns_are_given_within_a_line_only(end: Position, properties: dict[str, str]) -> None:
    place = Place(Position(1, 1, 0), end)
    finding = Finding("yaml-syntax", Severity.ERROR, "m", place)
    made = Report("a.yaml", "automations-file", Text("abcd\nefgh"), (finding,))
    *_, command = commands(written("github", made))
    assert command[1] == {"file": "a.yaml", **properties, "title": "yaml-syntax"}


def test_escapes_come_back() -> None:
    *_, command = commands(
        written("github", report(TEXT.replace("comand", "100%,a::b"), "a,b:c%.yaml"))
    )
    assert command[1]["file"] == "a,b:c%.yaml"
    assert command[2].startswith("`100%,a::b` is not a field of a task")
