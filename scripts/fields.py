"""Describe the fields of a schema for pages: type, limits, default and example."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import yaml

from validator import schemas
from validator.contract.spelling import snake_case
from validator.schemas import Schema

# The names of types, by their place in a schema.
_TYPES = {
    "automations-file.schema.json#/definitions/reference": "reference",
    "automations-file.schema.json#/definitions/service/properties/readinessTimeout": "duration",
    "common.schema.json#/definitions/logUrl": "URL, or empty",
    "common.schema.json#/definitions/reference": "reference",
    "common.schema.json#/definitions/subject/properties/id": "UUID, or empty",
    "common.schema.json#/definitions/timestamp": "timestamp",
    "workflow-file.schema.json#/definitions/maxTime": "duration",
    "workflow-file.schema.json#/definitions/optionalUuid": "UUID, or empty",
    "common.schema.json#/definitions/uint64": "64-bit number",
    "common.schema.json#/definitions/uuid": "UUID",
}

_WITHOUT_LIMIT = 2**31 - 1
_LONGEST_EXAMPLE = 60

Link = Callable[[Schema], "str | None"]
"""From a schema to a link to where it is described; None if it is described in place."""


def names(schema: Schema) -> list[str]:
    """The fields of an object, in the API's spelling."""
    return [name for name in schemas.fields(schema) if "_" not in name]


def field(schema: Schema, name: str) -> Schema:
    """The schema of a field of an object."""
    inside = schemas.target(schema)
    return Schema(inside.file, schemas.fields(inside)[name])


def other_spelling(schema: Schema, name: str) -> str:
    """The SDK's spelling of a field of an object; "" if there is only one."""
    other = snake_case(name)
    return other if other != name and other in schemas.fields(schema) else ""


def description(schema: Schema) -> str:
    """The description of a field."""
    return str(_first(schema, "description"))


def default(schema: Schema) -> str:
    """The value that a missing field has, as YAML; "" if the schema names none."""
    return next((flow(each.value["default"]) for each in _having(schema, "default")), "")


def example(schema: Schema) -> Any:
    """The first example of a value."""
    return _first(schema, "examples")[0]


def short_example(schema: Schema) -> str:
    """The first example as YAML on one line; "" if it is long, or an object."""
    value = example(schema)
    shown = flow(value)
    return "" if isinstance(value, dict) or len(shown) > _LONGEST_EXAMPLE else shown


def flow(value: Any) -> str:
    """A value as YAML on one line."""
    text = yaml.safe_dump(value, default_flow_style=True, width=10_000, allow_unicode=True)
    return text.removesuffix("\n").removesuffix("\n...").strip()


def block(value: Any) -> str:
    """A value as YAML on several lines, its lists of simple values on one line each."""
    return yaml.dump(value, Dumper=_Dumper, sort_keys=False, width=10_000, allow_unicode=True)


def cell(code: str) -> str:
    """Code in a cell of a table; "" for no code."""
    escaped = code.replace("|", "\\|")
    return f"`{escaped}`" if code else ""


def type_of(schema: Schema, link: Link) -> str:
    """The type of a field, and its limits."""
    file, value = schemas.target(schema)
    linked = link(schema)
    if linked:
        return linked
    for place, said in _TYPES.items():
        if value is schemas.target(Schema("", {"$ref": place})).value:
            return said
    if "enum" in value:
        return _choices([each for each in value["enum"] if each is not None])
    kinds = value["type"] if isinstance(value["type"], list) else [value["type"]]
    kind = str(next(each for each in kinds if each != "null"))
    if kind == "array":
        entry = type_of(Schema(file, value["items"]), link)
        return f"list of {_plural(entry)}{_count(value)}"
    if kind == "integer" and value["maximum"] < _WITHOUT_LIMIT:
        return f"integer, {value['minimum']} to {value['maximum']}"
    if kind == "object" and isinstance(value.get("additionalProperties"), dict):
        values = type_of(Schema(file, value["additionalProperties"]), link)
        keys = "references" if "$ref" in value.get("propertyNames", {}) else "names"
        return f"mapping of {keys} to {_plural(values)}"
    return kind + _limits(value)


class _Dumper(yaml.SafeDumper):
    """Writes lists of simple values on one line."""


def _list(dumper: _Dumper, value: list[Any]) -> yaml.Node:
    is_simple = not any(isinstance(each, (dict, list)) for each in value)
    return dumper.represent_sequence("tag:yaml.org,2002:seq", value, flow_style=is_simple)


_Dumper.add_representer(list, _list)


def _first(schema: Schema, keyword: str) -> Any:
    return _having(schema, keyword)[0].value[keyword]


def _having(schema: Schema, keyword: str) -> list[Schema]:
    return [each for each in schemas.chain(schema) if keyword in each.value]


def _plural(entry: str) -> str:
    """The type of several values, from that of one, with its limits in brackets."""
    noun, _, limits = entry.partition(", ")
    if noun in ("UUID", "object", "string"):
        return f"{noun}s ({limits})" if limits else f"{noun}s"
    # A link whose text is a noun, not the name of a model.
    return f"{entry}s" if entry[0] == "[" and entry[1].islower() else entry


def _choices(names: list[str]) -> str:
    prefix = names[0].removesuffix("UNSPECIFIED")
    if prefix == names[0]:
        return ", ".join(f"`{name}`" if name else "empty" for name in names)
    endings = ", ".join(f"`{name.removeprefix(prefix)}`" for name in names)
    return f"`{prefix}` with {endings}"


def _count(value: dict[str, Any]) -> str:
    least, most = value.get("minItems", 0), value.get("maxItems")
    if most is None:
        return ", not empty" if least else ""
    return f", {least} to {most}"


def _limits(value: dict[str, Any]) -> str:
    least, most = value.get("minLength", 0), value.get("maxLength")
    if most is not None:
        return f", {least} to {most:,} characters"
    return ", not empty" if least else ""
