"""Tasks whose success a prebuild requires, though no prebuild runs them."""

from __future__ import annotations

from collections.abc import Iterator

from validator import graph
from validator.finding import Problem, Severity
from validator.model import Document
from validator.nodes import Scalar
from validator.rules.rule import Rule
from validator.wording import quoted

_TRUE = ("true", "yes", "on")


def check(document: Document) -> Iterator[Problem]:
    if not document.whole:
        return
    for automation in document.automations:
        required = automation.field("prebuildRequiresSuccess")
        if required is None or automation.refused:
            continue
        key, value = required
        if not isinstance(value, Scalar) or value.text.lower() not in _TRUE:
            continue
        started = (
            each.reference
            for each in document.automations
            if each.has_trigger("prebuild") or each.has_trigger("beforeSnapshot")
        )
        if automation.reference not in graph.closure(document.graph, started):
            message = (
                f"no prebuild runs {quoted(automation.reference)}; add the trigger `prebuild`, "
                "or remove this field"
            )
            pointer = f"{automation.pointer}/{key.text}"
            yield Problem("prebuild-success-without-prebuild", message, key.span, pointer)


_TASK = "tasks:\n  build:\n    name: Build\n    command: make\n    prebuildRequiresSuccess: true\n"

RULES = (
    Rule(
        name="prebuild-success-without-prebuild",
        severity=Severity.WARNING,
        summary="`prebuildRequiresSuccess` on a task that no prebuild runs",
        why="The field says whether a prebuild fails with the task. It does nothing for a task "
        "that neither `prebuild` nor `beforeSnapshot` starts and that nothing they start needs.",
        bad=_TASK + "    triggeredBy: [manual]\n",
        good=_TASK + "    triggeredBy: [manual, prebuild]\n",
        check=check,
        needs=("prebuildRequiresSuccess",),
    ),
)
