"""Why the contract refuses a key that authors give: a reference, or the name of an output."""

from __future__ import annotations

from validator.contract import corrections
from validator.contract.location import Spot, value_name
from validator.finding import Problem
from validator.parsing.nodes import Path, Scalar, pointer
from validator.schemas import Schema
from validator.wording import quoted


def holds_references(schema: Schema) -> bool:
    """Whether the keys of a mapping of this schema are references."""
    return "$ref" in schema.value.get("propertyNames", ())


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
    """The problem of a key that is not a string to YAML."""
    is_reference = holds_references(spot.schemas[-1])
    name = "reference" if is_reference else "key"
    message = f'this {name} is {value_name(key)} to YAML; put it in quotes: "{key.text}"'
    fixes = corrections.quotes(key, spot.text)
    rule = "invalid-reference" if is_reference else "wrong-type"
    return Problem(rule, message, key.span, pointer(path), fixes=fixes)
