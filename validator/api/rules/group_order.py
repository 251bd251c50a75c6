"""Steps that have started before an earlier group has ended."""

from __future__ import annotations

from collections.abc import Iterator

from validator.api import phase
from validator.api.execution_examples import execution
from validator.api.model import ApiDocument, Status
from validator.api.step_progress import Progress, progress
from validator.api.workflow_runs import OPEN, Run
from validator.finding import Note, Problem, Severity
from validator.rule import Rule
from validator.wording import quoted

_NOT_ENDED = {phase.MISSING, phase.PENDING, phase.RUNNING}
_STARTED = {phase.RUNNING, phase.SERVICE_RUNNING, phase.SUCCEEDED}


def check(document: ApiDocument) -> Iterator[Problem]:
    for status in document.statuses:
        # In an execution that succeeded, a step that has not ended is another mistake.
        if status.plan is not None and not _succeeded(status):
            yield from _too_early(progress(status))
    for run in document.runs:
        yield from _in_turn(run)


def _in_turn(run: Run) -> Iterator[Problem]:
    """The steps of an AI automation that have started before the one before them has ended."""
    steps = [step for step in run.steps if step.number is not None]
    steps.sort(key=_position)
    waited_for: Run | None = None
    for step in steps:
        if waited_for is not None and step.state in ("RUNNING", "DONE") and step.phase is not None:
            assert waited_for.phase is not None
            message = (
                f"{step.name} {step.said}, but {waited_for.name} {waited_for.said}; "
                "a step starts when those before it have ended"
            )
            note = Note(waited_for.phase.span, f"{waited_for.name} {waited_for.said}")
            here = step.phase
            yield Problem("group-order", message, here.span, here.pointer, (note,))
        elif waited_for is None and step.state in OPEN:
            waited_for = step


def _position(step: Run) -> int:
    assert step.number is not None
    return step.number[1]


def _succeeded(status: Status) -> bool:
    return status.phase is not None and status.phase.text == phase.SUCCEEDED


def _too_early(steps: list[Progress]) -> Iterator[Problem]:
    waited_for: Progress | None = None
    # When a step fails or is stopped, later ones may fail without having started.
    broken = False
    for group in _groups(steps):
        for each in group:
            started = each.phase in _STARTED or (each.phase == phase.FAILED and not broken)
            if waited_for is not None and started:
                yield _problem(each, waited_for)
        for each in group:
            if waited_for is None and each.phase in _NOT_ENDED:
                waited_for = each
            broken = broken or each.phase in (phase.FAILED, phase.STOPPED)


def _groups(steps: list[Progress]) -> list[list[Progress]]:
    found: dict[int, list[Progress]] = {}
    for each in steps:
        assert each.step is not None
        found.setdefault(each.step.group, []).append(each)
    return list(found.values())


def _problem(early: Progress, waited_for: Progress) -> Problem:
    assert early.step is not None
    assert waited_for.step is not None
    name = quoted(waited_for.name)
    message = (
        f"{early.step.title} of group {early.step.group + 1} {early.said}, but "
        f"{name} of group {waited_for.step.group + 1} {waited_for.said}; "
        "a group starts when those before it have ended"
    )
    here = early.value
    note = Note(waited_for.value.place, f"{name} {waited_for.said}")
    return Problem("group-order", message, here.span, here.pointer, (note,))


_STATUS = """\
phase: TASK_EXECUTION_PHASE_RUNNING
steps:
- {id: @1, phase: TASK_EXECUTION_PHASE_SUCCEEDED}
- {id: @2, phase: TASK_EXECUTION_PHASE_RUNNING}
"""
_STEPS = "{id: @1, task: {id: @a}}", "{id: @2, task: {id: @b}}"

RULES = (
    Rule(
        name="group-order",
        severity=Severity.ERROR,
        group="executions",
        summary="A step has started before an earlier group has ended",
        why="The groups of a plan run one after another, so all steps of a group have ended before "
        "one of the next group starts. A step without a status has not started. The step of a "
        "running service counts as ended, because services keep running. The steps of an AI "
        "automation run one after another, in the order of their positions.",
        bad=execution(_STATUS.replace("SUCCEEDED", "PENDING"), *_STEPS),
        good=execution(_STATUS, *_STEPS),
    ),
)

CHECKS = {"group-order": check}
