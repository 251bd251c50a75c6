"""Executions and steps that began before what they need had ended."""

from __future__ import annotations

from collections.abc import Iterator

from validator.api import phase
from validator.api.model import ApiDocument, Execution
from validator.api.step_progress import Progress, progress
from validator.api.timelines.compared import Compared
from validator.api.timestamp import instant
from validator.finding import Note, Problem, Severity
from validator.rule import Rule
from validator.wording import quoted

_NOT_ENDED = {phase.MISSING, phase.PENDING, phase.RUNNING}
_STARTED = {phase.RUNNING, phase.SERVICE_RUNNING, phase.SUCCEEDED}


def contradictions(document: ApiDocument, compared: Compared) -> Iterator[Problem]:
    """The problems in a document with executions."""
    for execution in document.executions:
        yield from _of_steps(execution, compared)
        yield from _of_times(document, execution, compared)


def _of_steps(execution: Execution, compared: Compared) -> Iterator[Problem]:
    """The steps that began before another step of the same execution had ended."""
    if execution.plan is None or execution.status is None:
        return
    steps = compared.steps(execution.plan)
    if steps is None:
        return
    by_id = {
        each.step.id.folded: each
        for each in progress(execution.status)
        if each.step is not None and each.step.id is not None
    }
    for reference, step in steps.items():
        early = by_id.get("" if step.id is None else step.id.folded)
        if early is None or early.phase not in _STARTED:
            continue
        for need in compared.direct(reference) or ():
            other = steps.get(need)
            # The rule `group-order` is about earlier groups.
            if other is None or other.group < step.group or other.id is None:
                continue
            waited_for = by_id.get(other.id.folded)
            if waited_for is not None and waited_for.phase in _NOT_ENDED:
                yield _step_problem(execution, early, waited_for, (reference, need), compared)


def _step_problem(
    execution: Execution,
    early: Progress,
    waited_for: Progress,
    names: tuple[str, str],
    compared: Compared,
) -> Problem:
    reference, need = names
    assert early.step is not None
    message = (
        f"{early.step.title} {early.said}, but {quoted(waited_for.name)} {waited_for.said}; "
        f"{quoted(reference)} needs {quoted(need)} in the file "
        f"({compared.line(reference, need)})"
    )
    here = early.value
    note = Note(waited_for.value.place, f"{quoted(waited_for.name)} {waited_for.said}")
    return compared.contradiction("started-too-early", execution, here, message, (note,))


def _of_times(document: ApiDocument, execution: Execution, compared: Compared) -> Iterator[Problem]:
    """The execution, if it began while an execution of what its task needs ran."""
    here = execution.started
    began = None if here is None else instant(here.text)
    reference = compared.matching.of_execution(execution)
    if here is None or began is None or reference is None or execution.environment is None:
        return
    # What is in its own plan runs again in it: without the plan this is not known.
    plan = () if execution.plan is None else execution.plan.steps
    inside = {compared.matching.of_step(step) for step in plan}
    if not plan or None in inside:
        return
    for need in compared.direct(reference) or ():
        ran = compared.ran.get((execution.environment.folded, need))
        if ran is None or need in inside or not ran.certainly_at(began, document):
            continue
        other = ran.first.execution
        message = (
            f"{quoted(reference)} needs {quoted(need)} in the file "
            f"({compared.line(reference, need)}), but began before {quoted(need)} had ended"
        )
        place = other.completed or other.started
        notes: tuple[Note, ...] = ()
        if ran.first.document is document and place is not None:
            ended = "ended then" if other.completed else "began then, and has not ended"
            notes = (Note(place.span, f"{quoted(need)} {ended}"),)
        yield compared.contradiction("started-too-early", execution, here, message, notes)


RULES = (
    Rule(
        name="started-too-early",
        severity=Severity.ERROR,
        group="executions",
        summary="An execution or a step began before what it needs in the file had ended",
        why="Found by `plan --executions`. A task starts when everything that it depends on has "
        "ended, and services are ready. If it began earlier, its execution was made from "
        "another version of the file, or the file is not the one that the environment uses. "
        "If a command differs too, the file has changed since, and it is a warning. A "
        "dependency that ran twice is not reported: the task may have waited for the "
        "earlier one.",
        ignored_by="configuration",
    ),
)
