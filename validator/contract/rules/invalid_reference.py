"""Keys of tasks, services and outputs that are not references, or not strings."""

from __future__ import annotations

from validator.contract.location import Spot, value_name
from validator.contract.other_errors import OtherErrors
from validator.contract.rules.examples import GOOD
from validator.contract.schema_errors import Error
from validator.editing import edits
from validator.editing.edits import fixes
from validator.finding import Fix, Problem, Severity
from validator.parsing.nodes import Mapping, Path, Scalar, pointer
from validator.rule import SDK, Rule
from validator.schemas import Schema
from validator.wording import quoted


def holds_references(schema: Schema) -> bool:
    """Whether the keys of a mapping of this schema are references."""
    return "$ref" in schema.value.get("propertyNames", ())


def of_error(error: Error, spot: Spot, others: OtherErrors) -> Problem:
    assert isinstance(spot.node, Mapping)
    key = spot.node.members[error.instance][0]
    others.paths.add((*spot.path, key.text))
    return bad_key(key, spot)


def bad_key(key: Scalar, spot: Spot) -> Problem:
    """The problem of a key of a mapping."""
    path = (*spot.path, key.text)
    schema = spot.schemas[-1]
    if holds_references(schema):
        return _bad_reference(key, path)
    if key.text:
        longest = schema.value["propertyNames"]["maxLength"]
        message = f"this key has {len(key.text):,} characters; it may have 1 to {longest}"
    else:
        message = f"a key of {spot.name} must not be empty"
    return Problem("invalid-length", message, key.span, pointer(path))


def _bad_reference(key: Scalar, path: Path) -> Problem:
    if not key.text:
        cause = "a reference must not be empty"
    elif len(key.text) > 128:
        cause = f"the reference {quoted(key.text)} has {len(key.text)} characters"
    else:
        cause = f"{quoted(key.text)} is not a reference"
    message = f"{cause}; use 1 to 128 letters, digits, `-` or `_`"
    return Problem("invalid-reference", message, key.span, pointer(path))


def odd_key(key: Scalar, path: Path, spot: Spot) -> Problem:
    """The problem of a key that YAML does not read as a string."""
    is_reference = holds_references(spot.schemas[-1])
    name = "reference" if is_reference else "key"
    message = f'this {name} is {value_name(key)} to YAML; put it in quotes: "{key.text}"'
    fixes = quotes_around(key, spot.text)
    rule = "invalid-reference" if is_reference else "wrong-type"
    return Problem(rule, message, key.span, pointer(path), fixes=fixes)


def quotes_around(key: Scalar, text: str) -> tuple[Fix, ...]:
    """Put quotes around a key that YAML does not read as a string."""
    return fixes("Put it in quotes", edits.put_in_quotes(key)) if text else ()


RULES = (
    Rule(
        name="invalid-reference",
        severity=Severity.ERROR,
        group="references",
        summary="The key of a task or a service is not a valid reference",
        why="A reference has 1 to 128 letters, digits, `-` or `_`, and must be a string: YAML "
        "reads `1` and `on` without quotes as a number and a boolean, so put them in quotes.",
        source=SDK,
        bad=GOOD.replace("db:", "my db:"),
        good=GOOD.replace("db:", "my-db:"),
        fixable=True,
    ),
)
