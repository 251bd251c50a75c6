"""The JSON Schemas of the document kinds: load and navigate them."""

from __future__ import annotations

import os
from functools import cache

from validator.kinds import check_kind
from validator.tuples import NamedTuple

TYPE_CHECKING = False

if TYPE_CHECKING:
    from typing import Any

_PACKAGE = os.path.dirname(os.path.abspath(__file__))
# A wheel contains the schemas inside the package; in a checkout they are next to the package.
_FOLDERS = (os.path.join(_PACKAGE, "schema"), os.path.join(os.path.dirname(_PACKAGE), "schema"))


class Schema(NamedTuple):
    """A schema or a part of one, and the name of its file, which its references are relative to."""

    file: str
    value: dict[str, Any]


@cache
def load(file: str) -> dict[str, Any]:
    """The content of a schema file, by its name.

    Raises FileNotFoundError if the installation is incomplete.
    """
    for folder in _FOLDERS:
        path = os.path.join(folder, file)
        if os.path.exists(path):
            with open(path, encoding="utf-8") as stream:
                content: dict[str, Any] = _parsed(stream.read())
                return content
    raise FileNotFoundError(f"{file} is missing from the installation of automation-validator")


class _Reading:
    """How the scanner of `json` reads values: as `json.loads` does."""

    strict = True
    object_hook = object_pairs_hook = None
    parse_float = float
    parse_int = int
    parse_constant = float


def _parsed(text: str) -> Any:
    """The value of a JSON text, without `json`, whose import takes 4 % of a run on one file."""
    try:
        from _json import make_scanner
    except ImportError:
        import json

        return json.loads(text)
    value, _ = make_scanner(_Reading)(text, 0)  # type: ignore[arg-type]
    return value


def of_kind(kind: str) -> Schema:
    """The schema of a document kind, or of the configuration (`config`).

    Raises ValueError if `kind` is unknown.
    """
    if kind != "config":
        check_kind(kind)
    file = f"{kind}.schema.json"
    return Schema(file, load(file))


def in_one_piece(name: str) -> dict[str, Any]:
    """A self-contained schema, for programs that read only one file.

    Schema files that it refers to are included in its definitions, under their file names.
    Raises FileNotFoundError if the schema does not exist.
    """
    root = f"{name}.schema.json"
    needed = [root]
    found: dict[str, Any] = {}
    for file in needed:
        content = _moved(load(file), file, root, needed)
        if file == root:
            found = content
        else:
            # With an `$id` of its own, its references would be relative to itself.
            del content["$id"], content["$schema"]
            found.setdefault("definitions", {})[file] = content
    return found


def _moved(value: Any, file: str, root: str, needed: list[str]) -> Any:
    """A part of a schema file, its references rewritten for the root schema's file.

    Files that they refer to are added to `needed`.
    """
    if isinstance(value, list):
        return [_moved(item, file, root, needed) for item in value]
    if not isinstance(value, dict):
        return value
    found = {key: _moved(item, file, root, needed) for key, item in value.items()}
    if "$ref" in value:
        other, pointer = location(value["$ref"], file)
        if other not in needed:
            needed.append(other)
        found["$ref"] = f"#{pointer}" if other == root else f"#/definitions/{other}{pointer}"
    return found


def chain(schema: Schema) -> list[Schema]:
    """A schema, followed by what its `$ref` refers to, step by step.

    A reference inside an `allOf` counts too: in draft-07 that is how a field with a reference has
    its own title.
    """
    found = [schema]
    while True:
        reference = schema.value.get("$ref")
        if reference is None:
            parts = schema.value.get("allOf", ())
            if len(parts) != 1 or "$ref" not in parts[0]:
                return found
            reference = parts[0]["$ref"]
        schema = at(*location(reference, schema.file))
        found.append(schema)


def location(reference: str, file: str) -> tuple[str, str]:
    """The file and the JSON pointer that a `$ref` in a file refers to."""
    other, _, pointer = reference.partition("#")
    return other or file, pointer


@cache
def at(file: str, pointer: str) -> Schema:
    """The part of a schema file at a JSON pointer."""
    value = load(file)
    for name in filter(None, pointer.split("/")):
        value = value[name]
    return Schema(file, value)


def target(schema: Schema) -> Schema:
    """What a schema's `$ref` finally refers to; the schema itself if it has none."""
    if "$ref" not in schema.value and "allOf" not in schema.value:
        return schema
    return chain(schema)[-1]


# Looked up for each finding of a document. The key is the `id` of a part of a schema, so the part
# is kept too: no other object can then get that `id`.
_CHILDREN: dict[tuple[int, str | int], tuple[dict[str, Any], Schema | None]] = {}


def child(schema: Schema, key: str | int) -> Schema | None:
    """The schema of a member of an object or an entry of a list; None if it has none."""
    if isinstance(key, int):
        key = 0
    elif key not in fields(schema):
        # All unknown keys share an entry: there can be any number of them.
        key = ""
    place = (id(schema.value), key)
    if place not in _CHILDREN:
        _CHILDREN[place] = (schema.value, _child(schema, key))
    return _CHILDREN[place][1]


def _child(schema: Schema, key: str | int) -> Schema | None:
    file, value = target(schema)
    if isinstance(key, int):
        found = value.get("items")
    else:
        found = value.get("properties", {}).get(key, value.get("additionalProperties"))
    return target(Schema(file, found)) if isinstance(found, dict) else None


def fields(schema: Schema) -> dict[str, Any]:
    """The fields that an object of this schema may have, including deprecated spellings."""
    properties: dict[str, Any] = target(schema).value.get("properties", {})
    return properties


def required(schema: Schema) -> set[str]:
    """The fields that an object of this schema must have."""
    value = target(schema).value
    found = set(value.get("required", ()))
    for part in (value, *value.get("allOf", ())):
        # A field that has two spellings is required in one of them.
        found |= set(part.get("then", {}).get("required", ()))
    return found


def types(schema: Schema) -> set[str]:
    """The JSON types that a schema allows, without null."""
    named = schema.value.get("type", [])
    return {named} - {"null"} if isinstance(named, str) else set(named) - {"null"}
