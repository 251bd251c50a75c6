"""Dependencies that a task lists twice."""

from __future__ import annotations

from collections.abc import Iterator

from validator.finding import Fix, Note, Problem, Severity, Span
from validator.model.automations import Dependency, Document
from validator.rule import Rule
from validator.wording import quoted


def check(document: Document) -> Iterator[Problem]:
    for automation in document.automations:
        seen: dict[str, Dependency] = {}
        for dependency in automation.dependencies:
            first = seen.setdefault(dependency.reference, dependency)
            if first is not dependency:
                yield problem(
                    dependency.reference,
                    dependency.node.span,
                    dependency.pointer,
                    first.node.span,
                    automation.without("dependsOn", dependency.node, document.text),
                )


def problem(name: str, entry: Span, pointer: str, first: Span, fixes: tuple[Fix, ...]) -> Problem:
    """The problem of a repeated entry; `first` is the earlier one."""
    message = f"the dependency {quoted(name)} is listed twice; remove this entry"
    note = Note(first, "it is first listed here")
    return Problem("duplicate-dependency", message, entry, pointer, (note,), fixes)


RULES = (
    Rule(
        name="duplicate-dependency",
        severity=Severity.WARNING,
        group="references",
        summary="A task lists a dependency twice",
        why="The second entry has no effect; perhaps another reference was meant.",
        bad="tasks:\n  install:\n    name: Install\n    command: npm ci\n"
        "    triggeredBy: [manual]\n"
        "  build:\n    name: Build\n    command: make\n    dependsOn: [install, install]\n"
        "    triggeredBy: [manual]\n",
        good="tasks:\n  install:\n    name: Install\n    command: npm ci\n"
        "    triggeredBy: [manual]\n"
        "  build:\n    name: Build\n    command: make\n    dependsOn: [install]\n"
        "    triggeredBy: [manual]\n",
        fixable=True,
        check=check,
        needs=("dependsOn",),
    ),
)
