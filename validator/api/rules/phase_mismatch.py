"""Executions whose phase contradicts the phases of their steps."""

from __future__ import annotations

from collections.abc import Iterator

from validator.api import phase
from validator.api.execution_examples import execution
from validator.api.model import ApiDocument
from validator.api.step_progress import Disagreement, disagreement
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
        summary="An execution's phase does not match the phases of its steps",
        why="The phase of an execution follows from its steps: it has failed when one of them has, "
        "is running while one is, and has succeeded when all have. A failure message explains an "
        "execution that failed although no step did, and `desiredPhase` one that was stopped. "
        "Source: the shared model TaskExecutionStatus.",
        bad=execution(_STATUS.replace("FAILED", "RUNNING", 1), _STEP),
        good=execution(_STATUS, _STEP),
    ),
)

CHECKS = {"phase-mismatch": check}
