"""Numbers of actions and steps that can't be."""

from __future__ import annotations

from collections.abc import Iterator

from validator.api.model import ApiDocument
from validator.api.workflow_runs import Run
from validator.finding import Note, Problem, Severity
from validator.rule import Rule
from validator.wording import quoted


def check(document: ApiDocument) -> Iterator[Problem]:
    for run in document.all_runs:
        numbers = [*run.counts.values()]
        numbers += [run.number] if run.number is not None else []
        for here, number in numbers:
            if number < 0:
                message = f"{quoted(here.name)} is {number}; it can't be below 0"
                yield Problem("action-count", message, here.span, here.pointer)
        yield from _above_total(run)


def _above_total(run: Run) -> Iterator[Problem]:
    if run.total is None or not run.counts:
        return
    limit, most = run.total
    number = sum(max(0, count) for _, count in run.counts.values())
    if number > most:
        here = max((place for place, _ in run.counts.values()), key=lambda place: place.head)
        message = f"the execution has {number} actions, above {quoted(limit.name)}, which is {most}"
        note = Note(limit.span, f"{quoted(limit.name)} is here")
        yield Problem("action-count", f"{message}; correct one", here.span, here.pointer, (note,))


_GOOD = """\
id: 51c9e7d3-2a8b-4e60-b4f1-7e3d9a0c6b48
metadata: {workflowId: 6a1d0c58-7e3f-4b92-8d46-1f5b9a2c7e30}
status: {phase: WORKFLOW_EXECUTION_PHASE_RUNNING, runningActionCount: 1, doneActionCount: 2}
"""

RULES = (
    Rule(
        name="action-count",
        severity=Severity.ERROR,
        group="executions",
        summary="A number of actions is negative, or above the limit of the automation",
        why="An execution of an AI automation counts its actions by their phase. No count is "
        "negative, and all together are at most `maxTotal`. Steps are counted from 0.",
        bad=_GOOD.replace("doneActionCount: 2", "doneActionCount: -2"),
        good=_GOOD,
    ),
)

CHECKS = {"action-count": check}
