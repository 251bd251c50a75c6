"""Check the names of fields in rules of one's own: a misspelt one selects nothing, or fails all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from validator import schemas
from validator.contract.spelling import camel_case
from validator.likeness import Vocabulary
from validator.parsing.nodes import Path
from validator.schemas import Schema, child, fields
from validator.wording import did_you_mean, listed, quoted

_MOST_NAMES = 12


def mistakes(kind: str, on: Mapping[Path, str], schema: Any) -> Iterator[tuple[Path, str]]:
    """The names that no document of a kind can have, each with its path in the rule.

    `on` are the paths of a rule by their own paths in it. They and the schema must be well formed.
    """
    places: list[Schema] = []
    for here, path in on.items():
        found, reason = _selected(path, kind)
        places += found
        if reason is not None:
            yield here, reason
    for inner, reason in _unknown_fields(schema, places if on else [schemas.of_kind(kind)]):
        yield ("schema", *inner), reason


def _selected(path: str, kind: str) -> tuple[list[Schema], str | None]:
    """The schemas of the values at a path in documents of a kind, and why it selects none.

    There may be no schema although there are values: of those that may be anything.
    """
    found = [schemas.of_kind(kind)]
    for part in path.split(".") if path else ():
        reason = _common_reason(found, part) if found else None
        if reason is not None:
            return [], reason
        found = [inner for schema in found for inner in _inner(schema, part)]
    return found, None


def _unknown_fields(schema: Any, places: Sequence[Schema]) -> Iterator[tuple[Path, str]]:
    """The fields in the schema of a rule that none of the places has, each with its path in it."""
    if not isinstance(schema, dict) or not places:
        return
    for at, name in enumerate(schema.get("required", ())):
        if reason := _common_reason(places, name):
            yield ("required", at), reason
    for name, part in schema.get("properties", {}).items():
        if reason := _common_reason(places, name):
            yield ("properties", name), reason
        inner = [each for place in places for each in _inner(place, name)]
        for path, reason in _unknown_fields(part, inner):
            yield ("properties", name, *path), reason
    for here, part in _alternatives(schema):
        for path, reason in _unknown_fields(part, places):
            yield (*here, *path), reason


def _alternatives(schema: dict[str, Any]) -> Iterator[tuple[Path, Any]]:
    """The schemas in a schema that are about the same value, each with its path in it."""
    for keyword, value in schema.items():
        if keyword in ("not", "if", "then", "else"):
            yield (keyword,), value
        elif keyword in ("allOf", "anyOf", "oneOf"):
            yield from (((keyword, at), part) for at, part in enumerate(value))


def _common_reason(places: Sequence[Schema], name: str) -> str | None:
    """Why none of several values has a field with a name; None if one may have it."""
    reasons = [_reason(each, name) for each in places]
    return None if None in reasons else reasons[0]


def _reason(schema: Schema, name: str) -> str | None:
    """Why a value of a schema has no field with a name, or no entry; None if it may have one."""
    schema = schemas.target(schema)
    value, types = schema.value, schemas.types(schema)
    if "items" in value and "properties" not in value:
        return None if name == "*" else f"{quoted(name)} is in a list; write `*` for its entries"
    if types and "object" not in types:
        return f"{quoted(name)} is in a value that has no fields"
    if name == "*" or value.get("additionalProperties", True) is not False:
        return None
    known = _spelled(schema)
    if name in known:
        return None
    near = (
        [camel_case(name)] if camel_case(name) in known else Vocabulary(known).nearest(name).names
    )
    advice = did_you_mean(near) if near else f"expected {listed(known[:_MOST_NAMES])}"
    return f"{quoted(name)} is not a field there; {advice}"


def _inner(schema: Schema, name: str) -> list[Schema]:
    """The schemas of what a field may contain, or with `*` all fields and entries."""
    names: list[str | int] = [name] if name != "*" else [*_spelled(schema), "", 0]
    found = [child(schema, each) for each in names]
    return [each for each in found if each is not None]


def _spelled(schema: Schema) -> list[str]:
    """The fields of an object, each in the spelling by which rules find it."""
    return list(dict.fromkeys(map(camel_case, fields(schema))))
