"""Executions whose phase contradicts the phases of their steps."""

from __future__ import annotations

from collections.abc import Iterator

from validator.api import phase
from validator.api.execution_examples import execution
from validator.api.model import ApiDocument
from validator.api.step_progress import Disagreement, disagreement
from validator.api.values import Value
from validator.api.workflow_runs import ENDED, OPEN, Run
from validator.finding import Note, Problem, Severity
from validator.rule import Rule
from validator.wording import quoted


def check(document: ApiDocument) -> Iterator[Problem]:
    for status in document.statuses:
        found = disagreement(status)
        if found is not None:
            assert status.phase is not None
            here = status.phase
            message, notes = _words(here.text, found)
            yield Problem("phase-mismatch", message, here.span, here.pointer, notes)
    for run in document.runs:
        yield from _of_run(run)


def _of_run(run: Run) -> Iterator[Problem]:
    """The problem of a run whose phase contradicts its counts or its steps."""
    if run.phase is None:
        return
    here = run.phase
    for what, place in _contradictions(run):
        message = f"{run.name} {run.said}, but {what}; correct one of the two"
        note = Note(place.place, what)
        yield Problem("phase-mismatch", message, here.span, here.pointer, (note,))
        return


def _contradictions(run: Run) -> Iterator[tuple[str, Value]]:
    wrong: tuple[str, ...]
    if run.state in ENDED:
        wrong = ("pending", "running")
        states = OPEN
    elif run.state == "PENDING":
        wrong = ("running", "failed", "done")
        states = ENDED | {"RUNNING"}
    else:
        return
    for count in wrong:
        place, number = run.counts.get(count, (None, 0))
        if place is not None and number > 0:
            yield f"{quoted(place.name)} is {number}", place
    for step in run.steps:
        if step.state in states and step.phase is not None:
            yield f"{step.name} {step.said}", step.phase


def _words(said: str, found: Disagreement) -> tuple[str, tuple[Note, ...]]:
    message = f"the execution {phase.said(said)}, but "
    notes: tuple[Note, ...] = ()
    if found.cause is None:
        message += "all of its steps have succeeded"
    else:
        what = f"the step {quoted(found.cause.name)} {found.cause.said}"
        message += what
        notes = (Note(found.cause.value.place, what),)
    advice = "correct one of the two" if found.phase is None else f"expected {quoted(found.phase)}"
    return f"{message}; {advice}", notes


_STATUS = """\
phase: TASK_EXECUTION_PHASE_FAILED
steps:
- {id: @1, phase: TASK_EXECUTION_PHASE_FAILED}
"""
_STEP = "{id: @1, task: {id: @a}}"

RULES = (
    Rule(
        name="phase-mismatch",
        severity=Severity.ERROR,
        group="executions",
        summary="An execution's phase does not match the phases of its steps",
        why="The phase of an execution follows from its steps: it has failed when one of them has, "
        "is running while one is, and has succeeded when all have. A failure message explains an "
        "execution that failed although no step did, and `desiredPhase` one that was stopped. "
        "An execution of an AI automation that is "
        "completed has no pending or running action, and an action that is done no such step.",
        source="the shared model TaskExecutionStatus",
        bad=execution(_STATUS.replace("FAILED", "RUNNING", 1), _STEP),
        good=execution(_STATUS, _STEP),
    ),
)

CHECKS = {"phase-mismatch": check}
