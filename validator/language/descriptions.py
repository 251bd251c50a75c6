"""Describe fields and their values: the schema's own descriptions and examples."""

from __future__ import annotations

import json
from typing import Any

from validator import schemas
from validator.language import schema_lookup
from validator.language.markup import Markup, block, joined, ours
from validator.schemas import Schema, target


def of_field(name: str, schema: Schema, *, required: bool = False) -> Markup:
    """A field's title and description, its possible values, and an example.

    `schema` is that of the field in its object.
    """
    inner = target(schema)
    entries = schemas.types(inner) == {"array"} and inner.value.get("items")
    described = target(Schema(inner.file, entries)) if entries else inner
    title = _of(schema, inner, "title").lower()
    words = schema_lookup.values(described)
    parts = [
        ours(f"`{name}`{f': {title}' * (title != name)}{', required' * required}"),
        ours(_of(schema, inner, "description")),
        joined([ours(f"- `{word}`: {said}") for word, said in words.items()], "\n"),
    ]
    examples = schema.value.get("examples", inner.value.get("examples", ()))
    if examples:
        parts += [ours("Example:"), block(as_yaml(name, examples[0]), "yaml")]
    return joined(parts, "\n\n")


def of_value(word: str, schema: Schema) -> Markup:
    """The meaning of a word as a value of this schema; empty if the schema does not contain it."""
    said = schema_lookup.values(schema).get(word)
    if not said:
        return Markup()
    title = schema.value["title"].lower()
    return ours(f"`{word}` ({title}): {said}")


def _of(schema: Schema, inner: Schema, keyword: str) -> str:
    """A keyword of a field's own schema, or of the one that it refers to."""
    said: str = schema.value.get(keyword) or inner.value.get(keyword, "")
    return said


def as_yaml(name: str, value: Any, indent: str = "") -> str:
    """An example as an author would write it."""
    if isinstance(value, dict) and value:
        lines = [as_yaml(key, each, indent + "  ") for key, each in value.items()]
        return "\n".join([f"{indent}{name}:", *lines])
    if isinstance(value, list):
        return f"{indent}{name}: [{', '.join(map(str, value))}]"
    if isinstance(value, dict):
        return f"{indent}{name}: {{}}"
    return f"{indent}{name}: {value if isinstance(value, str) else json.dumps(value)}"
