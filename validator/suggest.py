"""What an unknown field was meant to be, and where it belongs."""

from __future__ import annotations

from typing import NamedTuple

from validator import schemas
from validator.schemas import Schema
from validator.spelling import camel_case, one_spelling, snake_case
from validator.wording import closest, listed, quoted

# What authors write, after the words of other formats, and the field that says it here.
_SYNONYMS = {
    "after": "dependsOn",
    "cmd": "command",
    "dependencies": "dependsOn",
    "depends": "dependsOn",
    "desc": "description",
    "events": "triggeredBy",
    "exec": "command",
    "healthcheck": "ready",
    "label": "name",
    "needs": "dependsOn",
    "on": "triggeredBy",
    "requires": "dependsOn",
    "run": "command",
    "script": "command",
    "timeout": "readinessTimeout",
    "title": "name",
    "trigger": "triggeredBy",
    "triggers": "triggeredBy",
    "when": "triggeredBy",
}

# What runs: a task's command, and what a service's commands begin with.
_RUN = ("command", "start")

# In the older `.gitpod.yml` a task had several commands, run one after another.
_OLDER_COMMANDS = ("before", "init")


class Suggestion(NamedTuple):
    """Advice on an unknown field.

    `rename` is the field that was meant, `sure` tells that it is known to be; `into` is the field
    beside it that it belongs into; `up` tells whether it belongs into the object around, and
    `merge` whether it belongs at the beginning of what `rename` has already.
    """

    advice: str
    rename: str | None = None
    into: str | None = None
    up: bool = False
    sure: bool = False
    merge: bool = False


def suggest(name: str, present: set[str], here: list[Schema], inside: set[str]) -> Suggestion:
    """What to do about a field that an object can't have.

    `present` are the valid fields that the object has, `here` the schemas of the objects from the
    document's root to this one, `inside` the fields of the unknown field's own value.
    """
    schema = here[-1]
    valid = schemas.fields(schema)
    current = [field for field, value in valid.items() if not value.get("deprecated")]
    canonical = one_spelling(current, [name, *present.intersection(current)])
    taken = set(map(camel_case, present))
    free = [field for field in canonical if camel_case(field) not in taken]
    meant = _meant(name, canonical)
    if meant in free:
        return Suggestion(f"did you mean {quoted(meant)}?", rename=meant, sure=meant != name)
    if meant in valid and meant not in free:
        return Suggestion(f"{quoted(meant)} is there already; remove this one")
    if name in _OLDER_COMMANDS and "command" in valid:
        return Suggestion(
            "that is the older `.gitpod.yml` form: put it at the beginning of `command`, "
            "or into a task of its own that this one depends on",
            rename="command",
            merge=True,
        )
    inner = _inner_field(meant, schema, canonical)
    if inner is not None:
        return inner
    if len(here) > 1 and meant in schemas.fields(here[-2]):
        return Suggestion("move it one level up", up=True)
    near = closest(name, canonical)
    if near is not None and near not in free:
        return Suggestion(f"did you mean {quoted(near)}, which is there already?")
    if near is not None:
        return Suggestion(f"did you mean {quoted(near)}?", rename=near)
    item = _item(inside, here)
    # A name that begins with `x-` is a place for anchors in other formats.
    if item is not None and not name.startswith("x-"):
        return item
    return _elsewhere(meant, here, canonical)


def _elsewhere(name: str, here: list[Schema], canonical: list[str]) -> Suggestion:
    """The advice for a field that is like none here: where else it belongs, or what is expected."""
    owners = _owners(name, here)
    if len(owners) == 1 and len(here) > 1:
        return Suggestion(f"only {owners[0]} has it, so remove it")
    if owners:
        return Suggestion(f"it belongs to {' or '.join(owners)}")
    beside = _inner_field(name, here[-2], list(schemas.fields(here[-2]))) if here[1:] else None
    if beside is not None:
        return Suggestion(f"{beside.advice}, beside this object")
    if not canonical:
        return Suggestion("it has none, so remove this one")
    if len(canonical) == 1 and _has_entries_with(name, here[-1], canonical[0]):
        return Suggestion(f"move it into an entry of {quoted(canonical[0])}")
    return Suggestion(f"expected {listed(canonical)}")


def _meant(name: str, canonical: list[str]) -> str:
    """The field that a name stands for in other formats; the name itself where it is no synonym."""
    meant = _SYNONYMS.get(name.lower(), name)
    if snake_case(meant) in canonical:
        return snake_case(meant)
    if meant in _RUN and meant not in canonical:
        return next((field for field in _RUN if field in canonical), meant)
    return meant


def _inner_field(name: str, schema: Schema, canonical: list[str]) -> Suggestion | None:
    """The advice for a field that belongs into an object beside it."""
    for field in canonical:
        inner = schemas.child(schema, field)
        if inner is None:
            continue
        if name in schemas.fields(inner):
            return Suggestion(f"move it into `{field}`", into=field)
        if field == "commands" and name == "command":
            return Suggestion("write it as `start` into `commands`", rename="start", into=field)
    return None


def _has_entries_with(name: str, schema: Schema, field: str) -> bool:
    """Whether a field is a list of objects that have a field of this name."""
    entries = schemas.child(schema, field)
    entry = entries and schemas.child(entries, 0)
    return entry is not None and name in schemas.fields(entry)


def _item(inside: set[str], here: list[Schema]) -> Suggestion | None:
    """The advice for what is a task or a service by its fields, and stands elsewhere."""
    for section in schemas.fields(here[0]):
        holder = schemas.child(here[0], section)
        item = holder and schemas.child(holder, "")
        if item is None or not inside or not inside <= schemas.fields(item).keys():
            continue
        what = item.value["title"].lower()
        if len(here) == 1:
            return Suggestion(f"it looks like a {what}, so put it under `{section}`")
        if len(here) > 2 and here[1] == holder:
            return Suggestion(f"it looks like a {what} of its own, so move it one level up")
    return None


def _owners(name: str, here: list[Schema]) -> list[str]:
    """The kinds of items that have this field, other than this one."""
    found = []
    for section in sorted(schemas.fields(here[0]), reverse=True):
        holder = schemas.child(here[0], section)
        item = holder and schemas.child(holder, "")
        if item is not None and name in schemas.fields(item) and item != here[-1]:
            found.append(f"a {item.value['title'].lower()}")
    return found
