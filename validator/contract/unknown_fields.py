"""Infer what an unknown field was meant to be, and where it belongs."""

from __future__ import annotations

from collections.abc import Callable, Collection, Container

from validator import schemas
from validator.contract import foreign_fields, other_formats
from validator.contract.other_formats import folded
from validator.contract.readiness import ready_command
from validator.contract.spelling import camel_case, one_spelling, snake_case
from validator.contract.suggestion import (
    Advice,
    Choose,
    Merge,
    MoveInto,
    MoveOut,
    MoveUp,
    OneScript,
    Remove,
    Rename,
    Suggestion,
    Unlike,
)
from validator.contract.type_advice import script_advice
from validator.kinds import is_written
from validator.likeness import Likeness
from validator.parsing.nodes import Mapping, Node, Scalar
from validator.schemas import Schema
from validator.wording import did_you_mean, listed, quoted, with_article

# The script to run: a task's command, and the first of a service's commands.
_RUN = ("command", "start")

# In the older `.gitpod.yml` a task had several commands, run one after another.
_OLDER_COMMANDS = ("before", "init")


Nearest = Callable[[str, list[str]], Likeness]
"""Find the names, among the given ones, that an unknown name most likely means."""


def suggest(
    name: str, present: set[str], here: list[Schema], value: Node, nearest: Nearest
) -> Suggestion:
    """What to do with a field that an object can't have.

    `present` are the valid fields of the object, `here` the schemas of the objects from the
    document's root to this one, `value` is the value of the unknown field.
    """
    schema = here[-1]
    valid = schemas.fields(schema)
    current = [field for field, part in valid.items() if not part.get("deprecated")]
    # A file has one spelling, and the API two.
    written = is_written(here[0].file.removesuffix(".schema.json"))
    canonical = one_spelling(current, [] if written else [name, *present.intersection(current)])
    taken = {camel_case(field): field for field in present}
    free = [field for field in canonical if camel_case(field) not in taken]
    meant = _meant(name, canonical)
    if meant in free:
        sure = folded(name) not in other_formats.DOUBTFUL
        return Rename(did_you_mean([meant]), meant, sure)
    if meant in valid and meant not in free:
        return Advice(f"{quoted(meant)} already exists; remove this one")
    foreign = foreign_fields.suggest(name, meant, value, here, free)
    if foreign is not None:
        return foreign
    script = _into_command(name, value, valid, free)
    if script is not None:
        return script
    inner = _inner_field(meant, schema, [taken.get(field, field) for field in canonical])
    if inner is not None:
        return _into_inner(inner, value)
    if len(here) > 1 and meant in schemas.fields(here[-2]):
        return MoveUp("move it one level up", meant)
    near = nearest(name, canonical)
    # What a field contains says more of it than its name, unless that is a mere slip.
    into = None if near.slip else _into_object(name, value, schema, free)
    if into is not None:
        return into
    if near.names:
        return _near(near, free)
    inside = set(value.members) if isinstance(value, Mapping) else set[str]()
    item = _item(inside, here) or foreign_fields.section(name, value, here, free)
    if item is not None:
        return item
    return _elsewhere(name, meant, here, canonical)


def _into_command(
    name: str, value: Node, valid: Container[str], free: Container[str]
) -> Suggestion | None:
    """The advice for a field of the older form whose script belongs into `command`."""
    if name in _OLDER_COMMANDS and "command" in valid:
        if not isinstance(value, Scalar) or value.kind != "string":
            return Remove("that is the older `.gitpod.yml` form; remove it")
        return Merge(
            "that is the older `.gitpod.yml` form: put it at the beginning of `command`, "
            "or into a task of its own that this one depends on",
            "command",
        )
    if name == "commands" and "command" in free and not isinstance(value, Scalar):
        advice = script_advice("command", value) or "write one `command` instead"
        return OneScript(advice, "command")
    return None


def _into_object(name: str, value: Node, schema: Schema, free: list[str]) -> Suggestion | None:
    """The object among the free fields that a field with another name was meant to be, or part of.

    Such as `time` for a mapping with `cronExpression`, and for a `schedule`, which is one.
    """
    if isinstance(value, Mapping):
        objects = {field: _fields_in(schema, field) for field in free}
        holding = [field for field, inner in objects.items() if _are_among(value.members, inner)]
        if len(holding) == 1:
            return Rename(did_you_mean(holding), holding[0], sure=False)
        return None
    meant = other_formats.WORKFLOW_SYNONYMS.get(folded(name))
    inner = None if meant is None else _inner_field(meant, schema, free)
    if inner is None:
        return None
    return inner._replace(advice=f"write it as {quoted(inner.field)} into {quoted(inner.into)}")


def _fields_in(schema: Schema, field: str) -> Container[str]:
    inner = schemas.child(schema, field)
    return schemas.fields(inner) if inner is not None else ()


def _are_among(names: Collection[str], fields: Container[str]) -> bool:
    """Whether all names, of which there are some, are fields or synonyms of theirs."""
    synonyms = other_formats.WORKFLOW_SYNONYMS
    return bool(names) and all(
        each in fields or synonyms.get(folded(each), "") in fields for each in names
    )


def _into_inner(inner: MoveInto, value: Node) -> Suggestion:
    """The advice for a field that belongs into a mapping beside it, given its value."""
    asked = ready_command(value) if inner.field == "ready" else None
    if asked is not None:
        advice = f"write {quoted(f'ready: {asked}')} into {quoted(inner.into)}: it is a command"
        return inner._replace(advice=advice, value=asked)
    if isinstance(value, Scalar) or inner.field not in ("start", "ready", "stop"):
        return inner
    return Advice(f"write a command as {quoted(inner.field)} into {quoted(inner.into)}")


def _near(near: Likeness, free: list[str]) -> Suggestion:
    """The suggestion for a field similar to others; `free` are those not present yet."""
    names = tuple(each for each in near.names if each in free)
    if not names:
        return Advice(f"did you mean {listed(list(near.names))}, which already exists?")
    advice = did_you_mean(names)
    if len(names) > 1:
        return Choose(advice, names)
    return Rename(advice, names[0], sure=near.slip)


def _elsewhere(name: str, meant: str, here: list[Schema], canonical: list[str]) -> Suggestion:
    """The suggestion for a field unlike any here: where it belongs, or what is expected."""
    owners = _owners(meant, here)
    if len(owners) == 1 and len(here) > 1:
        it = "it" if name == meant else f"the like, {quoted(meant)}"
        return Remove(f"only {owners[0]} has {it}; remove this one")
    if owners:
        return Advice(f"it belongs to {' or '.join(owners)}")
    beside = _inner_field(meant, here[-2], list(schemas.fields(here[-2]))) if here[1:] else None
    if beside is not None:
        return Advice(f"{beside.advice}, next to this object")
    if not canonical:
        return Remove("it has none, so remove this one")
    if len(canonical) == 1 and _has_entries_with(meant, here[-1], canonical[0]):
        return Advice(f"move it into an entry of {quoted(canonical[0])}")
    return Unlike(f"expected {listed(canonical)}")


def _meant(name: str, canonical: list[str]) -> str:
    """The equivalent of a name of other formats; the name itself if it is no synonym."""
    word = folded(name)
    meant = other_formats.SYNONYMS.get(word, name)
    of_workflows = other_formats.WORKFLOW_SYNONYMS.get(word)
    if of_workflows is not None and meant not in canonical:
        # In the other spelling, if the object has that.
        meant = of_workflows if of_workflows in canonical else snake_case(of_workflows)
        meant = meant if meant in canonical else other_formats.SYNONYMS.get(word, name)
    if snake_case(meant) in canonical:
        return snake_case(meant)
    if meant in _RUN and meant not in canonical:
        return next((field for field in _RUN if field in canonical), meant)
    return meant


def _inner_field(name: str, schema: Schema, canonical: list[str]) -> MoveInto | None:
    """The suggestion for a field that belongs into an adjacent object."""
    for field in canonical:
        inner = schemas.child(schema, field)
        if inner is None:
            continue
        if name in schemas.fields(inner):
            return MoveInto(f"move it into `{field}`", field, name)
        if field == "commands" and name == "command":
            return MoveInto("write it as `start` into `commands`", field, "start")
    return None


def _has_entries_with(name: str, schema: Schema, field: str) -> bool:
    """Whether a field is a list of objects that have a field of this name."""
    entries = schemas.child(schema, field)
    entry = entries and schemas.child(entries, 0)
    return entry is not None and name in schemas.fields(entry)


def _item(inside: set[str], here: list[Schema]) -> Advice | MoveOut | None:
    """The suggestion for a misplaced object with the fields of a task or a service."""
    for section in schemas.fields(here[0]):
        holder = schemas.child(here[0], section)
        item = holder and schemas.child(holder, "")
        if item is None or not inside or not inside <= schemas.fields(item).keys():
            continue
        what = item.value["title"].lower()
        if len(here) == 1:
            return Advice(f"it looks like a {what}, so put it under `{section}`")
        if len(here) > 2 and here[1] == holder:
            return MoveOut(f"it looks like a {what} of its own, so move it one level up")
    return None


def _owners(name: str, here: list[Schema]) -> list[str]:
    """The kinds of items, other than this one, that have this field."""
    found = []
    for section in sorted(schemas.fields(here[0]), reverse=True):
        holder = schemas.child(here[0], section)
        item = holder and schemas.child(holder, "")
        if item is not None and name in schemas.fields(item) and item != here[-1]:
            found.append(with_article(item.value["title"].lower()))
    return found
