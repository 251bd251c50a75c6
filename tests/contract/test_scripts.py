"""Which strings of a document are shell scripts."""

import pytest

from validator.contract.scripts import scripts
from validator.parsing import reader
from validator.parsing.limits import Limits

FILE = """\
services:
  db:
    name: start
    commands: {start: a, ready: b, stop: c, other: d}
tasks:
  t: {name: N, description: D, command: e}
  u: {name: N, command: [f]}
  v: {name: N, command: 1}
"""
TASK = """\
id: 3f1c2a9e-5b7d-4c1a-9e0f-2d6b8a4c7e11
metadata: {name: command}
spec: {command: a, env: [{name: start, value: command}]}
"""
SERVICES = "services: [{spec: {commands: {start: a, ready: b}}}, {spec: {commands: {stop: c}}}]\n"
EXECUTION = "spec: {plan: [{steps: [{task: {spec: {command: a}}}]}]}\n"


@pytest.mark.parametrize(
    ("kind", "text", "pointers"),
    [
        (
            "automations-file",
            FILE,
            [
                "/services/db/commands/start",
                "/services/db/commands/ready",
                "/services/db/commands/stop",
                "/tasks/t/command",
            ],
        ),
        ("task", TASK, ["/spec/command"]),
        (
            "service-list",
            SERVICES,
            [
                "/services/0/spec/commands/start",
                "/services/0/spec/commands/ready",
                "/services/1/spec/commands/stop",
            ],
        ),
        ("task-execution", EXECUTION, ["/spec/plan/0/steps/0/task/spec/command"]),
        ("automations-file", "[]\n", []),
        ("automations-file", "tasks: x\n", []),
    ],
)
def test_scripts_are_found_by_the_schema(kind: str, text: str, pointers: list[str]) -> None:
    root = reader.read(text, Limits()).root
    assert root is not None
    assert [pointer for pointer, _ in scripts(root, kind)] == pointers


def test_a_script_at_an_anchor_comes_once() -> None:
    text = "tasks:\n  a: {name: &s make, command: *s}\n  b: &b {name: B, command: *s}\n  c: *b\n"
    root = reader.read(text, Limits()).root
    assert root is not None
    assert [(pointer, node.text) for pointer, node in scripts(root, "automations-file")] == [
        ("/tasks/a/command", "make")
    ]
