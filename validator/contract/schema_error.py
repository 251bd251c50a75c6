"""An error of a document by its schema."""

from __future__ import annotations

from typing import Any, NamedTuple

from validator.parsing.nodes import Path


class Error(NamedTuple):
    """An error: the part of one of jsonschema's that takes little memory.

    `path` is that of the value concerned, `keyword` what failed, `value` what the schema says for
    it. `instance` is the value where it is a string, or the key concerned, else empty. `schema`
    tells the schemas apart that have the keyword; `dependency` is the field whose presence brings
    the keyword in, if that is so.
    """

    path: Path
    keyword: str
    value: Any
    instance: str
    schema: int
    dependency: str | None
