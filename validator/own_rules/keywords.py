"""Check the JSON Schemas of rules of one's own, before any document is checked by them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from validator.own_rules.regex import PatternError, compiled
from validator.own_rules.schema import KEYWORDS
from validator.parsing.nodes import Path

MOST_PARTS = 1_000
"""Maximum number of schemas in the schema of a rule."""

_DEEPEST = 20
_ANNOTATIONS = {"$comment", "title", "description", "default", "examples"}
_TYPES = ("array", "boolean", "integer", "null", "number", "object", "string")


class _TooMany(Exception):
    pass


def mistakes(schema: Any) -> Iterator[tuple[Path, str]]:
    """What is wrong with a schema, each with its path in the schema."""
    count = [0]
    try:
        yield from _of_schema(schema, (), count)
    except _TooMany:
        yield (), f"the schema has more than {MOST_PARTS:,} parts, or more than {_DEEPEST} levels"


def _of_schema(schema: Any, path: Path, count: list[int]) -> Iterator[tuple[Path, str]]:
    count[0] += 1
    if count[0] > MOST_PARTS or len(path) > 2 * _DEEPEST:
        raise _TooMany
    if isinstance(schema, bool):
        return
    if not isinstance(schema, dict):
        yield path, "a schema must be a table, `true` or `false`"
        return
    for keyword, value in schema.items():
        here = (*path, keyword)
        if keyword in _ANNOTATIONS:
            continue
        if keyword not in KEYWORDS:
            yield here, _unknown(keyword)
        elif keyword in _SCHEMAS:
            yield from _of_schema(value, here, count)
        elif keyword in _LISTS_OF_SCHEMAS or keyword in _TABLES_OF_SCHEMAS:
            yield from _of_schemas(keyword, value, here, count)
        else:
            problem = _CHECKS[keyword](value)
            if problem is not None:
                yield here, f"`{keyword}` {problem}"
    if ("then" in schema or "else" in schema) and "if" not in schema:
        yield path, "`then` and `else` have no effect without `if`"


def _of_schemas(
    keyword: str, value: Any, path: Path, count: list[int]
) -> Iterator[tuple[Path, str]]:
    inner: list[tuple[str | int, Any]] = []
    if keyword in _LISTS_OF_SCHEMAS and isinstance(value, list) and value:
        inner += enumerate(value)
    elif keyword in _TABLES_OF_SCHEMAS and isinstance(value, dict):
        inner += value.items()
    else:
        what = "a list" if keyword in _LISTS_OF_SCHEMAS else "a table"
        yield path, f"`{keyword}` takes {what} of schemas"
    for name, schema in inner:
        if keyword == "patternProperties" and (problem := _pattern(name)):
            yield (*path, name), problem
        yield from _of_schema(schema, (*path, name), count)


def _unknown(keyword: str) -> str:
    if keyword in ("$ref", "$id", "$schema", "definitions", "$defs"):
        return f"`{keyword}` is not supported: write the schema out"
    if keyword == "format":
        return "`format` is not supported; use `pattern`"
    from validator.likeness import Vocabulary
    from validator.wording import did_you_mean, listed, quoted

    near = Vocabulary(KEYWORDS).nearest(keyword).names
    advice = did_you_mean(near) if near else f"supported are {listed(sorted(KEYWORDS), 'and')}"
    return f"unknown keyword {quoted(keyword)}; {advice}"


def _pattern(value: Any) -> str | None:
    if not isinstance(value, str):
        return "takes a regular expression, as a string"
    try:
        compiled(value)
    except PatternError as error:
        return f"is not a regular expression that can be used: {error}"
    return None


def _types(value: Any) -> str | None:
    named = value if isinstance(value, list) and value else [value]
    wrong = [each for each in named if each not in _TYPES]
    return f"takes {', '.join(_TYPES)}, or a list of these" if wrong else None


def _strings(value: Any) -> str | None:
    right = isinstance(value, list) and all(isinstance(each, str) for each in value)
    return None if right else "takes a list of names"


def _values(value: Any) -> str | None:
    return None if isinstance(value, list) and value else "takes a list of values"


def _flag(value: Any) -> str | None:
    return None if isinstance(value, bool) else "takes `true` or `false`"


def _count(value: Any) -> str | None:
    right = isinstance(value, int) and not isinstance(value, bool) and value >= 0
    return None if right else "takes a whole number, at least 0"


def _number(value: Any) -> str | None:
    right = isinstance(value, int | float) and not isinstance(value, bool)
    return None if right else "takes a number"


_SCHEMAS = {
    *("additionalProperties", "contains", "else", "if", "items", "not", "propertyNames", "then"),
}
_LISTS_OF_SCHEMAS = {"allOf", "anyOf", "oneOf"}
_TABLES_OF_SCHEMAS = {"patternProperties", "properties"}
_CHECKS: dict[str, Callable[[Any], str | None]] = {
    "type": _types,
    "enum": _values,
    "const": lambda _: None,
    "required": _strings,
    "uniqueItems": _flag,
    "pattern": _pattern,
    **dict.fromkeys(
        ("minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties"), _count
    ),
    **dict.fromkeys(("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"), _number),
}
