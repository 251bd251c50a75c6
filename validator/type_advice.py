"""What to write instead of a value of the wrong type."""

from __future__ import annotations

import re

from validator import schemas
from validator.nodes import Mapping, Node, Scalar, Sequence
from validator.schemas import Schema
from validator.spot import Spot
from validator.wording import listed, quoted

# What a pattern is about, by the title of the field that has it.
_DURATION = ("Readiness timeout", "Readiness timeout (SDK spelling)")

LONGEST = 86400
"""The longest duration, in seconds."""

_UNITS = {"": 1, "s": 1, "sec": 1, "m": 60, "min": 60, "h": 3600, "hr": 3600}


def choices(values: list[str | None]) -> list[str]:
    """The values of an enumeration that an author is to choose from."""
    return [value for value in values if value and "_" not in value]


def type_advice(node: Node, kind: str, spot: Spot) -> str:
    """What to write instead of a value of the wrong type, behind a semicolon."""
    schema = spot.schemas[-1].value
    if kind == "object":
        return _object_advice(node, spot.schemas[-1])
    if kind == "string" and "enum" in schema:
        names = choices(schema["enum"])
        if isinstance(node, Mapping) and len(node.members) == 1:
            # The API's form of a trigger: an object with one name set.
            names = [name for name in node.members if name in names] or names
        return f"; {'write' if len(names) == 1 else 'expected'} {listed(names)}"
    if kind == "array":
        return _list_advice(node, spot.schemas[-1])
    if not isinstance(node, Scalar):
        return ""
    if kind == "string" and schema["title"] in _DURATION:
        return f"; {duration_advice(node.text)}"
    if kind == "string":
        shown = len(node.text) <= _MAX_WRITTEN
        return f'; put it in quotes: "{node.text}"' if shown else "; put it in quotes"
    if kind == "boolean":
        truth = TRUTH.get(node.text.lower())
        if truth is None:
            return "; write `true` or `false`"
        return f"; write {quoted(truth)}{'' if node.plain else ' without quotes'}"
    return ""


_MAX_WRITTEN = 40
# What can be put in brackets as it stands.
_LIST = re.compile(r"[\w-]+(, *[\w-]+)*")
# A key whose colon no blank follows is plain text.
_NO_BLANK = re.compile(r"[a-zA-Z_-]+:(?=[^\s/:])")
TRUTH = {
    **dict.fromkeys(("true", "yes", "y", "on", "1"), "true"),
    **dict.fromkeys(("false", "no", "n", "off", "0"), "false"),
}


def _list_advice(node: Node, schema: Schema) -> str:
    if isinstance(node, Scalar) and _LIST.fullmatch(node.text):
        return f"; write {quoted(f'[{node.text}]')}"
    item = schemas.child(schema, 0)
    example = item.value.get("examples", [""])[0] if item is not None else ""
    return f"; write a list, such as {quoted(f'[{example}]')}" if isinstance(example, str) else ""


def _object_advice(node: Node, schema: Schema) -> str:
    if "propertyNames" in schema.value:
        older = isinstance(node, Sequence) and any(
            isinstance(item, Mapping) and {"init", "before", "command"} & item.members.keys()
            for item in node.items
        )
        form = " (a list is the older `.gitpod.yml` form)" if older else ""
        return f"{form}; give each entry a reference of its own as its key"
    fields = [name for name in schemas.fields(schema) if "_" not in name]
    needed = schema.value.get("required", fields)
    unspaced = _NO_BLANK.match(node.text) if isinstance(node, Scalar) and node.plain else None
    if unspaced is not None:
        return f"; a blank is missing behind {quoted(unspaced[0])}"
    return f"; give it {listed(needed, 'and' if needed != fields else 'or')}" if fields else ""


def duration_advice(text: str) -> str:
    """What to write instead of a text that is no duration."""
    seconds = as_duration(text)
    if seconds is None:
        return "write seconds with the unit `s`, such as `300s`"
    if float(seconds[:-1]) > LONGEST:
        return f"the longest is `{LONGEST}s`"
    return f"write `{seconds}`"


def as_duration(text: str) -> str | None:
    """The duration that a text with another unit, or without one, says; None where it is none.

    It may be longer than a duration may be.
    """
    found = re.fullmatch(r"(\d{1,9}(?:\.\d{1,9})?) ?([a-z]{0,3})", text.lower(), re.ASCII)
    if found is None or found[2] not in _UNITS:
        return None
    unit = _UNITS[found[2]]
    seconds = found[1] if unit == 1 else f"{float(found[1]) * unit:g}"
    return f"{seconds}s"
