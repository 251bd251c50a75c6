"""The errors of a document by its schema, each with the path of the value concerned."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from validator import schemas
from validator.contract.compiler import PASSED_OVER, compiled, keyword_check
from validator.parsing.nodes import Mapping, Node, Path, Scalar, Sequence
from validator.schemas import Schema
from validator.tuples import NamedTuple

TYPE_CHECKING = False

if TYPE_CHECKING:
    from typing import Any


class Error(NamedTuple):
    """A keyword of a schema that a value fails; there can be half a million of them.

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


def errors(node: Node, schema: Schema, path: Path = ()) -> Iterator[Error]:
    """The errors of a value by a schema, in the order of the schema's keywords.

    The compiled schema and this check the same keywords with the same functions, and values that it
    accepts are not looked at again. It rejects values with odd keys, too.
    """
    if compiled(schema)(node):
        return
    if "$ref" in schema.value:
        target = schemas.at(*schemas.location(schema.value["$ref"], schema.file))
        yield from errors(node, target, path)
        return
    for keyword, value in schema.value.items():
        if keyword in _WITH_PARTS:
            yield from _WITH_PARTS[keyword](node, schema, path)
        elif keyword not in PASSED_OVER and not keyword_check(keyword, value, schema.file)(node):
            yield _error(node, schema, path, keyword)


def odd_keys(root: Node, path: Path = ()) -> Iterator[tuple[Path, Scalar]]:
    """The keys in a document that are not strings, each with its path, in the order of the text."""
    if isinstance(root, Sequence):
        for index, item in enumerate(root.items):
            yield from odd_keys(item, (*path, index))
    elif isinstance(root, Mapping):
        for name, (key, value) in root.members.items():
            if key.kind != "string":
                yield (*path, name), key
            yield from odd_keys(value, (*path, name))


def _error(node: Node, schema: Schema, path: Path, keyword: str) -> Error:
    text = node.text if isinstance(node, Scalar) and node.kind == "string" else ""
    return Error(path, keyword, schema.value[keyword], text, id(schema.value), None)


def _all_of(node: Node, schema: Schema, path: Path) -> Iterator[Error]:
    for part in schema.value["allOf"]:
        yield from errors(node, Schema(schema.file, part), path)


def _if(node: Node, schema: Schema, path: Path) -> Iterator[Error]:
    if compiled(Schema(schema.file, schema.value["if"]))(node):
        yield from errors(node, Schema(schema.file, schema.value["then"]), path)


def _items(node: Node, schema: Schema, path: Path) -> Iterator[Error]:
    if isinstance(node, Sequence):
        part = Schema(schema.file, schema.value["items"])
        for index, item in enumerate(node.items):
            yield from errors(item, part, (*path, index))


def _properties(node: Node, schema: Schema, path: Path) -> Iterator[Error]:
    if isinstance(node, Mapping):
        for name, part in schema.value["properties"].items():
            if name in node.members:
                value = node.members[name][1]
                yield from errors(value, Schema(schema.file, part), (*path, name))


def _additional_properties(node: Node, schema: Schema, path: Path) -> Iterator[Error]:
    if not isinstance(node, Mapping):
        return
    known, part = schema.value.get("properties", ()), schema.value["additionalProperties"]
    others = [name for name in node.members if name not in known]
    if part is False and others:
        yield _error(node, schema, path, "additionalProperties")
    elif isinstance(part, dict):
        for name in others:
            value = node.members[name][1]
            yield from errors(value, Schema(schema.file, part), (*path, name))


def _property_names(node: Node, schema: Schema, path: Path) -> Iterator[Error]:
    if isinstance(node, Mapping):
        part = Schema(schema.file, schema.value["propertyNames"])
        for name in node.members:
            # To JSON it is a string, whatever it is to YAML.
            yield from errors(Scalar("string", 0, 0, name, plain=True), part, path)


def _dependencies(node: Node, schema: Schema, path: Path) -> Iterator[Error]:
    if isinstance(node, Mapping):
        for name, part in schema.value["dependencies"].items():
            if name in node.members:
                for error in errors(node, Schema(schema.file, part), path):
                    yield error._replace(dependency=name)


_WITH_PARTS: dict[str, Callable[[Node, Schema, Path], Iterator[Error]]] = {
    "additionalProperties": _additional_properties,
    "allOf": _all_of,
    "dependencies": _dependencies,
    "if": _if,
    "items": _items,
    "properties": _properties,
    "propertyNames": _property_names,
}
