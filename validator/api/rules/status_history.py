"""Statuses of one execution that can't follow one another."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from validator.api import phase
from validator.api.model import ApiDocument
from validator.finding import Note, Problem, Severity
from validator.rule import Rule
from validator.wording import quoted


def version_falls(document: ApiDocument) -> Iterator[Problem]:
    versions = [status.version for status in document.history if status.version is not None]
    for (before, earlier), (after, later) in pairwise(versions):
        if later < earlier:
            message = (
                f"{quoted(after.name)} decreases from {earlier} to {later}; "
                "put the statuses in the order of their versions"
            )
            note = Note(before.span, "the previous version is here")
            yield Problem("status-version", message, after.span, after.pointer, (note,))


def phase_left(document: ApiDocument) -> Iterator[Problem]:
    phases = [status.phase for status in document.history if status.phase is not None]
    for before, after in pairwise(each for each in phases if each.text in phase.KNOWN):
        if before.text in phase.TERMINAL and after.text != before.text:
            message = (
                f"the execution {phase.said(after.text)} after it {_had(before.text)}; "
                f"{quoted(before.text)} is never left"
            )
            note = Note(before.span, f"the execution {phase.said(before.text)} here")
            yield Problem("phase-after-end", message, after.span, after.pointer, (note,))


def _had(ended: str) -> str:
    return phase.said(ended).replace("has ", "had ")


_HISTORY = """\
statuses:
- {phase: TASK_EXECUTION_PHASE_RUNNING, statusVersion: "9"}
- {phase: TASK_EXECUTION_PHASE_SUCCEEDED, statusVersion: "10"}
"""

RULES = (
    Rule(
        name="phase-after-end",
        severity=Severity.ERROR,
        group="executions",
        summary="An execution leaves a final phase",
        why="Succeeded, failed and stopped are final: a task that runs again gets a new "
        "execution. The statuses may be from two executions, or in the wrong order.",
        bad=_HISTORY.replace("RUNNING", "FAILED"),
        good=_HISTORY,
    ),
    Rule(
        name="status-version",
        severity=Severity.ERROR,
        group="executions",
        summary="The version of a status is smaller than the previous one",
        why="Of two statuses of an execution, the one with the smaller version is older. "
        "Versions are compared as numbers, so 9 comes before 10.",
        source="the shared model TaskExecutionStatus",
        bad=_HISTORY.replace('"10"', '"8"'),
        good=_HISTORY,
    ),
)

CHECKS = {"phase-after-end": phase_left, "status-version": version_falls}
