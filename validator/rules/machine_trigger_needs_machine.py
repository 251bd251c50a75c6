"""Automations that start with the machine but run somewhere else."""

from __future__ import annotations

from collections.abc import Iterator

from validator.finding import Note, Problem, Severity
from validator.model import plan
from validator.model.automations import Automation, Document, Trigger
from validator.parsing.nodes import Mapping, Scalar
from validator.rule import Rule
from validator.wording import quoted


def check(document: Document) -> Iterator[Problem]:
    # An entry at an anchor gets one finding, however many automations use it.
    found: dict[int, list[tuple[Automation, Trigger]]] = {}
    for automation in document.distinct:
        if automation.refused or automation.runs_on_machine:
            continue
        for trigger in automation.triggers:
            if trigger.name == "postMachineStart":
                found.setdefault(id(trigger.node), []).append((automation, trigger))
                break
    waiting = _waiting(document, {first.reference for (first, _), *_ in found.values()})
    for (first, trigger), *others in found.values():
        message = (
            f"{quoted(trigger.node.text)} fires before the dev container is ready; "
            f"give {quoted(first.reference)} `runsOn: {{machine: {{}}}}`"
        )
        notes = [
            Note(other.key.span, f"{quoted(other.reference)} has the same trigger and needs it too")
            for other, _ in others
        ]
        empty = _empty_machine(first)
        if empty is not None:
            notes.insert(0, Note(empty.span, "an empty value counts as none; write `machine: {}`"))
        notes += waiting[first.reference].values()
        yield Problem(
            "machine-trigger-needs-machine",
            message,
            trigger.node.span,
            trigger.pointer,
            tuple(notes),
        )


def _waiting(document: Document, needed: set[str]) -> dict[str, dict[str, Note]]:
    """The automations that wait for these ones in the plan of the trigger, as notes."""
    found: dict[str, dict[str, Note]] = {reference: {} for reference in needed}
    for reference in plan.reached_by(document, "postMachineStart"):
        for dependency in document.by_reference[reference].dependencies:
            if dependency.reference in needed and dependency.reference != reference:
                note = Note(dependency.node.span, f"{quoted(reference)} waits for it")
                found[dependency.reference].setdefault(reference, note)
    return found


def _empty_machine(automation: Automation) -> Scalar | None:
    """The key `machine` if its value is null, which the platform treats as missing."""
    runs_on = automation.field("runsOn")
    if runs_on is None or not isinstance(runs_on[1], Mapping):
        return None
    member = runs_on[1].members.get("machine")
    return None if member is None else member[0]


_SERVICE = (
    "services:\n  agent:\n    name: Security agent\n    commands: {start: /opt/agent}\n"
    "    triggeredBy: [postMachineStart]\n"
)

RULES = (
    Rule(
        name="machine-trigger-needs-machine",
        severity=Severity.WARNING,
        group="triggers",
        summary="`postMachineStart` on an automation that does not run on the machine",
        why="The trigger fires after the machine has started and before the dev container is "
        "ready, for things such as security agents. Without `runsOn: {machine: {}}` the "
        "automation runs in a container that does not exist yet.",
        source="the shared model AutomationTrigger",
        bad=_SERVICE,
        good=_SERVICE + "    runsOn: {machine: {}}\n",
        check=check,
        needs=("postMachineStart",),
    ),
)
