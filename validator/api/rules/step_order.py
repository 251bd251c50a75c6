"""Steps that depend on one that does not run before them."""

from __future__ import annotations

from collections.abc import Iterator

from validator.api.execution_examples import plan
from validator.api.model import ApiDocument
from validator.finding import Note, Problem, Severity
from validator.rule import Rule


def check(document: ApiDocument) -> Iterator[Problem]:
    for execution in document.executions:
        if execution.plan is None:
            continue
        for step in execution.plan.steps:
            for entry in step.dependencies:
                need = execution.plan.by_id.get(entry.folded)
                itself = step.id is not None and entry.folded == step.id.folded
                if need is None or itself or need.group < step.group:
                    continue
                if need.group == step.group:
                    when = "at the same time, in the same group"
                else:
                    when = f"later, in group {need.group + 1}"
                message = (
                    f"{step.title} depends on {need.title}, which runs {when}; "
                    "put that one in an earlier group"
                )
                assert need.id is not None
                note = Note(need.id.span, f"{need.title} is in group {need.group + 1}")
                yield Problem("step-order", message, entry.span, entry.pointer, (note,))


_STEPS = "{id: @1, task: {id: @a}}", "{id: @2, task: {id: @b}, dependsOn: [@1]}"

RULES = (
    Rule(
        name="step-order",
        severity=Severity.ERROR,
        group="executions",
        summary="A step depends on one that is not in an earlier group",
        why="The groups of a plan run one after another, the steps of a group at the same time. So "
        "a step can only depend on steps of an earlier group.",
        source="the shared model TaskExecutionSpec",
        bad=plan(*reversed(_STEPS)),
        good=plan(*_STEPS),
    ),
)

CHECKS = {"step-order": check}
