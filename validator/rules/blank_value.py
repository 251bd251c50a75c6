"""Required strings that contain only whitespace."""

from __future__ import annotations

from collections.abc import Iterator

from validator.finding import Problem, Severity
from validator.model.automations import Document
from validator.parsing.nodes import Mapping, Node, Scalar
from validator.rule import Rule
from validator.wording import quoted

_FIELDS = (
    ("name",),
    ("command",),
    ("commands", "start"),
    ("runsOn", "docker", "image"),
)


def check(document: Document) -> Iterator[Problem]:
    for automation in document.automations:
        for first, *others in _FIELDS:
            field = automation.field(first)
            if field is None:
                continue
            key, value = field
            node: Node | None = value
            for name in others:
                node = node.get(name) if isinstance(node, Mapping) else None
            if isinstance(node, Scalar) and node.kind == "string" and node.text.isspace():
                path = [key.text, *others]
                yield problem(path[-1], node, "/".join([automation.pointer, *path]))


def problem(field: str, node: Scalar, pointer: str) -> Problem:
    """The problem of a field that contains only whitespace."""
    message = f"{quoted(field)} contains only whitespace; give it a value"
    return Problem("blank-value", message, node.span, pointer)


_TASK = "tasks:\n  build:\n    name: Build\n    command: make\n    triggeredBy: [manual]\n"

RULES = (
    Rule(
        name="blank-value",
        severity=Severity.WARNING,
        group="structure",
        summary="A required string contains only whitespace",
        why="The platform only requires that a name, a command or an image is not empty, so it "
        "accepts a space: it shows an invisible name, or runs a command that does nothing.",
        bad=_TASK.replace("name: Build", 'name: " "'),
        good=_TASK,
        check=check,
    ),
)
