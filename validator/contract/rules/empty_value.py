"""Values that are empty but must not be."""

from __future__ import annotations

from collections.abc import Iterator

from validator import schemas
from validator.contract.location import Spot
from validator.contract.other_errors import OtherErrors
from validator.contract.rules.examples import GOOD
from validator.contract.schema_errors import Error
from validator.contract.spelling import one_spelling
from validator.editing import item_edits
from validator.editing.edits import fixes
from validator.finding import Fix, Problem, Severity
from validator.parsing.nodes import Mapping, Node, Scalar, pointer
from validator.rule import SDK, Rule
from validator.wording import listed


def of_null(spot: Spot, others: OtherErrors) -> Problem:
    """The problem of a value that is null where another is required."""
    below = others.fields_below(spot)
    others.explained |= {(*spot.path[:-1], key.text) for key, _ in below}
    names = [key.text for key, _ in below]
    advice = f"indent {listed(names, 'and')} below it" if below else filling(spot)
    message = f"{spot.name} is empty; {advice}"
    return Problem(
        "empty-value",
        message,
        spot.node.span,
        pointer(spot.path),
        fixes=_indented(below, spot),
    )


def too_few(_error: Error, spot: Spot, _others: OtherErrors) -> Iterator[Problem]:
    message = f"{spot.name} is empty; {filling(spot)}"
    yield Problem("empty-value", message, spot.node.span, pointer(spot.path))


def filling(spot: Spot) -> str:
    """What to do about an empty value."""
    required = spot.schemas[-1].value.get("required")
    if not spot.path:
        fields = one_spelling(schemas.fields(spot.schemas[-1]), ())
        return f"give it {listed(required, 'and') if required else listed(fields)}"
    if isinstance(spot.path[-1], int):
        return "remove it, or give it a value"
    if required and spot.is_item:
        return f"give it {listed(required, 'and')}, or remove it"
    return "give it a value"


def _indented(below: list[tuple[Scalar, Node]], spot: Spot) -> tuple[Fix, ...]:
    """Indent the fields of an item that follow its key without indentation, if any."""
    if not below or (isinstance(spot.holder, Mapping) and spot.holder.flow):
        return ()
    first, last = below[0][0], below[-1]
    made = item_edits.indent(first.start, max(last[0].end, last[1].end), spot.text)
    return fixes("Indent them", made, safe=False)


RULES = (
    Rule(
        name="empty-value",
        severity=Severity.ERROR,
        group="structure",
        summary="A value is empty where something is required",
        why="A name, a command and an image must not be empty, and a list must not contain empty "
        "entries. Optional fields may be left empty.",
        source=SDK,
        bad=GOOD.replace("start: postgres -D data", "start:"),
        good=GOOD,
        fixable=True,
    ),
)
