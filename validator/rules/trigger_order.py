"""Dependencies on something that can't have started yet when the trigger fires."""

from __future__ import annotations

from collections.abc import Iterator

from validator.finding import Note, Problem, Severity
from validator.model.automations import Automation, Dependency, Document
from validator.rule import Rule
from validator.wording import quoted


def check(document: Document) -> Iterator[Problem]:
    if not {"beforeSnapshot", "postMachineStart"} & document.names:
        return
    if not any(document.graph.values()):
        return
    for automation, dependency, needed, notes in _needs(document, "prebuild"):
        if needed.triggers and all(t.name == "beforeSnapshot" for t in needed.triggers):
            message = (
                f"{quoted(automation.reference)} pulls {quoted(needed.reference)} into the plan of "
                "`prebuild`, but `beforeSnapshot` starts it only after all prebuild tasks are "
                "complete; depend on something earlier"
            )
            yield _problem(message, dependency, notes)
    for automation, dependency, needed, notes in _needs(document, "postMachineStart"):
        if needed.runs_in_dev_container and not needed.has_trigger("postMachineStart"):
            message = (
                f"{quoted(automation.reference)} pulls {quoted(needed.reference)} into the plan of "
                "`postMachineStart`, before the dev container that it runs in exists; run it on "
                "the machine too, or use a later trigger"
            )
            yield _problem(message, dependency, notes)


def _needs(
    document: Document, trigger: str
) -> Iterator[tuple[Automation, Dependency, Automation, tuple[Note, ...]]]:
    """The dependencies of automations in a trigger's plan, with the notes that explain them."""
    # Few documents have such triggers.
    from validator.model import plan

    planned = plan.reached_by(document, trigger)
    pulls = _pulls(document, planned)
    for automation in document.automations:
        if automation.reference not in planned or automation.refused:
            continue
        for dependency in automation.dependencies:
            needed = document.by_reference.get(dependency.reference)
            if needed is None or needed.refused or needed is automation:
                continue
            here = Note(needed.key.span, f"{quoted(needed.reference)} is here")
            pull = pulls.get(automation.reference)
            yield automation, dependency, needed, (here,) if pull is None else (here, pull)


def _pulls(document: Document, planned: dict[str, str | None]) -> dict[str, Note]:
    """For each reference that a dependency pulls into a plan, a note at that dependency."""
    found: dict[str, Note] = {}
    for cause in {cause for cause in planned.values() if cause is not None}:
        for dependency in document.by_reference[cause].dependencies:
            reference = dependency.reference
            if planned.get(reference) == cause and reference not in found:
                message = f"{quoted(cause)} pulls {quoted(reference)} into the plan"
                found[reference] = Note(dependency.node.span, message)
    return found


def _problem(message: str, dependency: Dependency, notes: tuple[Note, ...]) -> Problem:
    return Problem("trigger-order", message, dependency.node.span, dependency.pointer, notes)


_WARM_UP = (
    "tasks:\n  warm-up:\n    name: Warm up the editor\n    command: ./warm-up.sh\n"
    "    triggeredBy: [beforeSnapshot]\n"
    "  build:\n    name: Build\n    command: make\n    triggeredBy: [prebuild]\n"
)

RULES = (
    Rule(
        name="trigger-order",
        severity=Severity.WARNING,
        group="triggers",
        summary="A dependency is on something that starts later",
        why="A dependency is pulled into the plan of the trigger, and runs then. "
        "`beforeSnapshot` fires once all prebuild tasks are complete: none of them can wait for "
        "something that only it starts. `postMachineStart` fires before the dev container exists: "
        "what it starts can't depend on anything that runs in one. `automation-validator plan` "
        "shows the plans.",
        source="the shared model AutomationTrigger",
        bad=_WARM_UP + "    dependsOn: [warm-up]\n",
        good=_WARM_UP,
        check=check,
        needs=("dependsOn",),
    ),
)
