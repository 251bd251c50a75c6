"""Schemas of rules of one's own: they accept what jsonschema accepts."""

from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from validator.own_rules.effort import Effort
from validator.own_rules.keywords import _TYPES, mistakes
from validator.own_rules.schema import Value, rejected
from validator.parsing.objects import to_nodes

SCALARS = st.one_of(
    st.booleans(), st.integers(-3, 3), st.sampled_from([0.5, 2.0]), st.text("ab", max_size=3)
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.sampled_from("abc"), inner, max_size=3)
    ),
    max_leaves=6,
)
TYPES = st.sampled_from(["array", "boolean", "integer", "null", "number", "object", "string"])
COUNTS = st.integers(0, 3)
NUMBERS = st.integers(-2, 2)


def _with_parts(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    named = st.dictionaries(st.sampled_from("abc"), inner, max_size=2)
    several = st.lists(inner, min_size=1, max_size=2)
    return st.fixed_dictionaries(
        {},
        optional={
            "type": st.one_of(TYPES, st.lists(TYPES, min_size=1, max_size=2, unique=True)),
            "enum": st.lists(VALUES, min_size=1, max_size=2),
            "const": VALUES,
            "required": st.lists(st.sampled_from("abc"), max_size=2, unique=True),
            "properties": named,
            "patternProperties": st.dictionaries(st.sampled_from(["^a", "b|c"]), inner, max_size=1),
            "additionalProperties": inner,
            "propertyNames": inner,
            "minProperties": COUNTS,
            "maxProperties": COUNTS,
            "items": inner,
            "contains": inner,
            "minItems": COUNTS,
            "maxItems": COUNTS,
            "uniqueItems": st.booleans(),
            "minLength": COUNTS,
            "maxLength": COUNTS,
            "pattern": st.sampled_from(["^a", "b$", "^(a|b)*$"]),
            "minimum": NUMBERS,
            "maximum": NUMBERS,
            "exclusiveMinimum": NUMBERS,
            "exclusiveMaximum": NUMBERS,
            "allOf": several,
            "anyOf": several,
            "oneOf": several,
            "not": inner,
        },
    )


SCHEMAS = st.recursive(st.booleans(), _with_parts, max_leaves=4)


@given(SCHEMAS, SCHEMAS, SCHEMAS, VALUES)
def test_jsonschema_agrees(schema: Any, condition: Any, branch: Any, value: Any) -> None:
    for each in (schema, {"if": condition, "then": branch, "else": schema}):
        assert list(mistakes(each)) == []
        found = list(rejected(each, Value((), to_nodes(value), None), Effort()))
        expected: bool = jsonschema.Draft7Validator(each).is_valid(value)
        assert (not found) == expected


@pytest.mark.parametrize(
    ("schema", "message"),
    [
        ({"requird": ["a"]}, "unknown keyword `requird`; did you mean `required`?"),
        ({"$ref": "http://x.example/a.json"}, "`$ref` is not supported: write the schema out"),
        ({"format": "email"}, "`format` is not supported; use `pattern`"),
        ({"required": "name"}, "`required` takes a list of names"),
        ({"minLength": -1}, "`minLength` takes a whole number, at least 0"),
        ({"minimum": True}, "`minimum` takes a number"),
        ({"enum": []}, "`enum` takes a list of values"),
        ({"uniqueItems": 1}, "`uniqueItems` takes `true` or `false`"),
        ({"allOf": {}}, "`allOf` takes a list of schemas"),
        ({"properties": []}, "`properties` takes a table of schemas"),
        ({"items": [{}]}, "a schema must be a table, `true` or `false`"),
        ({"then": {}}, "`then` and `else` have no effect without `if`"),
        (
            {"type": "text"},
            f"`type` takes {', '.join(_TYPES)}, or a list of these",
        ),
        (
            {"pattern": "(a"},
            "`pattern` is not a regular expression that can be used: a `(` is not closed",
        ),
    ],
)
def test_mistakes(schema: Any, message: str) -> None:
    assert [each for _, each in mistakes(schema)] == [message]
    assert message in [each for _, each in mistakes({"properties": {"a": schema}})]


def test_a_schema_has_limits() -> None:
    deep: Any = {}
    for _ in range(50):
        deep = {"not": deep}
    wide: Any = {"allOf": [{}] * 1001}
    for schema in (deep, wide):
        assert "more than 1,000 parts, or more than 20 levels" in list(mistakes(schema))[-1][1]
