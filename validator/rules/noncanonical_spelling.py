"""Fields and triggers in the spelling of the Python SDK."""

from __future__ import annotations

from collections.abc import Iterator

from validator import schemas
from validator.finding import Problem, Severity
from validator.model.automations import SPELLINGS, Document
from validator.parsing.nodes import Scalar
from validator.rule import Rule
from validator.wording import quoted

_FILE = "automations-file.schema.json"


def check(document: Document) -> Iterator[Problem]:
    for automation in document.automations:
        members = automation.node.members
        for name, (key, _) in members.items():
            # Both spellings at once are a conflict, which another rule reports.
            if name not in SPELLINGS or SPELLINGS[name] in members:
                continue
            # For a field that the item can't have, the spelling does not matter.
            if name in schemas.fields(schemas.at(_FILE, f"/definitions/{automation.role}")):
                at = f"{automation.pointer}/{name}"
                yield problem(key, SPELLINGS[name], at, document.text)
        seen: set[str] = set()
        for trigger in automation.triggers:
            # If another rule says to remove the trigger, its spelling does not matter.
            misplaced = automation.role == "service" and trigger.name == "beforeSnapshot"
            if trigger.node.text in SPELLINGS and trigger.name not in seen and not misplaced:
                yield problem(trigger.node, trigger.name, trigger.pointer, document.text)
            seen.add(trigger.name)


def problem(node: Scalar, name: str, pointer: str, text: str) -> Problem:
    """The problem of a name in the SDK's spelling; `name` is the file format's."""
    from validator.editing import edits

    message = f"{quoted(node.text)} is the Python SDK's spelling; write {quoted(name)}"
    fixes = edits.fixes(f"Write {quoted(name)}", edits.rename(node, name, text))
    return Problem("noncanonical-spelling", message, node.span, pointer, fixes=fixes)


RULES = (
    Rule(
        name="noncanonical-spelling",
        severity=Severity.WARNING,
        group="structure",
        summary="A name is in the spelling of the Python SDK",
        why="The platform reads `triggered_by` as `triggeredBy`, but not every tool does, and "
        "it does not read triggers in that spelling. The file format uses camelCase.",
        bad="tasks:\n  build:\n    name: Build\n    command: make\n    triggered_by: [manual]\n",
        good="tasks:\n  build:\n    name: Build\n    command: make\n    triggeredBy: [manual]\n",
        fixable=True,
        check=check,
    ),
)
