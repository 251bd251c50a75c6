"""Two tasks, services or executions with the same id."""

from __future__ import annotations

from collections.abc import Iterator

from validator.api.model import ApiDocument
from validator.api.values import Value
from validator.finding import Note, Problem, Severity
from validator.rule import Rule
from validator.wording import quoted, with_article


def check(document: ApiDocument) -> Iterator[Problem]:
    seen: dict[str, tuple[str, Value]] = {}
    owners: list[tuple[str, Value | None]] = [(each.role, each.id) for each in document.automations]
    owners += [("task execution", each.id) for each in document.executions]
    owners += [(each.name.removeprefix("the "), each.id) for each in document.runs]
    if not document.runs:
        owners += [("workflow", each.id) for each in document.workflows]
    for owner, value in owners:
        if value is None:
            continue
        taken_by, first = seen.setdefault(value.folded, (owner, value))
        if first is not value:
            message = (
                f"the id {quoted(value.text)} is already used by {with_article(taken_by)}; "
                "ids must be unique, so correct one"
            )
            note = Note(first.span, f"the {taken_by} with that id is here")
            yield Problem("duplicate-id", message, value.span, value.pointer, (note,))


_GOOD = """\
tasks:
- id: 3f1c2a9e-5b7d-4c1a-9e0f-2d6b8a4c7e11
  metadata: {reference: install, name: Install}
- id: b7a4d8c0-6e2f-4f19-a3b5-9d1c0e8f7a25
  metadata: {reference: build, name: Build}
"""

RULES = (
    Rule(
        name="duplicate-id",
        severity=Severity.ERROR,
        group="references",
        summary="Two tasks, services or executions have the same id",
        why="Dependencies and requests name tasks, services and executions by their ids, so each "
        "id must be unique, ignoring case. Usually a part of the document was copied, and its id "
        "was not changed.",
        bad=_GOOD.replace(
            "b7a4d8c0-6e2f-4f19-a3b5-9d1c0e8f7a25", "3F1C2A9E-5B7D-4C1A-9E0F-2D6B8A4C7E11"
        ),
        good=_GOOD,
    ),
)

CHECKS = {"duplicate-id": check}
