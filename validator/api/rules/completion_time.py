"""Executions that are over without a time of completion, or have one and are not over."""

from __future__ import annotations

from collections.abc import Iterator

from validator.api import phase
from validator.api.execution_examples import execution
from validator.api.model import ApiDocument
from validator.api.step_progress import disagreement
from validator.api.values import spelling
from validator.api.workflow_runs import ENDED, OPEN, Run
from validator.finding import Note, Problem, Severity
from validator.rule import Rule
from validator.wording import quoted


def check(document: ApiDocument) -> Iterator[Problem]:
    for each in document.executions:
        status = each.status
        if status is None or status.phase is None or status.phase.text not in phase.KNOWN:
            continue
        # A wrong phase says nothing about the time.
        if disagreement(status) is not None:
            continue
        said = phase.said(status.phase.text)
        note = Note(status.phase.span, "the phase is here")
        over = status.phase.text in phase.TERMINAL
        if over and each.incomplete:
            assert each.metadata is not None
            here = each.metadata
            name = quoted(spelling(here, "completedAt"))
            message = f"the execution {said}, but has no {name}; add the time when it ended"
            yield Problem("completion-time", message, here.head, here.pointer, (note,))
        elif not over and each.completed is not None:
            here = each.completed
            message = (
                f"{quoted(here.name)} is set, but the execution {said}; correct one of the two"
            )
            yield Problem("completion-time", message, here.head, here.pointer, (note,))
    for run in document.all_runs:
        yield from _of_run(run)


def _of_run(run: Run) -> Iterator[Problem]:
    if run.phase is None or not run.state:
        return
    note = Note(run.phase.span, "the phase is here")
    if run.state in ENDED and run.unfinished and run.holder is not None:
        here = run.holder
        name = quoted(spelling(here, "finishedAt"))
        message = f"{run.name} {run.said}, but has no {name}; add the time when it ended"
        yield Problem("completion-time", message, here.head, here.pointer, (note,))
    elif run.state in OPEN and run.finished is not None:
        here = run.finished
        message = f"{quoted(here.name)} is set, but {run.name} {run.said}; correct one of the two"
        yield Problem("completion-time", message, here.head, here.pointer, (note,))


_STATUS = "phase: TASK_EXECUTION_PHASE_SUCCEEDED"
_TIMES = 'startedAt: "2025-03-01T09:30:05Z"\ncompletedAt: "2025-03-01T09:31:40Z"\n'

RULES = (
    Rule(
        name="completion-time",
        severity=Severity.ERROR,
        group="executions",
        summary="An execution has ended without `completedAt`, or has it before it ends",
        why="`completedAt` is the time when the execution ended: it is set once the phase is "
        "succeeded, failed or stopped, and not before. The same goes for "
        "`finishedAt` of the runs of AI automations.",
        source="the shared model TaskExecutionMetadata",
        bad=execution(_STATUS.replace("SUCCEEDED", "RUNNING"), metadata=_TIMES),
        good=execution(_STATUS, metadata=_TIMES),
    ),
)

CHECKS = {"completion-time": check}
