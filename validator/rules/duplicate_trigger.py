"""Triggers that an automation lists twice."""

from __future__ import annotations

from collections.abc import Iterator

from validator.finding import Fix, Note, Problem, Severity, Span
from validator.model.automations import Document, Trigger
from validator.rule import Rule
from validator.wording import quoted


def check(document: Document) -> Iterator[Problem]:
    for automation in document.automations:
        seen: dict[str, Trigger] = {}
        for trigger in automation.triggers:
            first = seen.setdefault(trigger.name, trigger)
            if first is not trigger:
                yield problem(
                    trigger.name,
                    trigger.node.span,
                    trigger.pointer,
                    first.node.span,
                    automation.without("triggeredBy", trigger.node, document.text),
                )


def problem(name: str, entry: Span, pointer: str, first: Span, fixes: tuple[Fix, ...]) -> Problem:
    """The problem of a repeated entry; `first` is the earlier one."""
    message = f"the trigger {quoted(name)} is listed twice; remove this entry"
    note = Note(first, "it is first listed here")
    return Problem("duplicate-trigger", message, entry, pointer, (note,), fixes)


_TASK = "tasks:\n  build:\n    name: Build\n    command: make\n"

RULES = (
    Rule(
        name="duplicate-trigger",
        severity=Severity.WARNING,
        group="triggers",
        summary="An automation lists a trigger twice",
        why="The second entry has no effect; perhaps another trigger was meant.",
        bad=_TASK + "    triggeredBy: [manual, prebuild, manual]\n",
        good=_TASK + "    triggeredBy: [manual, prebuild]\n",
        fixable=True,
        check=check,
        needs=("triggeredBy",),
    ),
)
