"""Two automations of an environment with the same reference."""

from __future__ import annotations

from collections.abc import Iterator

from validator.api.model import ApiDocument, Automation
from validator.finding import Problem
from validator.rules import duplicate_reference


def check(document: ApiDocument) -> Iterator[Problem]:
    seen: dict[tuple[str, str | None], Automation] = {}
    for automation in document.automations:
        reference = automation.reference
        if reference is None:
            continue
        # A list may contain automations of several environments.
        environment = None if document.kind == "environment" else automation.environment
        first = seen.setdefault((reference.text, environment), automation)
        if first is not automation and first.reference is not None:
            yield duplicate_reference.problem(
                reference.text,
                reference.span,
                reference.pointer,
                first.role,
                first.reference.span,
            )


CHECKS = {"duplicate-reference": check}
