"""Suggest what to do with fields of other formats in the files that people write."""

from __future__ import annotations

import re
from functools import cache

from validator import schemas
from validator.contract import other_formats
from validator.contract.choices import choices
from validator.contract.other_formats import Foreign, folded
from validator.contract.spelling import camel_case
from validator.contract.suggestion import Advice, AsTrigger, Remove, Rename, Suggestion, Unwrap
from validator.contract.type_advice import TRUTH
from validator.kinds import SECTIONS, WORKFLOW_FILE
from validator.parsing.nodes import Mapping, Node, Scalar, Sequence
from validator.schemas import Schema
from validator.wording import did_you_mean, listed, quoted

_PORT = r"(?:\d+:)?([1-9]\d{0,4})"

# Fields of a task in any format, and of a service.
_OF_A_TASK = {"cmd", "command", "exec", "run", "script"}
_OF_A_SERVICE = {"commands", "start"}


def suggest(
    name: str, meant: str, value: Node, here: list[Schema], free: list[str]
) -> Suggestion | None:
    """What to do with a field of another format; None for one that no format has.

    `meant` is the equivalent field, `name` itself if it is no synonym; `here` are the schemas from
    the document's root to the object, `free` the fields that the object does not have yet.
    """
    if here == [_of_workflows()]:
        of_the_api = other_formats.WORKFLOW_FIELDS.get(folded(name))
        return _wrapper(value, free) if of_the_api is None else _about(of_the_api)
    if here[0] != _of_files():
        return None
    if len(here) == 1:
        return _at_the_top(name, value)
    if not _is_item(here):
        return None
    if camel_case(meant) == "dependsOn":
        return Remove("a service waits in its `start`, or a task depends on the other service")
    if meant == "ready" and "commands" not in schemas.fields(here[-1]):
        return Remove("only a service has it, so remove it")
    trigger = _trigger(name, value, free)
    if trigger is not None:
        return trigger
    field = other_formats.ITEM_FIELDS.get(folded(name))
    if field is None:
        return None
    port = _port(value) if field.advice == other_formats.PORTS else None
    advice = field.advice.replace("3000", port) if port else field.advice
    return _about(field._replace(advice=advice))


@cache
def _of_files() -> Schema:
    """The schema of an automations file."""
    return schemas.target(schemas.of_kind("automations-file"))


@cache
def _of_workflows() -> Schema:
    """The schema of a file of an AI automation."""
    return schemas.target(schemas.of_kind(WORKFLOW_FILE))


@cache
def _triggers() -> frozenset[str]:
    return frozenset(
        choices(schemas.at("automations-file.schema.json", "/definitions/trigger").value["enum"])
    )


def _is_item(here: list[Schema]) -> bool:
    """Whether the last of some schemas is that of a task or a service."""
    return len(here) == 3 and "propertyNames" in here[1].value


def _at_the_top(name: str, value: Node) -> Suggestion | None:
    if name[:2] == "x-" or name[:1] == ".":
        # Such a name is used for shared values that other entries include.
        what = "anchor" if value.anchored else "shared value"
        return Advice(
            f"there is no place for it here: put the {what} at the first item that uses it"
        )
    wrapper = _wrapper(value, list(SECTIONS))
    if wrapper is not None:
        return wrapper
    field = other_formats.TOP_FIELDS.get(name)
    return None if field is None else _about(field)


def _wrapper(value: Node, fields: list[str]) -> Suggestion | None:
    """What to do with a field that contains fields of the top level; None if it has none."""
    inside = list(value.members) if isinstance(value, Mapping) else []
    if not any(each in fields for each in inside):
        return None
    what = f"{listed(inside, 'and')} {'belongs' if len(inside) == 1 else 'belong'}"
    return Unwrap(f"{what} at the top level, without it", tuple(inside))


def _about(field: Foreign) -> Suggestion:
    return Remove(field.advice) if field.can_go else Advice(field.advice)


def _port(value: Node) -> str | None:
    """The number of a port, or of the first of several."""
    if isinstance(value, Sequence) and value.items:
        return _port(value.items[0])
    if isinstance(value, Mapping):
        inner = value.get("port")
        return None if inner is None else _port(inner)
    found = re.fullmatch(_PORT, value.text) if isinstance(value, Scalar) else None
    return found[1] if found else None


def _trigger(name: str, value: Node, free: list[str]) -> Suggestion | None:
    """What to do with a field that has the name of a trigger."""
    trigger = camel_case(name)
    if trigger not in _triggers():
        return None
    truth = TRUTH.get(value.text.lower()) if isinstance(value, Scalar) else None
    if truth == "false":
        return Remove("an item has only the triggers that it lists, so remove it")
    written = quoted(f"triggeredBy: [{trigger}]")
    empty = value.kind == "null" or (isinstance(value, Mapping) and not value.members)
    if truth != "true" and not empty:
        return Advice(f"it is a trigger: put this into a task of its own with {written}")
    if "triggeredBy" not in free:
        return Advice(f"it is a trigger: add it to {quoted('triggeredBy')}")
    return AsTrigger(f"write {written}", "triggeredBy", trigger)


def section(name: str, value: Node, here: list[Schema], free: list[str]) -> Suggestion | None:
    """What to do with a top-level field whose entries look like tasks or services."""
    if len(here) > 1 or here[0] != _of_files():
        return None
    if value.kind == "null" or not entries(value):
        empty = value.kind in ("null", "array", "object")
        return Remove("it is empty, so remove it") if empty else None
    meant = _section_of(name, entries(value))
    if meant is None:
        return None
    if meant in free:
        return Rename(did_you_mean([meant]), meant, sure=False)
    return Advice(f"its entries look like {meant}, so move them into {quoted(meant)}")


def entries(value: Node) -> list[Node]:
    """The entries of a list, or the values of a mapping; none for a scalar."""
    if isinstance(value, Mapping):
        return [each for _, each in value.members.values()]
    return value.items if isinstance(value, Sequence) else []


def _section_of(name: str, found: list[Node]) -> str | None:
    if folded(name) in other_formats.COLLECTIONS and all(
        isinstance(each, Scalar) and each.kind == "string" for each in found
    ):
        return "tasks"
    fields = [set(each.members) for each in found if isinstance(each, Mapping)]
    if len(fields) < len(found) or any(each & set(other_formats.STEPS) for each in fields):
        return None
    if all(each & _OF_A_TASK for each in fields):
        return "tasks"
    return "services" if all(each & _OF_A_SERVICE for each in fields) else None
