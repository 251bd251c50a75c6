"""Our schemas give the same verdict on documents as the platform's own contract."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft7Validator

from tests import full_documents, oracle, schemas, sdk_differences, strategies
from tests.rules_of_schemas import RULES_OF_SCHEMAS
from validator import Severity, check_object, check_text
from validator.parsing import rules as source_rules

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.sdk_differences import Example
    from validator import Report

    # One has odd stubs, the other no public name.
    Descriptor = Any
    Resolver = Any

KEYWORDS = {
    *("$schema", "$id", "$ref", "title", "description", "examples", "deprecated", "definitions"),
    *("type", "enum", "const", "pattern", "minLength", "maxLength", "minimum", "maximum"),
    "contentMediaType",
    *("properties", "additionalProperties", "required", "propertyNames", "dependencies"),
    *("minProperties", "maxProperties", "items", "minItems", "maxItems"),
    *("not", "allOf", "if", "then", "else", "default", "format"),
    # From the JSON language service used by editors: descriptions of the values.
    "enumDescriptions",
}
ANNOTATIONS = ("title", "description", "examples")

SEARCH = settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)

each_kind = pytest.mark.parametrize("kind", oracle.KINDS)
each_schema = pytest.mark.parametrize("name", schemas.SCHEMAS)


# --- The same verdict ------------------------------------------------------------------------


@each_kind
@SEARCH
@given(data=st.data())
def test_valid_documents_are_accepted(kind: str, data: st.DataObject) -> None:
    document = data.draw(strategies.VALID[kind])
    assert schemas.accepts(kind, document)
    assert oracle.accepts(kind, document, sdk_differences.taken_out)


@each_kind
@SEARCH
@given(data=st.data())
def test_nearly_valid_documents_are_judged_alike(kind: str, data: st.DataObject) -> None:
    document = data.draw(strategies.NEARLY_VALID[kind])
    theirs = oracle.accepts(kind, document, sdk_differences.taken_out)
    assert schemas.accepts(kind, document) is theirs


@pytest.mark.slow
@pytest.mark.parametrize(("kind", "document"), full_documents.DOCUMENTS)
def test_each_mistake_at_each_place_is_judged_alike(kind: str, document: object) -> None:
    assert schemas.accepts(kind, document)
    assert oracle.accepts(kind, document, sdk_differences.taken_out)
    disagreed = [
        mistaken
        for mistaken in strategies.mistakes(document)
        if schemas.accepts(kind, mistaken)
        is not oracle.accepts(kind, mistaken, sdk_differences.taken_out)
    ]
    assert not disagreed


@pytest.mark.parametrize(
    "example", sdk_differences.EXAMPLES, ids=lambda example: example.difference.__name__
)
def test_a_difference_is_real(example: Example) -> None:
    _, kind, document, ours = example
    assert schemas.accepts(kind, document) is ours
    assert oracle.accepts(kind, document) is not ours

    alone = sdk_differences.Without(
        [one for one in sdk_differences.ON_OBJECTS if one is example.difference],
        [one for one in sdk_differences.ON_VALUES if one is example.difference],
    )
    assert oracle.accepts(kind, document, alone.of_object) is ours


def test_each_difference_has_an_example() -> None:
    differences = {*sdk_differences.ON_OBJECTS, *sdk_differences.ON_VALUES}
    assert {example.difference for example in sdk_differences.EXAMPLES} == differences


def test_the_documentation_lists_the_differences() -> None:
    page = (schemas.FOLDER.parent / "docs" / "reference" / "sdk-differences.md").read_text(
        encoding="utf-8"
    )
    listed = re.findall(r"^\| `(\w+)` \|", page, re.MULTILINE)
    differences = [*sdk_differences.ON_OBJECTS, *sdk_differences.ON_VALUES]
    assert sorted(listed) == sorted(difference.__name__ for difference in differences)


# Findings of the parser and the schema; other rules report what the SDK does not check.
CONTRACT = RULES_OF_SCHEMAS | {rule.name for rule in source_rules.RULES}


def engine_accepts(report: Report) -> bool:
    """Whether the engine finds nothing that the SDK should have rejected."""
    errors = [each for each in report.findings if each.severity == Severity.ERROR]
    return not any(each.rule in CONTRACT for each in errors)


@each_kind
@pytest.mark.parametrize("documents", [strategies.VALID, strategies.NEARLY_VALID])
@SEARCH
@given(data=st.data())
def test_the_engine_judges_objects_and_texts_alike(
    kind: str, documents: dict[str, st.SearchStrategy[Any]], data: st.DataObject
) -> None:
    document = data.draw(documents[kind])
    theirs = oracle.accepts(kind, document, sdk_differences.taken_out)
    assert engine_accepts(check_object(document, kind)) is theirs
    assert engine_accepts(check_text(json.dumps(document), kind=kind)) is theirs


# --- The same fields -------------------------------------------------------------------------


@pytest.mark.parametrize("kind", oracle.MESSAGES)
def test_the_schema_has_exactly_the_fields_of_the_sdk(kind: str) -> None:
    compare_fields(
        oracle.MESSAGES[kind].DESCRIPTOR,
        schemas.SCHEMAS[kind],
        schemas.REGISTRY.resolver(schemas.SCHEMAS[kind]["$id"]),
    )


def compare_fields(message: Descriptor, schema: dict[str, Any], resolver: Resolver) -> None:
    """Both spellings of each field of `message`, all the way down, and no other field or name."""
    schema, resolver = followed(schema, resolver)
    assert schema["additionalProperties"] is False, message.full_name
    properties = schema["properties"]
    spellings = {name for field in message.fields for name in (field.name, field.json_name)}
    assert properties.keys() == spellings, message.full_name
    for field in message.fields:
        inner, is_map = field.message_type, False
        if inner is not None and inner.GetOptions().map_entry:
            inner, is_map = inner.fields_by_name["value"].message_type, True
        if field.enum_type:
            # An enum with a title of its own is the one entry of an `allOf`.
            value, where = followed(properties[field.name], resolver)
            value = value.get("items", value)
            value, _ = followed(value.get("allOf", [value])[0], where)
            newer = {"PRINCIPAL_AGENT_EXECUTION", None}
            assert {*value["enum"]} - newer == {*field.enum_type.values_by_name}
        if inner is None or inner.full_name.startswith("google."):
            continue
        for name in (field.name, field.json_name):
            value, where = followed(properties[name], resolver)
            if "$ref" in value.get("allOf", [{}])[0]:
                value, where = followed(value["allOf"][0], where)
            if is_map:
                value = value["additionalProperties"]
            elif field.label == field.LABEL_REPEATED:
                value = value["items"]
                if "$ref" in value.get("allOf", [{}])[0]:
                    value = value["allOf"][0]
            compare_fields(inner, value, where)


def followed(schema: dict[str, Any], resolver: Resolver) -> tuple[Any, Resolver]:
    """The target of a schema's `$ref`s, and the resolver for its own ones."""
    while "$ref" in schema:
        found = resolver.lookup(schema["$ref"])
        schema, resolver = found.contents, found.resolver
    return schema, resolver


# --- The schemas themselves ------------------------------------------------------------------


def test_each_kind_has_its_schema() -> None:
    assert schemas.SCHEMAS.keys() - {"common"} == set(oracle.KINDS)
    assert sorted(strategies.VALID) == oracle.KINDS


@each_schema
def test_a_schema_is_draft_07(name: str) -> None:
    schema = schemas.SCHEMAS[name]
    assert schema["$schema"] == Draft7Validator.META_SCHEMA["$id"]
    assert schema["$id"] == f"https://automation-validator.example/schema/{name}{schemas.SUFFIX}"
    Draft7Validator.check_schema(schema)


def subschemas(schema: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """`schema` and every schema within it."""
    yield schema
    for keyword in ("properties", "definitions", "dependencies"):
        for inner in schema.get(keyword, {}).values():
            yield from subschemas(inner)
    for keyword in ("additionalProperties", "propertyNames", "items", "not", "if", "then", "else"):
        if isinstance(schema.get(keyword), dict):
            yield from subschemas(schema[keyword])
    for inner in schema.get("allOf", []):
        yield from subschemas(inner)


@each_schema
def test_a_schema_keeps_to_the_known_keywords(name: str) -> None:
    for schema in subschemas(schemas.SCHEMAS[name]):
        assert schema.keys() <= KEYWORDS
        # Draft-07 ignores keywords next to a `$ref`.
        assert "$ref" not in schema or len(schema) == 1
        schemas.validator(name).evolve(schema=schema).is_valid(None)  # Each `$ref` leads somewhere.


@pytest.mark.parametrize("name", sorted(schemas.SCHEMAS.keys() - {"automations-file"}))
def test_both_spellings_of_a_field_are_one(name: str) -> None:
    for schema in subschemas(schemas.SCHEMAS[name]):
        properties = schema.get("properties", {})
        for field, value in properties.items():
            other = strategies.snake_case(field)
            if other != field and "additionalProperties" in schema:
                assert properties[other] == value
                assert schema["dependencies"][other] == {"not": {"required": [field]}}


@each_schema
def test_patterns_mean_the_same_in_ecma_262_and_python(name: str) -> None:
    for schema in subschemas(schemas.SCHEMAS[name]):
        pattern = schema.get("pattern", "^$")
        assert pattern.startswith("^")
        assert pattern.endswith("$")
        # Classes such as `\d` and `\s` differ, `.` too; an inner `$` would not be converted.
        assert not re.search(r"\\[^.]|[^\\\[+]\.(?!-)|\$.", pattern)


@each_schema
def test_each_field_is_described_and_its_examples_hold(name: str) -> None:
    root = schemas.SCHEMAS[name]
    resolver = schemas.REGISTRY.resolver(root["$id"])
    described = [root] if name != "common" else []
    for schema in subschemas(root):
        # The conditions of `not`, `if` and the like have properties too, without a title.
        if "title" in schema:
            described += schema.get("properties", {}).values()
            described += [schema["items"]] if "items" in schema else []
    for field in described:
        target, where = followed(field, resolver)
        assert all(target.get(annotation) for annotation in ANNOTATIONS), target
        validator = schemas.validator(name).evolve(schema=target, _resolver=where)
        for example in target["examples"]:
            validator.validate(example)
