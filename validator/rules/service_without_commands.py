"""Services that have nothing to run."""

from __future__ import annotations

from collections.abc import Iterator

from validator.finding import Problem, Severity
from validator.model.automations import Document
from validator.rule import Rule
from validator.wording import quoted


def check(document: Document) -> Iterator[Problem]:
    for automation in document.distinct:
        if automation.role != "service" or automation.refused:
            continue
        if automation.field("commands") is None:
            message = (
                f"the service {quoted(automation.reference)} has nothing to run; "
                "give it `commands` with a `start`"
            )
            yield Problem(
                "service-without-commands", message, automation.key.span, automation.pointer
            )


RULES = (
    Rule(
        name="service-without-commands",
        severity=Severity.WARNING,
        group="services",
        summary="A service has no commands",
        why="The platform accepts it, but has nothing to start.",
        bad="services:\n  db:\n    name: Database\n    triggeredBy: [manual]\n",
        good="services:\n  db:\n    name: Database\n    commands: {start: postgres -D data}\n"
        "    triggeredBy: [manual]\n",
        check=check,
        needs=("services",),
    ),
)
