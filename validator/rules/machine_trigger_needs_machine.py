"""Automations that start with the machine but run somewhere else."""

from __future__ import annotations

from collections.abc import Iterator

from validator.finding import Problem, Severity
from validator.model import Document
from validator.rules.rule import Rule
from validator.wording import quoted


def check(document: Document) -> Iterator[Problem]:
    for automation in document.automations:
        if automation.refused or automation.runs_on_machine:
            continue
        for trigger in automation.triggers:
            if trigger.name == "postMachineStart":
                message = (
                    f"{quoted(trigger.node.text)} fires before the dev container is ready; "
                    f"give {quoted(automation.reference)} `runsOn: {{machine: {{}}}}`"
                )
                yield Problem(
                    "machine-trigger-needs-machine", message, trigger.node.span, trigger.pointer
                )
                break


_SERVICE = (
    "services:\n  agent:\n    name: Security agent\n    commands: {start: /opt/agent}\n"
    "    triggeredBy: [postMachineStart]\n"
)

RULES = (
    Rule(
        name="machine-trigger-needs-machine",
        severity=Severity.WARNING,
        summary="`postMachineStart` on an automation that does not run on the machine",
        why="The trigger fires after the machine has started and before the dev container is "
        "ready, for things such as security agents. Without `runsOn: {machine: {}}` the "
        "automation runs in a container that is not there yet. Source: the shared model "
        "AutomationTrigger.",
        bad=_SERVICE,
        good=_SERVICE + "    runsOn: {machine: {}}\n",
        check=check,
    ),
)
