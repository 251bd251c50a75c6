"""Triggers that only tasks may have."""

from __future__ import annotations

from collections.abc import Iterator

from validator.finding import Fix, Note, Problem, Severity, Span
from validator.model.automations import Automation, Document, Trigger
from validator.rule import Rule
from validator.wording import quoted


def check(document: Document) -> Iterator[Problem]:
    # An entry at an anchor is one mistake, however many services use it.
    found: dict[int, list[tuple[Automation, Trigger]]] = {}
    for automation in document.automations:
        if automation.role == "service":
            for trigger in automation.triggers:
                if trigger.name == "beforeSnapshot":
                    found.setdefault(id(trigger.node), []).append((automation, trigger))
    for uses in found.values():
        service, trigger = uses[0]
        notes = tuple(
            Note(user.key.span, f"the service {quoted(user.reference)} uses it here")
            for user, _ in uses
            if not user.key.start < trigger.node.start < user.node.end or user is not service
        )
        fixes = service.without("triggeredBy", trigger.node, document.text)
        span, pointer = trigger.node.span, trigger.pointer
        found_here = problem(trigger.node.text, service.reference, span, pointer, notes, fixes)
        yield found_here._replace(times=len(uses))


def problem(
    trigger: str,
    service: str,
    entry: Span,
    pointer: str,
    notes: tuple[Note, ...],
    fixes: tuple[Fix, ...],
) -> Problem:
    """The problem of a trigger for tasks in a service; `fixes` are those that remove it."""
    message = f"{quoted(trigger)} is for tasks only; remove it from the service {quoted(service)}"
    # Perhaps the service should have been a task.
    unsafe = tuple(fix._replace(safe=False) for fix in fixes)
    return Problem("trigger-not-allowed", message, entry, pointer, notes, unsafe)


_TASK = "tasks:\n  warm-up:\n    name: Warm up the editor\n    command: ./warm-up.sh\n"

RULES = (
    Rule(
        name="trigger-not-allowed",
        severity=Severity.ERROR,
        group="triggers",
        summary="A service has a trigger that only tasks may have",
        why="`beforeSnapshot` fires when all prebuild tasks are complete, before the snapshot is "
        "taken: what it starts must end, and a service does not. Make it a task.",
        source="the shared model AutomationTrigger",
        bad="services:\n  warm-up:\n    name: Warm up the editor\n"
        "    commands: {start: ./warm-up.sh}\n    triggeredBy: [beforeSnapshot]\n",
        good=_TASK + "    triggeredBy: [beforeSnapshot]\n",
        fixable=True,
        check=check,
        needs=("services", "beforeSnapshot"),
    ),
)
