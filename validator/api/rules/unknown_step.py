"""References to steps that the plan does not have."""

from __future__ import annotations

from collections.abc import Iterator

from validator.api.execution_examples import plan
from validator.api.model import ApiDocument, Plan, Step
from validator.api.values import Value
from validator.editing import edits
from validator.finding import Problem, Severity
from validator.parsing.nodes import Scalar
from validator.rule import Rule
from validator.wording import quoted


def check(document: ApiDocument) -> Iterator[Problem]:
    for execution in document.executions:
        plan, status = execution.plan, execution.status
        if plan is None or not plan.complete:
            continue
        other: _OtherNames | None = None
        for step in plan.steps:
            for entry in step.dependencies:
                if entry.folded not in plan.by_id:
                    other = other or _OtherNames(plan)
                    yield _dependency(document, step, entry, other)
        for own in status.steps or () if status is not None else ():
            if own.id is not None and own.id.folded not in plan.by_id:
                other = other or _OtherNames(plan)
                yield _unknown(own.id, other, document.text, safe=False)


def _dependency(document: ApiDocument, step: Step, entry: Value, other: _OtherNames) -> Problem:
    if entry.text.strip():
        return _unknown(entry, other, document.text, safe=True)
    message = "an empty dependency; write the id of a step, or remove this entry"
    fixes = document.without(step.dependency_list, entry)
    return Problem("unknown-step", message, entry.span, entry.pointer, fixes=fixes)


class _OtherNames:
    """Other names of a step: its label, and the id of its task or service."""

    def __init__(self, plan: Plan) -> None:
        self._found: dict[str, list[tuple[str, Step]]] = {}
        for step in plan.steps:
            names = {"a label": step.label, "a task": step.task_id, "a service": step.service}
            for what, value in names.items():
                if value is not None:
                    self._found.setdefault(value.folded, []).append((what, step))

    def get(self, name: str) -> tuple[str, Step] | None:
        found = self._found.get(name, [])
        return found[0] if len(found) == 1 else None


def _unknown(value: Value, other: _OtherNames, text: str, *, safe: bool) -> Problem:
    message = f"no step of the plan has the id {quoted(value.text)}"
    meant = other.get(value.folded)
    if meant is None or meant[1].id is None:
        message += "; correct it, or remove this entry"
        return Problem("unknown-step", message, value.span, value.pointer)
    what, step = meant
    is_what = "that is a label" if what == "a label" else f"that is {what}'s"
    assert step.id is not None
    assert isinstance(value.node, Scalar)
    message += f"; {is_what}, the step's is {quoted(step.id.text)}"
    made = edits.rename(value.node, step.id.text, text) if text else None
    fixes = edits.fixes(f"Write {quoted(step.id.text)}", made, safe=safe)
    return Problem("unknown-step", message, value.span, value.pointer, fixes=fixes)


_STEPS = "{id: @1, task: {id: @a}}", "{id: @2, task: {id: @b}, dependsOn: [@a]}"

RULES = (
    Rule(
        name="unknown-step",
        severity=Severity.ERROR,
        group="executions",
        summary="A step is named that is not in the plan",
        why="A step depends on steps of the same plan, and a status describes them. Both name "
        "steps by the ids of the steps, not by the ids of their tasks and services. A status "
        "without a plan next to it is not checked for this.",
        bad=plan(*_STEPS),
        good=plan(_STEPS[0], _STEPS[1].replace("[@a]", "[@1]")),
        fixable=True,
    ),
)

CHECKS = {"unknown-step": check}
