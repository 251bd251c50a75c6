"""Look up the schema of a place in a document, its fields and values."""

from __future__ import annotations

from typing import Any

from validator import schemas
from validator.contract import exclusive_fields
from validator.contract.choices import choices
from validator.contract.spelling import camel_case
from validator.language.cursor.cursor import Cursor
from validator.parsing.nodes import Path
from validator.schemas import Schema

DEPENDENCIES = ("dependsOn", "depends_on")
"""The field whose entries are references, in both spellings."""


def schema_at(path: Path, kind: str) -> Schema | None:
    """The schema of the value at a path of a kind; None if it defines nothing there."""
    found: Schema | None = schemas.target(schemas.of_kind(kind))
    for step in path:
        if found is None:
            return None
        found = schemas.child(found, step)
    return found


def fields(schema: Schema) -> dict[str, Schema]:
    """The fields that an object may have, in the file format's spelling, in order."""
    return {
        name: Schema(schema.file, value)
        for name, value in schemas.fields(schema).items()
        if not value.get("deprecated") and camel_case(name) == name
    }


def excluded(schema: Schema, present: set[str]) -> set[str]:
    """The fields that an object can't have next to those that it has."""
    known = fields(schema).keys()
    return {
        name
        for group in exclusive_fields.GROUPS
        if known >= set(group) and present.intersection(group)
        for name in group
    }


def canonical(schema: Schema, name: str) -> str:
    """The file format's spelling of a field, which has the same letters."""
    folded = name.replace("_", "").lower()
    return next((field for field in fields(schema) if field.lower() == folded), name)


def values(schema: Schema) -> dict[str, str]:
    """The words that a value may be, with their meanings; without the SDK's spellings."""
    words: list[Any] = schema.value.get("enum", [])
    meanings: list[str] = schema.value.get("enumDescriptions", [""] * len(words))
    offered = choices(words)
    return {word: meaning for word, meaning in zip(words, meanings, strict=True) if word in offered}


def reference_of(here: Cursor) -> str | None:
    """The reference at a cursor; None if there is something else."""
    if here.kind == "key" and here.path in (("tasks",), ("services",)):
        return here.word or None
    if here.kind == "entry" and len(here.path) == 3 and here.path[0] == "tasks":
        return (here.word or None) if here.path[2] in DEPENDENCIES else None
    return None
