"""The errors of a document according to jsonschema, each with the path of a value."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import jsonschema
from jsonschema.exceptions import ValidationError

from validator import schemas
from validator.contract.compiler import Check, compiled, ecma_pattern
from validator.contract.schema_error import Error
from validator.parsing.nodes import Mapping, Node, Path, Scalar, Sequence, number
from validator.schemas import Schema


def errors(root: Node, kind: str) -> tuple[list[Error], list[tuple[Path, Scalar]]]:
    """The errors of a document by the schema of its kind, and its keys that are not strings."""
    odd_keys: list[tuple[Path, Scalar]] = []
    data = _plain(_without_accepted(root, kind), (), odd_keys)
    return [_error(each) for each in _validator(kind).iter_errors(data)], odd_keys


def _error(error: ValidationError) -> Error:
    # An error of jsonschema takes 4 kB, and there can be half a million.
    keyword, instance = str(error.validator), error.instance
    dependency = None
    if keyword == "not":
        steps = list(error.absolute_schema_path)
        dependency = str(steps[-2]) if steps[-3:-2] == ["dependencies"] else None
    return Error(
        tuple(error.absolute_path),
        keyword,
        error.validator_value,
        instance if isinstance(instance, str) else "",
        id(error.schema),
        dependency,
    )


def _without_accepted(root: Node, kind: str) -> Node:
    """A document without its valid items, which usually are the large majority.

    jsonschema would take ten times as long for them, and find nothing.
    """
    if not isinstance(root, Mapping):
        return root
    found = Mapping(root.start, flow=root.flow)
    found.members = dict(root.members)
    for name, accepts in _item_gates(kind):
        items = root.get(name)
        if isinstance(items, Mapping):
            refused = Mapping(items.start, flow=items.flow)
            alone = Mapping(items.start, flow=items.flow)
            for reference, member in items.members.items():
                alone.members = {reference: member}
                if not accepts(alone):
                    refused.members[reference] = member
            found.members[name] = (root.members[name][0], refused)
    return found


@cache
def _item_gates(kind: str) -> list[tuple[str, Check]]:
    """The fields of a document that contain items by name, with the check of their values."""
    file, value = schemas.target(schemas.of_kind(kind))
    fields = [(name, Schema(file, part)) for name, part in value.get("properties", {}).items()]
    return [
        (name, compiled(field))
        for name, field in fields
        if isinstance(schemas.target(field).value.get("additionalProperties"), dict)
    ]


@cache
def _validator(kind: str) -> Any:
    schema = schemas.of_kind(kind)
    base: Any = jsonschema.Draft7Validator
    extend: Any = jsonschema.validators.extend
    adjusted = extend(
        base, {"additionalProperties": _others, "minimum": _minimum, "pattern": _pattern}
    )
    return adjusted(_expanded(schema.value, schema.file))


def _expanded(value: Any, file: str) -> Any:
    """A part of a schema with its references replaced by what they refer to.

    No reference is cyclic. jsonschema would resolve each of them again for each value.
    """
    if isinstance(value, list):
        return [_expanded(each, file) for each in value]
    if not isinstance(value, dict):
        return value
    if "$ref" in value:
        return _expanded_target(*schemas.location(value["$ref"], file))
    return {name: _expanded(each, file) for name, each in value.items()}


@cache
def _expanded_target(file: str, pointer: str) -> Any:
    """The target of a reference, without its `$schema`.

    jsonschema checks a part with a `$schema` by that dialect's keywords instead of ours.
    """
    value = schemas.at(file, pointer).value
    return _expanded({name: value[name] for name in value if name != "$schema"}, file)


def _others(validator: Any, value: Any, instance: Any, schema: Any) -> Iterator[ValidationError]:
    """The keyword `additionalProperties`, with errors in the order of the text.

    jsonschema's own iterates over a set, so the order of errors differs from run to run.
    """
    if not isinstance(instance, dict):
        return
    known = schema.get("properties", {})
    others = (name for name in instance if name not in known)
    if value is False:
        if next(others, None) is not None:
            yield ValidationError("unknown fields")
        return
    for name in others:
        yield from validator.descend(instance[name], value, path=name)


def _pattern(validator: Any, pattern: str, instance: Any, schema: Any) -> Iterator[ValidationError]:
    checks: dict[str, Callable[..., Any]] = jsonschema.Draft7Validator.VALIDATORS
    yield from checks["pattern"](validator, ecma_pattern(pattern), instance, schema) or ()


def _minimum(validator: Any, bound: Any, instance: Any, schema: Any) -> Iterator[ValidationError]:
    """The keyword `minimum`, which `.nan` does not reach: jsonschema only asks if it is below."""
    checks: dict[str, Callable[..., Any]] = jsonschema.Draft7Validator.VALIDATORS
    if instance != instance:
        yield ValidationError("not a number")
    yield from checks["minimum"](validator, bound, instance, schema) or ()


class _Timestamp:
    """Placeholder for a YAML value without a JSON type."""


def _plain(node: Node, path: Path, odd_keys: list[tuple[Path, Scalar]]) -> Any:
    """A node as plain data for jsonschema, with string keys; other keys are collected."""
    if isinstance(node, Scalar):
        return _plain_scalar(node)
    if isinstance(node, Sequence):
        return [_plain(item, (*path, index), odd_keys) for index, item in enumerate(node.items)]
    assert isinstance(node, Mapping)
    data = {}
    for name, (key, value) in node.members.items():
        if key.kind != "string":
            odd_keys.append(((*path, name), key))
        data[name] = _plain(value, (*path, name), odd_keys)
    return data


def _plain_scalar(node: Scalar) -> Any:
    """A scalar as plain data; for booleans the schemas only check the type."""
    if node.kind in ("integer", "number"):
        return number(node)
    return {"boolean": True, "null": None, "string": node.text}.get(node.kind, _Timestamp())
