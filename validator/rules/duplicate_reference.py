"""One reference for two automations."""

from __future__ import annotations

from collections.abc import Iterator

from validator.finding import Note, Problem, Severity
from validator.model import Automation, Document
from validator.rules.rule import Rule
from validator.wording import quoted


def check(document: Document) -> Iterator[Problem]:
    seen: dict[str, Automation] = {}
    for automation in document.automations:
        first = seen.setdefault(automation.reference, automation)
        # What is no reference must be renamed anyway.
        if first is not automation and automation.has_reference and first.has_reference:
            message = (
                f"the reference {quoted(automation.reference)} is taken by a {first.role}; "
                "references are unique among tasks and services, so rename one"
            )
            note = Note(first.key.span, f"the {first.role} of that reference is here")
            yield Problem(
                "duplicate-reference", message, automation.key.span, automation.pointer, (note,)
            )


RULES = (
    Rule(
        name="duplicate-reference",
        severity=Severity.ERROR,
        summary="A task and a service have the same reference",
        why="A reference is unique in its environment, among tasks and services together: "
        "dependencies and the command line name automations by it. Rename one of the two. "
        "Source: the shared model TaskMetadata.",
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
