"""Dependencies on what can't be there yet when the trigger fires."""

from __future__ import annotations

from collections.abc import Iterator

from validator import graph
from validator.finding import Note, Problem, Severity
from validator.model import Automation, Dependency, Document
from validator.rules.rule import Rule
from validator.wording import quoted


def check(document: Document) -> Iterator[Problem]:
    if not any(document.graph.values()):
        return
    for automation, dependency, needed in _needs(document, "prebuild"):
        if needed.triggers and all(t.name == "beforeSnapshot" for t in needed.triggers):
            message = (
                f"{quoted(automation.reference)} runs in prebuilds, before "
                f"{quoted(needed.reference)}, which `beforeSnapshot` starts once all prebuild "
                "tasks are complete; depend on something earlier"
            )
            yield _problem(message, dependency, needed)
    for automation, dependency, needed in _needs(document, "postMachineStart"):
        if needed.runs_in_dev_container and not needed.has_trigger("postMachineStart"):
            message = (
                f"{quoted(automation.reference)} starts with the machine, before the dev "
                f"container that {quoted(needed.reference)} runs in; run that on the machine "
                "too, or use a later trigger"
            )
            yield _problem(message, dependency, needed)


def _needs(document: Document, trigger: str) -> Iterator[tuple[Automation, Dependency, Automation]]:
    """The dependencies of what a trigger starts, of what that needs, and so on."""
    started = (each.reference for each in document.automations if each.has_trigger(trigger))
    running = graph.closure(document.graph, started)
    for automation in document.automations:
        if automation.reference in running and not automation.refused:
            for dependency in automation.dependencies:
                needed = document.by_reference.get(dependency.reference)
                if needed is not None and not needed.refused and needed is not automation:
                    yield automation, dependency, needed


def _problem(message: str, dependency: Dependency, needed: Automation) -> Problem:
    note = Note(needed.key.span, f"{quoted(needed.reference)} is here")
    return Problem("trigger-order", message, dependency.node.span, dependency.pointer, (note,))


_WARM_UP = (
    "tasks:\n  warm-up:\n    name: Warm up the editor\n    command: ./warm-up.sh\n"
    "    triggeredBy: [beforeSnapshot]\n"
    "  build:\n    name: Build\n    command: make\n    triggeredBy: [prebuild]\n"
)

RULES = (
    Rule(
        name="trigger-order",
        severity=Severity.WARNING,
        summary="A dependency is on something that starts later",
        why="`beforeSnapshot` fires once all prebuild tasks are complete, so none of them can "
        "wait for what it alone starts; `postMachineStart` fires before there is a dev "
        "container, so nothing that runs in one can be needed then. Source: the shared model "
        "AutomationTrigger.",
        bad=_WARM_UP + "    dependsOn: [warm-up]\n",
        good=_WARM_UP,
        check=check,
        needs=("dependsOn",),
    ),
)
