"""Required fields that are missing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from validator import schemas
from validator.contract.location import Spot
from validator.contract.other_errors import OtherErrors
from validator.contract.rules.examples import GOOD
from validator.contract.schema_errors import Error
from validator.contract.spelling import camel_case, one_spelling
from validator.editing import edits
from validator.editing.edits import fixes
from validator.finding import Fix, Problem, Severity
from validator.parsing.nodes import Mapping, Scalar, Sequence, pointer
from validator.parsing.yaml import kind_of
from validator.rule import SDK, Rule
from validator.wording import quoted


def explain(error: Error, spot: Spot, others: OtherErrors) -> Iterator[Problem]:
    assert isinstance(spot.node, Mapping)
    for name in error.value:
        if name not in spot.node.members and not others.covers(spot.node, name):
            (shown,) = one_spelling(_spellings(name, spot), spot.node.members)
            message = f"{spot.name} has no {quoted(shown)}, which is required"
            if name == "command" and _collected_by(spot.node) is not None:
                message += '; write `command: "true"` for a task that only collects others'
            # The place of a new field may be a line that another fix moves away.
            moved = id(spot.node) in others.left
            fixes = () if moved else _fixes(name, spot)
            at = pointer(spot.path)
            yield Problem("missing-field", message, spot.head, at, fixes=fixes, subject=name)


def _spellings(name: str, spot: Spot) -> list[str]:
    """The spellings of a field."""
    fields = schemas.fields(spot.schemas[-1])
    return [each for each in fields if camel_case(each) == name]


def _fixes(name: str, spot: Spot) -> tuple[Fix, ...]:
    """Name an item after its reference for now, or give a task a command."""
    if not spot.text or not spot.is_item or spot.key is None:
        return ()
    assert isinstance(spot.node, Mapping)
    if name == "command":
        return _empty_command(spot.node, spot.key, spot)
    if name != "name":
        return ()
    reference = spot.key.text
    if not re.fullmatch(r"[A-Za-z][\w-]*", reference) or kind_of(reference) != "string":
        return ()
    made = edits.insert_field(spot.node, spot.key, "name", reference, spot.text)
    return fixes(f"Name it {quoted(reference)}", made, safe=False)


def _empty_command(task: Mapping, above: Scalar, spot: Spot) -> tuple[Fix, ...]:
    """Give a task that only collects others a command that does nothing."""
    before = _collected_by(task)
    if before is None:
        return ()
    made = edits.insert_field(task, above, "command", '"true"', spot.text, before)
    return fixes('Add `command: "true"`', made, safe=False)


def _collected_by(task: Mapping) -> Scalar | None:
    """The key of a task's nonempty list of dependencies; None if there is none."""
    for name in ("dependsOn", "depends_on"):
        value = task.get(name)
        if isinstance(value, Sequence) and value.items:
            return task.members[name][0]
    return None


RULES = (
    Rule(
        name="missing-field",
        severity=Severity.ERROR,
        group="structure",
        summary="A required field is missing",
        why="Every task needs `name` and `command`, every service `name`, every `commands` a "
        "`start` and every `docker` an `image`. The platform rejects the file without them.",
        source=SDK,
        bad=GOOD.replace("    name: Database\n", ""),
        good=GOOD,
        fixable=True,
    ),
)
