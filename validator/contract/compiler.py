"""Compile JSON Schemas to functions, to validate documents fast.

A schema becomes one function from a node to a boolean. Only the keywords used by the project's
schemas are supported; any other raises when the schema is compiled. What is wrong in a rejected
document is found by `validator.contract.schema_errors`, with the same functions. Tests check that
jsonschema, which takes longer to import than most documents take to check, agrees.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable
from functools import cache, reduce

from validator import schemas
from validator.parsing.nodes import Mapping, Node, Scalar, Sequence, number
from validator.schemas import Schema

TYPE_CHECKING = False

if TYPE_CHECKING:
    from typing import Any

Check = Callable[[Node], bool]

# Keywords that reject nothing; `then` is handled together with its `if`.
PASSED_OVER = {
    "contentMediaType",
    "$id",
    "$schema",
    "default",
    "definitions",
    "deprecated",
    "description",
    "enumDescriptions",
    "examples",
    # The `pattern` next to it says the same, exactly.
    "format",
    "then",
    "title",
}


@cache
def gate(kind: str) -> Check:
    """The compiled schema of a document kind."""
    return compiled(schemas.of_kind(kind))


# Looked up for each finding of a document. The key is the `id` of a part of a schema, so the part
# is kept too: no other object can then get that `id`.
_COMPILED: dict[int, tuple[dict[str, Any], Check]] = {}


def compiled(schema: Schema) -> Check:
    """A function that says whether a node is valid by a schema."""
    place = id(schema.value)
    if place not in _COMPILED:
        _COMPILED[place] = (schema.value, _compiled(schema))
    return _COMPILED[place][1]


def _compiled(schema: Schema) -> Check:
    if "$ref" in schema.value:
        # In draft-07, keywords next to a `$ref` are ignored.
        return _compile_target(*schemas.location(schema.value["$ref"], schema.file))
    checks: list[Check] = []
    object_keywords: dict[str, Any] = {}
    for keyword, value in schema.value.items():
        if keyword in PASSED_OVER:
            continue
        if keyword in _OBJECT_KEYWORDS:
            object_keywords[keyword] = value
        elif keyword == "if":
            checks.append(_if(value, schema))
        else:
            checks.append(keyword_check(keyword, value, schema.file))
    if object_keywords:
        checks.append(_object(object_keywords, schema.file))
    return _all(checks)


def _all(checks: list[Check]) -> Check:
    # This takes half as long as `all` with a generator.
    return reduce(_both, checks) if checks else lambda _node: True


def _both(first: Check, second: Check) -> Check:
    return lambda node: first(node) and second(node)


@cache
def _compile_target(file: str, pointer: str) -> Check:
    # Not `schemas.target`: it also follows an `allOf`, which may have keywords next to it.
    return compiled(schemas.at(file, pointer))


def keyword_check(keyword: str, value: Any, file: str) -> Check:
    """The check of one keyword, which is not one for the members of an object."""
    return _KEYWORDS[keyword](value, file)


def _type(value: Any, _file: str) -> Check:
    kinds = {value} if isinstance(value, str) else set(value)
    if "number" in kinds:
        kinds.add("integer")
    elif "integer" in kinds:
        others = kinds - {"integer"}
        return lambda node: node.kind in others or _is_whole(node)
    if len(kinds) == 1:
        (only,) = kinds
        return lambda node: node.kind == only
    return lambda node: node.kind in kinds


def _is_whole(node: Node) -> bool:
    """Whether a node is an integer, which `5.0` is too in JSON Schema; a too large one is none."""
    if not isinstance(node, Scalar) or node.kind not in ("integer", "number"):
        return False
    value = number(node)
    return isinstance(value, int) or value.is_integer()


def _enum(value: Any, _file: str) -> Check:
    strings = {choice for choice in value if isinstance(choice, str)}
    null = None in value
    if len(strings) + null != len(value):
        raise NotImplementedError("enum: only strings and null are known to the gate")

    def check(node: Node) -> bool:
        if isinstance(node, Scalar) and node.kind == "string":
            return node.text in strings
        return null and node.kind == "null"

    return check


def _pattern(value: Any, _file: str) -> Check:
    return lambda node: (
        not isinstance(node, Scalar)
        or node.kind != "string"
        or _searching(value)(node.text) is not None
    )


@cache
def _searching(pattern: str) -> Callable[[str], object]:
    """Search a text for a pattern of a JSON Schema, which is compiled on first use."""
    return re.compile(ecma_pattern(pattern)).search


def _length(fits: Callable[[int, int], bool]) -> Callable[[Any, str], Check]:
    def keyword(value: Any, _file: str) -> Check:
        limit: int = value
        return lambda node: (
            not isinstance(node, Scalar) or node.kind != "string" or fits(len(node.text), limit)
        )

    return keyword


def _count(fits: Callable[[int, int], bool], kind: str) -> Callable[[Any, str], Check]:
    def keyword(value: Any, _file: str) -> Check:
        limit: int = value

        def check(node: Node) -> bool:
            if node.kind != kind:
                return True
            count = len(node.items) if isinstance(node, Sequence) else 0
            if isinstance(node, Mapping):
                count = len(node.members)
            return fits(count, limit)

        return check

    return keyword


def _range(fits: Callable[[float, float], bool]) -> Callable[[Any, str], Check]:
    def keyword(value: Any, _file: str) -> Check:
        limit: float = value
        return lambda node: (
            not isinstance(node, Scalar)
            or node.kind not in ("integer", "number")
            or fits(number(node), limit)
        )

    return keyword


def _items(value: Any, file: str) -> Check:
    check_item = compiled(Schema(file, value))

    def check(node: Node) -> bool:
        if isinstance(node, Sequence):
            for item in node.items:
                if not check_item(item):
                    return False
        return True

    return check


def _not(value: Any, file: str) -> Check:
    check = compiled(Schema(file, value))
    return lambda node: not check(node)


def _any_of(value: Any, file: str) -> Check:
    checks = [compiled(Schema(file, part)) for part in value]
    return lambda node: any(check(node) for check in checks)


def _all_of(value: Any, file: str) -> Check:
    return _all([compiled(Schema(file, part)) for part in value])


def _if(value: Any, schema: Schema) -> Check:
    condition = compiled(Schema(schema.file, value))
    then = compiled(Schema(schema.file, schema.value["then"]))
    return lambda node: not condition(node) or then(node)


def _required(value: Any, _file: str) -> Check:
    names: list[str] = value

    def check(node: Node) -> bool:
        if isinstance(node, Mapping):
            for name in names:
                if name not in node.members:
                    return False
        return True

    return check


def _object(keywords: dict[str, Any], file: str) -> Check:
    """The keywords for members of an object, checked in one pass over them."""
    properties = {
        name: compiled(Schema(file, part)) for name, part in keywords.get("properties", {}).items()
    }
    dependencies = {
        name: compiled(Schema(file, part))
        for name, part in keywords.get("dependencies", {}).items()
    }
    # Then the schema describes all keys; in JSON these are strings.
    describes_all = "additionalProperties" in keywords
    others = keywords.get("additionalProperties", True)
    check_other = compiled(Schema(file, others)) if isinstance(others, dict) else None
    names = keywords.get("propertyNames")
    check_name = compiled(Schema(file, names)) if names is not None else None

    def check(node: Node) -> bool:
        if not isinstance(node, Mapping):
            return True
        for name, (key, value) in node.members.items():
            if describes_all and key.kind != "string":
                return False
            if check_name is not None and not check_name(key):
                return False
            check_value = properties.get(name, check_other)
            if check_value is not None:
                if not check_value(value):
                    return False
            elif others is False:
                return False
            if name in dependencies and not dependencies[name](node):
                return False
        return True

    return check


_OBJECT_KEYWORDS = {
    "additionalProperties",
    "dependencies",
    "properties",
    "propertyNames",
}

_KEYWORDS: dict[str, Callable[[Any, str], Check]] = {
    "allOf": _all_of,
    "anyOf": _any_of,
    "enum": _enum,
    "items": _items,
    "maxItems": _count(operator.le, "array"),
    "maxLength": _length(operator.le),
    "maxProperties": _count(operator.le, "object"),
    # Not `operator.le`: `.nan` only fails `minimum`, so that it is reported once.
    "maximum": _range(lambda number, limit: not number > limit),
    "minItems": _count(operator.ge, "array"),
    "minLength": _length(operator.ge),
    "minProperties": _count(operator.ge, "object"),
    "minimum": _range(operator.ge),
    "not": _not,
    "pattern": _pattern,
    "required": _required,
    "type": _type,
}


def ecma_pattern(pattern: str) -> str:
    """Convert a pattern of a JSON Schema (ECMA 262) to Python.

    In Python `$` also matches before a final line feed; in ECMA 262 it does not.
    """
    return re.sub(r"(?<!\\)\$", r"\\Z", pattern)


def matches(pattern: str, text: str) -> bool:
    """Whether a string matches a pattern of a JSON Schema."""
    return re.search(ecma_pattern(pattern), text) is not None
