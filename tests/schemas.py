"""The schemas, evaluated by jsonschema, the slow and reliable way."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jsonschema import Draft7Validator, ValidationError
from jsonschema.validators import extend
from referencing import Registry
from referencing.jsonschema import DRAFT7

if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDER = Path(__file__).parent.parent / "schema"
SUFFIX = ".schema.json"
# The schemas of files that only this project reads and writes are not part of the contract.
OWN = {
    *("config", "failure-output", "graph-output", "json-output", "plan-diff-output"),
    *("timeline-output", "why-output"),
}
SCHEMAS: dict[str, dict[str, Any]] = {
    path.name.removesuffix(SUFFIX): json.loads(path.read_text(encoding="utf-8"))
    for path in sorted(FOLDER.glob(f"*{SUFFIX}"))
    if path.name.removesuffix(SUFFIX) not in OWN
}
# Without `$schema`: jsonschema checks a referenced schema that has one with its own validator
# class, and so with its own `pattern`.
REGISTRY: Registry[Any] = Registry().with_resources(
    (schema["$id"], DRAFT7.create_resource({k: v for k, v in schema.items() if k != "$schema"}))
    for schema in SCHEMAS.values()
)


def _pattern(
    _validator: object, pattern: str, instance: object, _schema: object
) -> Iterator[ValidationError]:
    # In a schema `$` is the end of the text; in Python it also matches before a last newline.
    if isinstance(instance, str) and not re.search(re.sub(r"\$\Z", r"\\Z", pattern), instance):
        yield ValidationError(f"{instance!r} does not match {pattern!r}")


_Validator = extend(Draft7Validator, {"pattern": _pattern})  # type: ignore[no-untyped-call]


@cache
def validator(kind: str) -> Draft7Validator:
    """The validator of a document kind (or of any schema file)."""
    found: Draft7Validator = _Validator(SCHEMAS[kind], registry=REGISTRY)
    return found


def accepts(kind: str, data: object) -> bool:
    """Whether `data` (plain values) is a document of `kind`, as far as the schema defines it."""
    return validator(kind).is_valid(data)


def failures(kind: str, data: object) -> set[tuple[tuple[str | int, ...], str]]:
    """The path of each value that is wrong in a document of `kind`, with the keyword it fails."""
    found = validator(kind).iter_errors(data)
    return {(tuple(error.absolute_path), str(error.validator)) for error in found}
