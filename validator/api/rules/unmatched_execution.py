"""Executions, and steps of their plans, that match no task or service in the file."""

from __future__ import annotations

from collections.abc import Iterator

from validator.api.model import ApiDocument, Execution, Step
from validator.api.timelines.compared import Compared
from validator.api.timelines.matching import identity_of
from validator.finding import Problem, Severity
from validator.rule import Rule
from validator.wording import quoted

_ADVICE = "compare it with the version of the file that it ran"


def contradictions(document: ApiDocument, compared: Compared) -> Iterator[Problem]:
    """The problems in a document with executions, each unknown task or service once."""
    seen: set[str] = set()
    for execution in document.executions:
        for step in () if execution.plan is None else execution.plan.steps:
            identity = identity_of(step)
            if identity is None or identity in seen or compared.matching.of_step(step) is not None:
                continue
            seen.add(identity)
            yield _of_step(step)
        if compared.matching.of_execution(execution) is None:
            task = None if execution.task is None else execution.task.folded
            if task is None or task not in seen:
                yield _of_execution(execution, compared)
            if task is not None:
                seen.add(task)


def _of_step(step: Step) -> Problem:
    role = "service" if step.service is not None else "task"
    here = step.label or step.service or step.task_id or step.value
    message = f"{step.title} matches no {role} in the file; {_ADVICE}"
    return Problem("unmatched-execution", message, here.place, here.pointer)


def _of_execution(execution: Execution, compared: Compared) -> Problem:
    here = execution.task or execution.id or execution.value
    name = quoted(compared.matching.name_of(execution))
    is_known = execution.task is not None and execution.task.folded in compared.references
    advice = (
        _ADVICE
        if is_known or execution.plan is not None
        else "give the API's list of tasks with `--executions` too"
    )
    message = f"the execution of {name} matches no task in the file; {advice}"
    return Problem("unmatched-execution", message, here.place, here.pointer)


RULES = (
    Rule(
        name="unmatched-execution",
        severity=Severity.WARNING,
        group="executions",
        summary="An execution matches no task or service in the file",
        why="Found by `plan --executions`, which finds the task or service of each step by its "
        "name, or by its command. It finds none if the file has changed since, if two items "
        "have the same name, or if the execution is of another file. Give the API's list of "
        "tasks with `--executions` too: it has their references.",
        ignored_by="configuration",
    ),
)
