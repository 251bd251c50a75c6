"""Steps of a plan that are not for exactly one task or service."""

from __future__ import annotations

from collections.abc import Iterator

from validator.api.execution_examples import plan
from validator.api.model import ApiDocument
from validator.api.values import spelling
from validator.finding import Note, Problem, Severity
from validator.rule import Rule
from validator.wording import listed, quoted


def check(document: ApiDocument) -> Iterator[Problem]:
    for step in document.steps:
        if step.task is not None and step.service is not None:
            first, second = sorted([step.task, step.service], key=lambda each: each.head)
            names = listed([first.name, second.name], "and")
            message = f"{step.title} has both {names}; keep only one"
            note = Note(first.head, f"{quoted(first.name)} is here")
            yield Problem("ambiguous-step", message, second.head, second.pointer, (note,))
        elif step.empty:
            names = listed(["task", spelling(step.value, "serviceId")], "nor")
            message = f"{step.title} has neither {names}; give it one"
            yield Problem("ambiguous-step", message, step.value.head, step.value.pointer)


RULES = (
    Rule(
        name="ambiguous-step",
        severity=Severity.ERROR,
        group="executions",
        summary="A step of a plan does not have exactly one of `task` and `serviceId`",
        why="A step runs one task, or waits for one service. Split a step that has both into two; "
        "a step that has neither does nothing.",
        bad=plan("{id: @1, task: {id: @a}, serviceId: @b}"),
        good=plan("{id: @1, task: {id: @a}}\n{id: @2, serviceId: @b}"),
    ),
)

CHECKS = {"ambiguous-step": check}
