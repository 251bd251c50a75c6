"""Two automations with the same reference."""

from __future__ import annotations

from collections.abc import Iterator

from validator.finding import Note, Problem, Severity, Span
from validator.model.automations import Automation, Document, Role
from validator.rule import Rule
from validator.wording import quoted


def check(document: Document) -> Iterator[Problem]:
    seen: dict[str, Automation] = {}
    for automation in document.automations:
        first = seen.setdefault(automation.reference, automation)
        # A key that is not a reference has to be renamed anyway.
        if first is not automation and automation.has_reference and first.has_reference:
            yield problem(
                automation.reference,
                automation.key.span,
                automation.pointer,
                first.role,
                first.key.span,
            )


def problem(reference: str, here: Span, pointer: str, role: Role, first: Span) -> Problem:
    """The problem of a reference that is already used by a task or service, at `first`."""
    message = (
        f"the reference {quoted(reference)} is already used by a {role}; "
        "references must be unique among tasks and services, so rename one"
    )
    note = Note(first, f"the {role} with that reference is here")
    return Problem("duplicate-reference", message, here, pointer, (note,))


RULES = (
    Rule(
        name="duplicate-reference",
        severity=Severity.ERROR,
        group="references",
        summary="A task and a service have the same reference",
        why="A reference must be unique among all tasks and services of an environment: "
        "dependencies and the command line name automations by it. With a duplicate name they "
        "would mean either; rename one of the two.",
        source="the shared model TaskMetadata",
        bad="services:\n  app:\n    name: App\n    commands: {start: npm start}\n"
        "    triggeredBy: [manual]\n"
        "tasks:\n  app:\n    name: Build the app\n    command: npm run build\n"
        "    triggeredBy: [manual]\n",
        good="services:\n  app:\n    name: App\n    commands: {start: npm start}\n"
        "    triggeredBy: [manual]\n"
        "tasks:\n  build-app:\n    name: Build the app\n    command: npm run build\n"
        "    triggeredBy: [manual]\n",
        check=check,
        needs=("services", "tasks"),
    ),
)
