"""GitLab's Code Quality, checked against its documentation."""

import json

import jsonschema

from tests.command import run
from tests.reports import MIXED, TEXT, report, written
from validator import check_file

# Our own schema: GitLab describes the report in prose.
SCHEMA = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "properties": {
            "description": {"type": "string", "minLength": 1},
            "check_name": {"type": "string", "minLength": 1},
            "fingerprint": {"type": "string", "minLength": 1},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "required": ["path", "lines"],
                "properties": {
                    "path": {"type": "string", "pattern": "^(?!\\./)"},
                    "lines": {
                        "type": "object",
                        "required": ["begin"],
                        "properties": {"begin": {"type": "integer", "minimum": 1}},
                    },
                },
            },
        },
    },
}


def test_it_is_what_gitlab_asks_for() -> None:
    for paths in (["./fixtures/clean"], ["docs"], ["./fixtures/broken", "fixtures/missing.yaml"]):
        content = json.loads(run("check", *paths, "--format", "gitlab").stdout)
        jsonschema.Draft7Validator(SCHEMA).validate(content)


def test_severities_and_lines() -> None:
    content = json.loads(written("gitlab", report(MIXED), check_file("missing.yaml")))
    assert [
        (each["check_name"], each["severity"], each["location"]["lines"]["begin"])
        for each in content
    ] == [
        ("never-triggered", "info", 2),
        ("service-without-commands", "minor", 5),
        ("unknown-field", "major", 9),
        ("unreadable-file", "major", 1),
    ]


def test_a_fingerprint_stays_when_lines_move_and_is_of_one_file() -> None:
    def fingerprint(text: str, path: str = "a.yaml") -> str:
        (issue,) = json.loads(written("gitlab", report(text, path)))
        found: str = issue["fingerprint"]
        return found

    assert fingerprint(TEXT) == fingerprint("\n\n" + TEXT) == fingerprint(TEXT, "./a.yaml")
    assert fingerprint(TEXT) != fingerprint(TEXT, "b.yaml")
