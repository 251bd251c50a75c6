"""An error of a document by its schema."""

from __future__ import annotations

from typing import Any, NamedTuple

from validator.parsing.nodes import Path


class Error(NamedTuple):
    """The parts of a jsonschema error that are needed; they take little memory.

    `path` is that of the value concerned, `keyword` the one that failed, `value` its value in the
    schema. `instance` is the value if it is a string, or the key concerned, otherwise "". `schema`
    identifies the schema with the keyword; `dependency` is the field whose presence makes the
    keyword apply, if any.
    """

    path: Path
    keyword: str
    value: Any
    instance: str
    schema: int
    dependency: str | None
