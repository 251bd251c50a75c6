"""Turn lists and mappings into one script, and a port into the command that checks it."""

from __future__ import annotations

import pytest
import yaml

from validator import check_text
from validator.contract.readiness import ready_command
from validator.editing.composition import apply
from validator.parsing.limits import Limits
from validator.parsing.reader import read

TASK = "tasks:\n  t:\n    name: T\n    {}\n    triggeredBy: [manual]\n"


def fixed(text: str) -> str | None:
    """A text after the unsafe fix of its one finding; None if that has none."""
    (finding,) = check_text(text).findings
    fix = finding.fix(unsafe=True)
    assert fix is None or not fix.safe
    return None if fix is None else apply(text, list(fix.edits))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("commands: {start: x}", "command: x"),
        ("commands:\n      start: x", "command: x"),
        ("commands:\n      start:\n        x", "command:\n      x"),
        ("commands:\n          start: |-\n            x\n           \n            y", None),
        ("commands:\n      start: |2\n          x\n        y", "command: |2\n        x\n      y"),
        ("commands:\n      start: &a x", "command: &a x"),
        ('"commands": {start: x}', '"command": x'),
        ("commands: {start: x,}", "command: x"),
        ("command:\n      run: x", "command: x"),
        (
            "commands:\n    - x y\n    - |\n      a\n        b",
            "command: |\n      x y\n      a\n        b",
        ),
        ("commands: [make all]", "command: |\n      make all"),
        ("commands: [make all, 'it''s b']", "command: |\n      make all\n      it's b"),
    ],
)
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_one_script(before: str, after: str | None, line_end: str) -> None:
    text = TASK.replace("{}", before).replace("\n", line_end)
    found = fixed(text)
    assert found is not None
    if after is not None:
        assert found == TASK.replace("{}", after).replace("\n", line_end)
    assert check_text(found).ok
    task = yaml.safe_load(found)["tasks"]["t"]
    assert set(task) == {"name", "command", "triggeredBy"}


@pytest.mark.parametrize(
    "before",
    [
        "commands: &a {start: x}",
        "commands:\n      # why\n      start: x",
        "commands:\n      start: x\n      stop: y",
        "commands:\n      - a b # why\n      - c d",
        "commands:\n      - &a a b\n      - c d",
        "commands: [sh, -c, make all, more]",
        "commands: [echo, a;b]",
        "commands:\n      - npm\n      - ci",
        "commands:\n      - a b\n      - 1",
        "commands: []",
        "commands: {}",
    ],
)
def test_no_fix_where_something_would_be_lost(before: str) -> None:
    assert fixed(TASK.replace("{}", before)) is None


@pytest.mark.parametrize(
    ("before", "script"),
    [
        ("commands: [sh, -c, make all]", "make all"),
        ("commands:\n      - /bin/bash\n      - -c\n      - 'a: b'", "a: b"),
        ("commands: [make, -j4, all]", "make -j4 all"),
        ("command: [curl, 'http://localhost:3000/x']", "curl http://localhost:3000/x"),
    ],
)
def test_the_words_of_one_command(before: str, script: str) -> None:
    found = fixed(TASK.replace("{}", before))
    assert found is not None
    assert yaml.safe_load(found)["tasks"]["t"]["command"] == f"{script}\n"


def test_an_alias_is_left_alone() -> None:
    text = TASK.replace("{}", "command: &x make").replace("  t:", "  s:")
    text += "  t:\n    name: T\n    commands: {start: *x}\n    triggeredBy: [manual]\n"
    assert fixed(text) is None


def test_the_end_of_the_file() -> None:
    text = "tasks:\n  t:\n    name: T\n    triggeredBy: [manual]\n    commands:\n      "
    assert fixed(text + "start: x") == text.removesuffix("commands:\n      ") + "command: x"
    after = text.removesuffix("s:\n      ") + ": |\n      x y\n      z"
    assert fixed(text + "- x y\n      - z") == after


@pytest.mark.parametrize(
    ("value", "asks"),
    [
        ("3000", "curl -sf http://localhost:3000"),
        ("'3000'", "curl -sf http://localhost:3000"),
        ("{port: 80}", "curl -sf http://localhost:80"),
        ("{port: '80', path: /a}", "curl -sf http://localhost:80/a"),
        ("{httpGet: {port: 80, path: a/b}}", "curl -sf http://localhost:80/a/b"),
        ("{tcpSocket: {port: 5432}}", "nc -z localhost 5432"),
        ("{tcp: 5432}", "nc -z localhost 5432"),
        ("{http: 'http://localhost:80/x'}", "curl -sf http://localhost:80/x"),
        ("{url: 'https://a.example'}", "curl -sf https://a.example"),
        ("{url: 'http://a; rm -rf x'}", None),
        ("{port: 80, path: '/$(x)'}", None),
        ("{port: web}", None),
        ("{http: {}}", None),
        ("0", None),
        ("65536", None),
        ("1_000", None),
        ("true", None),
        ("[80]", None),
        ("{}", None),
    ],
)
def test_the_command_that_asks_a_port(value: str, asks: str | None) -> None:
    root = read(value, Limits()).root
    assert root is not None
    assert ready_command(root) == asks
