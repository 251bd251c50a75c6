"""Tasks that depend on themselves."""

from __future__ import annotations

from collections.abc import Iterator

from validator.finding import Fix, Problem, Severity, Span
from validator.model.automations import Document
from validator.rule import Rule
from validator.wording import quoted


def check(document: Document) -> Iterator[Problem]:
    for automation in document.automations:
        for dependency in automation.dependencies:
            if dependency.reference == automation.reference:
                fixes = automation.without("dependsOn", dependency.node, document.text)
                owner = f"the task {quoted(automation.reference)}"
                yield problem(owner, dependency.node.span, dependency.pointer, fixes)


def problem(owner: str, entry: Span, pointer: str, fixes: tuple[Fix, ...]) -> Problem:
    """The problem of an entry that names its owner."""
    message = f"{owner} depends on itself; remove this entry"
    return Problem("self-dependency", message, entry, pointer, fixes=fixes)


RULES = (
    Rule(
        name="self-dependency",
        severity=Severity.ERROR,
        group="references",
        summary="A task depends on itself",
        why="It would wait for itself to end before it starts. Remove the entry.",
        bad="tasks:\n  build:\n    name: Build\n    command: make\n    dependsOn: [build]\n"
        "    triggeredBy: [manual]\n",
        good="tasks:\n  build:\n    name: Build\n    command: make\n    triggeredBy: [manual]\n",
        fixable=True,
        check=check,
        needs=("dependsOn",),
    ),
)
