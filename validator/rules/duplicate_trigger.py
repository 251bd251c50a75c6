"""Triggers that an automation lists twice."""

from __future__ import annotations

from collections.abc import Iterator

from validator.finding import Note, Problem, Severity
from validator.model import Document, Trigger
from validator.rules.rule import Rule
from validator.wording import quoted


def check(document: Document) -> Iterator[Problem]:
    for automation in document.automations:
        seen: dict[str, Trigger] = {}
        for trigger in automation.triggers:
            first = seen.setdefault(trigger.name, trigger)
            if first is not trigger:
                message = f"the trigger {quoted(trigger.name)} is listed twice; remove this entry"
                note = Note(first.node.span, "it is first listed here")
                yield Problem(
                    "duplicate-trigger",
                    message,
                    trigger.node.span,
                    trigger.pointer,
                    (note,),
                    automation.without("triggeredBy", trigger.node, document.text),
                )


_TASK = "tasks:\n  build:\n    name: Build\n    command: make\n"

RULES = (
    Rule(
        name="duplicate-trigger",
        severity=Severity.WARNING,
        summary="An automation lists a trigger twice",
        why="The second entry changes nothing; perhaps another trigger was meant.",
        bad=_TASK + "    triggeredBy: [manual, prebuild, manual]\n",
        good=_TASK + "    triggeredBy: [manual, prebuild]\n",
        fixable=True,
        check=check,
        needs=("triggeredBy",),
    ),
)
