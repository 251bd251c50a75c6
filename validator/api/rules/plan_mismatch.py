"""Executions whose steps depend on other steps than the file says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from validator.api.model import ApiDocument, Execution, Plan, Step
from validator.api.timelines.compared import Compared
from validator.finding import Note, Problem, Severity
from validator.rule import Rule
from validator.wording import quoted


def contradictions(document: ApiDocument, compared: Compared) -> Iterator[Problem]:
    """The problems in a document with executions."""
    if not compared.file.whole:
        return
    for execution in document.executions:
        if execution.plan is None:
            continue
        steps = compared.steps(execution.plan)
        if steps is None:
            continue
        for reference, step in steps.items():
            yield from _too_many(execution, execution.plan, reference, step, compared)
            yield from _too_few(execution, reference, step, steps, compared)


def _too_many(
    execution: Execution, plan: Plan, reference: str, step: Step, compared: Compared
) -> Iterator[Problem]:
    """The dependencies of a step that its item does not have, not even through others."""
    direct = frozenset(compared.direct(reference) or ()) if step.dependencies else frozenset()
    for entry in step.dependencies:
        other = plan.by_id.get(entry.folded)
        need = None if other is None else compared.matching.of_step(other)
        if other is None or need is None or need in direct or need == reference:
            continue
        needs = compared.needs(reference)
        if needs is None or need in needs:
            continue
        message = (
            f"{step.title} depends on {other.title}, but {quoted(reference)} does not need "
            f"{quoted(need)} in the file ({compared.line(reference)})"
        )
        assert other.id is not None
        note = Note(other.id.span, f"{other.title} is this one")
        yield compared.contradiction("plan-mismatch", execution, entry, message, (note,))


def _too_few(
    execution: Execution,
    reference: str,
    step: Step,
    steps: Mapping[str, Step],
    compared: Compared,
) -> Iterator[Problem]:
    """The dependencies of an item that its step does not wait for."""
    for need in compared.direct(reference) or ():
        other = steps.get(need)
        # A step waits for all steps of earlier groups, whether it names them or not.
        if other is not None and other.group < step.group:
            continue
        if other is None and compared.ran_apart(execution, need):
            continue
        here = step.dependency_list or step.label or step.id or step.value
        where = compared.line(reference, need)
        if other is None:
            message = (
                f"{quoted(reference)} needs {quoted(need)} in the file ({where}), "
                "but the plan has no step for it"
            )
            notes: tuple[Note, ...] = ()
        else:
            message = (
                f"{quoted(reference)} needs {quoted(need)} in the file ({where}), "
                f"but {step.title} does not wait for {other.title}"
            )
            assert other.id is not None
            notes = (Note(other.id.span, f"{other.title} is in group {other.group + 1}"),)
        yield compared.contradiction("plan-mismatch", execution, here, message, notes)


RULES = (
    Rule(
        name="plan-mismatch",
        severity=Severity.ERROR,
        group="executions",
        summary="A step depends on other steps than the file says",
        why="Found by `plan --executions`. The platform makes the plan of an execution from the "
        "file: each step waits for the steps of what its task depends on. If a plan says "
        "otherwise, it was made from another version of the file, or the file is not the "
        "one that the environment uses. If a command differs too, the file has changed "
        "since, and it is a warning. Plans are compared only if it is known which task or "
        "service each of their steps is of.",
        source="the shared model TaskExecutionSpec",
        ignored_by="configuration",
    ),
)
