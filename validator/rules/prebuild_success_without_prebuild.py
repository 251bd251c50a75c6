"""Tasks whose success a prebuild requires, though no prebuild runs them."""

from __future__ import annotations

from collections.abc import Iterator

from validator.finding import Problem, Severity
from validator.model import plan
from validator.model.automations import Document
from validator.rule import DOCUMENTATION, Rule
from validator.wording import quoted


def check(document: Document) -> Iterator[Problem]:
    if not document.whole:
        return
    running: dict[str, str | None] | None = None
    for automation in document.automations:
        required = automation.field("prebuildRequiresSuccess")
        if required is None or automation.refused or not automation.prebuild_requires_success:
            continue
        key, _ = required
        if running is None:
            running = plan.reached_by(document, "prebuild", "beforeSnapshot")
        if automation.reference not in running:
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
        group="triggers",
        summary="`prebuildRequiresSuccess` on a task that no prebuild runs",
        why="The field says whether a prebuild fails if the task fails. It has no effect on a task "
        "that neither `prebuild` nor `beforeSnapshot` starts and that nothing they start needs.",
        source=DOCUMENTATION,
        bad=_TASK + "    triggeredBy: [manual]\n",
        good=_TASK + "    triggeredBy: [manual, prebuild]\n",
        check=check,
        needs=("prebuildRequiresSuccess",),
    ),
)
