"""Failure messages of something that has not failed."""

from __future__ import annotations

from collections.abc import Iterator

from validator.api import phase
from validator.api.execution_examples import execution
from validator.api.model import ApiDocument, Automation, Status, StepStatus
from validator.api.step_progress import disagreement, has_message
from validator.finding import Note, Problem, Severity
from validator.rule import Rule
from validator.wording import quoted


def on_success(document: ApiDocument) -> Iterator[Problem]:
    for status in document.statuses:
        # A wrong phase says nothing about the message.
        if disagreement(status) is None:
            yield from _clash("failed-yet-succeeded", "the execution", status, phase.SUCCEEDED)
        for step in status.steps or ():
            yield from _clash("failed-yet-succeeded", "the step", step, phase.SUCCEEDED)
    for run in document.runs:
        for each in run.steps:
            if each.state == "DONE" and each.error is not None and each.phase is not None:
                message = f"{each.name} has failed, but its phase is done; correct one of the two"
                note = Note(each.phase.span, "the phase is here")
                here = each.error
                yield Problem("failed-yet-succeeded", message, here.head, here.pointer, (note,))


def on_stop(document: ApiDocument) -> Iterator[Problem]:
    for service in document.automations:
        yield from _clash("failed-yet-stopped", "the service", service, phase.SERVICE_STOPPED)


def _clash(
    rule: str, owner: str, said: Status | StepStatus | Automation, not_failed: str
) -> Iterator[Problem]:
    """The problem of a failure message in a phase other than failed."""
    message = said.failure_message
    if message is None or said.phase is None or said.phase.text != not_failed:
        return
    if has_message(message):
        shown = quoted(not_failed)
        advice = f"{owner} has a failure message, but its phase is {shown}; correct one of the two"
        note = Note(said.phase.span, "the phase is here")
        yield Problem(rule, advice, message.span, message.pointer, (note,))


_STATUS = """\
phase: TASK_EXECUTION_PHASE_SUCCEEDED
failureMessage: npm ci ended with exit code 1
"""
_SERVICE = """\
id: b7a4d8c0-6e2f-4f19-a3b5-9d1c0e8f7a25
status:
  phase: SERVICE_PHASE_STOPPED
  failureMessage: postgres ended with exit code 1
"""

RULES = (
    Rule(
        name="failed-yet-succeeded",
        severity=Severity.ERROR,
        group="executions",
        summary="An execution or a step that has succeeded has a failure message",
        why="A failure message says why something has failed, so its phase is failed, "
        "or soon will be.",
        source="the shared model TaskExecutionStatus",
        bad=execution(_STATUS),
        good=execution(_STATUS.replace("SUCCEEDED", "FAILED")),
    ),
    Rule(
        name="failed-yet-stopped",
        severity=Severity.WARNING,
        group="executions",
        summary="A service that was stopped has a failure message",
        why="A service that has failed is in the phase failed, or soon will be. One "
        "that was stopped has not failed, so the message may be out of date.",
        bad=_SERVICE,
        good=_SERVICE.replace("STOPPED", "FAILED"),
    ),
)

CHECKS = {"failed-yet-stopped": on_stop, "failed-yet-succeeded": on_success}
