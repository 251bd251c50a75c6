"""Steps that a plan or a status contains twice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from validator.api.execution_examples import plan
from validator.api.model import ApiDocument
from validator.api.values import Value
from validator.api.workflow_runs import Run
from validator.finding import Note, Problem, Severity
from validator.rule import Rule
from validator.wording import quoted


def check(document: ApiDocument) -> Iterator[Problem]:
    for execution in document.executions:
        if execution.plan is not None:
            ids = (step.id for step in execution.plan.steps)
            yield from _repeated(ids, "the plan already has a step {}; step ids must be unique")
    for status in document.statuses:
        ids = (step.id for step in status.steps or ())
        yield from _repeated(ids, "the step {} already has a status; remove one")
    for run in document.runs:
        yield from _repeated_positions(run)


def _repeated_positions(run: Run) -> Iterator[Problem]:
    seen: dict[int, Value] = {}
    for value, position in (step.number for step in run.steps if step.number is not None):
        first = seen.setdefault(position, value)
        if first is not value:
            note = Note(first.place, "it is first here")
            message = f"the step `{position}` already has a status; remove one"
            yield Problem("duplicate-step", message, value.place, value.pointer, (note,))


def _repeated(ids: Iterable[Value | None], message: str) -> Iterator[Problem]:
    seen: dict[str, Value] = {}
    for value in ids:
        if value is not None:
            first = seen.setdefault(value.folded, value)
            if first is not value:
                note = Note(first.span, "it is first here")
                said = message.format(quoted(value.text))
                yield Problem("duplicate-step", said, value.span, value.pointer, (note,))


RULES = (
    Rule(
        name="duplicate-step",
        severity=Severity.ERROR,
        group="executions",
        summary="A plan or a status has two steps with the same id",
        why="Dependencies and statuses name the steps of a plan by their ids, so each id must be "
        "unique, ignoring case, and have one status. The statuses of an AI automation name the "
        "steps by their positions; one without `stepIndex` is that of the step 0.",
        bad=plan("{id: @1, task: {id: @a}}", "{id: @1, task: {id: @b}}"),
        good=plan("{id: @1, task: {id: @a}}", "{id: @2, task: {id: @b}}"),
    ),
)

CHECKS = {"duplicate-step": check}
