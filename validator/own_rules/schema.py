"""Check values of a document against the JSON Schema of a rule of one's own.

jsonschema would say that a value is wrong, but not at which characters, would search patterns in
unbounded time, and take longer to import than most documents take to check. A schema here is
draft-07 without references. As everywhere in these documents, a field that is null is absent.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from validator.contract.location import beginning
from validator.contract.spelling import camel_case
from validator.finding import Span
from validator.own_rules.effort import Effort
from validator.own_rules.regex import compiled
from validator.parsing.nodes import Mapping, Node, Path, Scalar, Sequence, number

_WITH_REFERENCES = (("tasks",), ("services",))
_TRUE = ("true", "yes", "on")


class Value(NamedTuple):
    """A value of a document: its path, its node, and its key if it has one."""

    path: Path
    node: Node
    key: Scalar | None

    @property
    def place(self) -> Span:
        """Where to report it: a scalar itself, anything else at its key or its beginning."""
        if isinstance(self.node, Scalar):
            return self.node.span
        return beginning(self.node) if self.key is None else self.key.span


class Wrong(NamedTuple):
    """A place that a schema rejects, and the path of the value."""

    span: Span
    path: Path


def children(value: Value) -> list[tuple[str | int, Value]]:
    """The fields of a mapping, by their names in the API's spelling, or the entries of a list.

    Without those that are null.
    """
    path, node, _ = value
    if isinstance(node, Mapping):
        return [
            (
                name if path in _WITH_REFERENCES else camel_case(name),
                Value((*path, name), inner, key),
            )
            for name, (key, inner) in node.members.items()
            if inner.kind != "null"
        ]
    if isinstance(node, Sequence):
        return [(index, Value((*path, index), item, None)) for index, item in enumerate(node.items)]
    return []


def rejected(schema: Any, value: Value, effort: Effort) -> Iterator[Wrong]:
    """The places that a schema rejects. Raises TooMuchWork.

    The schema has been checked by `keywords`.
    """
    effort.spend(1)
    if isinstance(schema, bool):
        if not schema:
            yield Wrong(value.place, value.path)
        return
    for keyword, expected in schema.items():
        if keyword in _VALUES:
            if not _VALUES[keyword](expected, value.node, effort):
                yield Wrong(value.place, value.path)
        elif keyword in _PARTS:
            yield from _PARTS[keyword](schema, value, effort)


def _is_valid(schema: Any, value: Value, effort: Effort) -> bool:
    return next(rejected(schema, value, effort), None) is None


def _type(expected: Any, node: Node, _effort: Effort) -> bool:
    types = [expected] if isinstance(expected, str) else expected
    if node.kind == "integer":
        return "integer" in types or "number" in types
    if node.kind == "number" and "integer" in types:
        assert isinstance(node, Scalar)
        return "number" in types or float(number(node)).is_integer()
    return node.kind in types


def _enum(expected: Any, node: Node, effort: Effort) -> bool:
    value = _plain(node, effort)
    effort.spend(len(expected))
    return any(_equal(each, value) for each in expected)


def _const(expected: Any, node: Node, effort: Effort) -> bool:
    return _equal(expected, _plain(node, effort))


def _unique(expected: Any, node: Node, effort: Effort) -> bool:
    if not expected or not isinstance(node, Sequence):
        return True
    values = [_plain(item, effort) for item in node.items]
    effort.spend(len(values) ** 2)
    return not any(_equal(a, b) for at, a in enumerate(values) for b in values[:at])


def _pattern(expected: Any, node: Node, effort: Effort) -> bool:
    if not isinstance(node, Scalar) or node.kind != "string":
        return True
    return compiled(expected).search(node.text, effort)


def _size(kind: str, fits: Callable[[Any, int], bool]) -> Callable[[Any, Node, Effort], bool]:
    def check(expected: Any, node: Node, _effort: Effort) -> bool:
        if node.kind != kind:
            return True
        if isinstance(node, Mapping):
            return fits(expected, len(children(Value((), node, None))))
        if isinstance(node, Sequence):
            return fits(expected, len(node.items))
        return not isinstance(node, Scalar) or fits(expected, len(node.text))

    return check


def _bound(fits: Callable[[Any, float], bool]) -> Callable[[Any, Node, Effort], bool]:
    def check(expected: Any, node: Node, _effort: Effort) -> bool:
        if not isinstance(node, Scalar) or node.kind not in ("integer", "number"):
            return True
        return fits(expected, number(node))

    return check


_VALUES: dict[str, Callable[[Any, Node, Effort], bool]] = {
    "type": _type,
    "enum": _enum,
    "const": _const,
    "uniqueItems": _unique,
    "pattern": _pattern,
    "minLength": _size("string", lambda least, length: length >= least),
    "maxLength": _size("string", lambda most, length: length <= most),
    "minItems": _size("array", lambda least, length: length >= least),
    "maxItems": _size("array", lambda most, length: length <= most),
    "minProperties": _size("object", lambda least, length: length >= least),
    "maxProperties": _size("object", lambda most, length: length <= most),
    "minimum": _bound(lambda least, value: value >= least),
    "maximum": _bound(lambda most, value: value <= most),
    "exclusiveMinimum": _bound(lambda least, value: value > least),
    "exclusiveMaximum": _bound(lambda most, value: value < most),
}
"""The keywords about a value as a whole: whether it is valid."""


def _fields(schema: Any, value: Value, effort: Effort) -> Iterator[Wrong]:
    """The keywords `properties`, `patternProperties` and `additionalProperties`."""
    if not isinstance(value.node, Mapping):
        return
    for name, inner in children(value):
        known = [schema["properties"][name]] if name in schema.get("properties", {}) else []
        for pattern, part in schema.get("patternProperties", {}).items():
            if compiled(pattern).search(str(name), effort):
                known.append(part)
        for part in known:
            yield from rejected(part, inner, effort)
        others = schema.get("additionalProperties", True)
        if not known and others is False:
            assert inner.key is not None
            yield Wrong(inner.key.span, inner.path)
        elif not known:
            yield from rejected(others, inner, effort)


def _names(schema: Any, value: Value, effort: Effort) -> Iterator[Wrong]:
    if isinstance(value.node, Mapping):
        for name, (key, _) in value.node.members.items():
            yield from rejected(
                schema["propertyNames"], Value((*value.path, name), key, key), effort
            )


def _required(schema: Any, value: Value, _effort: Effort) -> Iterator[Wrong]:
    if isinstance(value.node, Mapping):
        present = {name for name, _ in children(value)}
        if not present.issuperset(schema["required"]):
            yield Wrong(value.place, value.path)


def _items(schema: Any, value: Value, effort: Effort) -> Iterator[Wrong]:
    if isinstance(value.node, Sequence):
        for _, item in children(value):
            yield from rejected(schema["items"], item, effort)


def _contains(schema: Any, value: Value, effort: Effort) -> Iterator[Wrong]:
    if isinstance(value.node, Sequence):
        found = (_is_valid(schema["contains"], item, effort) for _, item in children(value))
        if not any(found):
            yield Wrong(value.place, value.path)


def _all_of(schema: Any, value: Value, effort: Effort) -> Iterator[Wrong]:
    for part in schema["allOf"]:
        yield from rejected(part, value, effort)


def _any_of(schema: Any, value: Value, effort: Effort) -> Iterator[Wrong]:
    if not any(_is_valid(part, value, effort) for part in schema["anyOf"]):
        yield Wrong(value.place, value.path)


def _one_of(schema: Any, value: Value, effort: Effort) -> Iterator[Wrong]:
    if sum(_is_valid(part, value, effort) for part in schema["oneOf"]) != 1:
        yield Wrong(value.place, value.path)


def _not(schema: Any, value: Value, effort: Effort) -> Iterator[Wrong]:
    if _is_valid(schema["not"], value, effort):
        yield Wrong(value.place, value.path)


def _if(schema: Any, value: Value, effort: Effort) -> Iterator[Wrong]:
    branch = "then" if _is_valid(schema["if"], value, effort) else "else"
    yield from rejected(schema.get(branch, True), value, effort)


def _alone(schema: Any, value: Value, effort: Effort) -> Iterator[Wrong]:
    """`patternProperties` or `additionalProperties`, unless another of the three comes first."""
    return _fields(schema, value, effort) if "properties" not in schema else iter(())


def _last(schema: Any, value: Value, effort: Effort) -> Iterator[Wrong]:
    return _alone(schema, value, effort) if "patternProperties" not in schema else iter(())


_PARTS: dict[str, Callable[[Any, Value, Effort], Iterator[Wrong]]] = {
    "properties": _fields,
    "patternProperties": _alone,
    "additionalProperties": _last,
    "propertyNames": _names,
    "required": _required,
    "items": _items,
    "contains": _contains,
    "allOf": _all_of,
    "anyOf": _any_of,
    "oneOf": _one_of,
    "not": _not,
    "if": _if,
}
"""The keywords about parts of a value, or with other schemas: the places that they reject."""

KEYWORDS = _VALUES.keys() | _PARTS.keys() | {"then", "else"}


def _plain(node: Node, effort: Effort) -> Any:
    """A node as plain data."""
    effort.spend(1)
    if isinstance(node, Mapping | Sequence):
        found = {
            name: _plain(inner.node, effort) for name, inner in children(Value((), node, None))
        }
        return found if isinstance(node, Mapping) else list(found.values())
    assert isinstance(node, Scalar)
    if node.kind in ("integer", "number"):
        return number(node)
    if node.kind == "boolean":
        return node.text.lower() in _TRUE
    return None if node.kind == "null" else node.text


def _equal(one: Any, other: Any) -> bool:
    """Whether two values are equal in JSON, where `true` is not 1."""
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(_equal, one, other))
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(_equal(one[key], other[key]) for key in one)
    return bool(one == other)
