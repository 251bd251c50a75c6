"""Executions whose times are not in order."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from validator.api.execution_examples import execution
from validator.api.model import ApiDocument
from validator.api.timestamp import instant
from validator.api.values import Value
from validator.finding import Note, Problem, Severity
from validator.rule import Rule
from validator.wording import quoted


def check(document: ApiDocument) -> Iterator[Problem]:
    for each in document.executions:
        times = [
            (value, moment)
            for value in (each.created, each.started, each.completed)
            if value is not None and (moment := instant(value.text)) is not None
        ]
        for (before, earlier), (after, later) in pairwise(times):
            if later < earlier:
                message = (
                    f"{quoted(after.name)} is before {quoted(before.name)}; "
                    "an execution is created, then started, then completed"
                )
                yield _problem(message, before, after)
    for run in document.all_runs:
        start, end = run.started, run.finished
        if start is None or end is None:
            continue
        started, finished = instant(start.text), instant(end.text)
        if started is not None and finished is not None and finished < started:
            message = f"{quoted(end.name)} is before {quoted(start.name)}; correct one of the two"
            yield _problem(message, start, end)


def _problem(message: str, before: Value, after: Value) -> Problem:
    note = Note(before.span, f"{quoted(before.name)} is {quoted(before.text)}")
    return Problem("time-order", message, after.span, after.pointer, (note,))


_TIMES = 'createdAt: "2025-03-01T09:30:00Z"\nstartedAt: "2025-03-01T09:30:05Z"\n'

RULES = (
    Rule(
        name="time-order",
        severity=Severity.ERROR,
        group="executions",
        summary="An execution was started before it was created, or completed before either",
        why="An execution is created, then started, then completed, though two of these may have "
        "the same time. Times are compared with their offsets. The runs of AI automations, and "
        "their steps, are started, then finished.",
        bad=execution("", metadata=_TIMES.replace("05Z", "05+01:00")),
        good=execution("", metadata=_TIMES),
    ),
)

CHECKS = {"time-order": check}
