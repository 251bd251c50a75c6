"""Triggers that only tasks may have."""

from __future__ import annotations

from collections.abc import Iterator

from validator.finding import Note, Problem, Severity
from validator.model import Document
from validator.rules.rule import Rule
from validator.wording import quoted


def check(document: Document) -> Iterator[Problem]:
    for automation in document.automations:
        if automation.role != "service":
            continue
        for trigger in automation.triggers:
            if trigger.name != "beforeSnapshot":
                continue
            message = (
                f"{quoted(trigger.node.text)} is for tasks only; remove it from the service "
                f"{quoted(automation.reference)}"
            )
            notes: tuple[Note, ...] = ()
            if not automation.node.start <= trigger.node.start < automation.node.end:
                # The entry stands at an anchor; say whose it is.
                notes = (Note(automation.key.span, "the service that takes it over is here"),)
            yield Problem("trigger-not-allowed", message, trigger.node.span, trigger.pointer, notes)


_TASK = "tasks:\n  warm-up:\n    name: Warm up the editor\n    command: ./warm-up.sh\n"

RULES = (
    Rule(
        name="trigger-not-allowed",
        severity=Severity.ERROR,
        summary="A service has a trigger that only tasks may have",
        why="`beforeSnapshot` fires when all prebuild tasks are complete, before the snapshot is "
        "taken: what it starts must come to an end, and a service does not. Make it a task. "
        "Source: the shared model AutomationTrigger.",
        bad="services:\n  warm-up:\n    name: Warm up the editor\n"
        "    commands: {start: ./warm-up.sh}\n    triggeredBy: [beforeSnapshot]\n",
        good=_TASK + "    triggeredBy: [beforeSnapshot]\n",
        check=check,
    ),
)
