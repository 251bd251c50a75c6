"""Fields that are misspelt, misplaced or not part of the format."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from validator import schemas
from validator.contract.compiler import compiled
from validator.contract.location import Spot
from validator.contract.other_errors import OtherErrors
from validator.contract.rules import wrong_type
from validator.contract.rules.examples import GOOD
from validator.contract.rules.invalid_format import well_formed
from validator.contract.rules.other_format import unlike
from validator.contract.schema_errors import Error
from validator.contract.suggestion import (
    AsTrigger,
    Choose,
    InPlace,
    Merge,
    MoveInto,
    MoveOut,
    OneScript,
    Remove,
    Rename,
    Suggestion,
    Unlike,
    Unwrap,
)
from validator.contract.unknown_fields import suggest
from validator.editing import edits, item_edits, moving, script_merging
from validator.editing.edits import Edits, fixes
from validator.finding import Fix, Problem, Severity
from validator.parsing.nodes import Mapping, Scalar, pointer
from validator.rule import SDK, Rule
from validator.schemas import Schema
from validator.wording import quoted


def explain(_error: Error, spot: Spot, others: OtherErrors) -> Iterator[Problem]:
    assert isinstance(spot.node, Mapping)
    valid = schemas.fields(spot.schemas[-1])
    present = valid.keys() & spot.node.members.keys()
    unknown = [
        name
        for name in spot.node.members
        if name not in valid and (*spot.path, name) not in others.explained
    ]
    nearest = partial(others.nearest_field, unknown)
    made = []
    for name in unknown:
        value = spot.node.members[name][1]
        suggestion = suggest(name, present, spot.schemas, value, nearest)
        others.add(suggestion, spot)
        if isinstance(suggestion, InPlace):
            present.add(suggestion.field)
        made.append((name, suggestion))
    nothing = all(isinstance(each, Unlike) for _, each in made)
    if nothing and len(made) > 1 and not spot.path and not present and others.is_file:
        yield unlike(spot.node)
        return
    renamed = {each.field for _, each in made if isinstance(each, InPlace)}
    for name, suggestion in made:
        message = f"{quoted(name)} is not a field of {spot.type_name}; {suggestion.advice}"
        fixes = _fixes(name, suggestion, spot)
        if isinstance(suggestion, MoveInto) and suggestion.into in renamed:
            # It is there under another name: creating it would duplicate it.
            fixes = ()
        key, at = spot.node.members[name][0], pointer((*spot.path, name))
        yield Problem("unknown-field", message, key.span, at, fixes=fixes)


def _fixes(name: str, suggestion: Suggestion, spot: Spot) -> tuple[Fix, ...]:
    """Rename a field to the one that was meant, or move it where it belongs."""
    assert isinstance(spot.node, Mapping)
    key, value = spot.node.members[name]
    if not spot.text:
        return ()
    if isinstance(suggestion, Remove):
        # The file may become empty by this, but an object in it may not.
        made = edits.remove_field(spot.node, name, spot.text, only=not spot.path)
        return fixes(f"Remove {quoted(name)}", made, safe=False)
    if isinstance(suggestion, AsTrigger):
        field, trigger = suggestion.field, suggestion.trigger
        made = item_edits.triggered_by(key, value, field, trigger, spot.text)
        return fixes(f"Write {quoted(f'{field}: [{trigger}]')}", made, safe=False)
    if isinstance(suggestion, MoveOut) and spot.is_item and spot.key is not None:
        made = item_edits.one_level_up(spot.node, key, value, spot.key, spot.text)
        return fixes("Move it one level up", made, safe=False)
    if isinstance(suggestion, Unwrap) and isinstance(value, Mapping):
        made = item_edits.unwrap(key, value, spot.text)
        return fixes(f"Put what is in {quoted(name)} in its place", made, safe=False)
    if isinstance(suggestion, Rename | Choose):
        return _renamed(key, suggestion, spot)
    if isinstance(suggestion, MoveInto):
        return _moved(name, suggestion, spot)
    if isinstance(suggestion, OneScript):
        return wrong_type.one_script(key, value, suggestion.field, spot.text)
    if isinstance(suggestion, Merge):
        return _merged(name, suggestion.field, spot)
    return ()


def _renamed(key: Scalar, suggestion: Rename | Choose, spot: Spot) -> tuple[Fix, ...]:
    if isinstance(suggestion, Choose):
        made = [(name, edits.rename(key, name, spot.text)) for name in suggestion.fields]
        titled = [fixes(f"Rename it to {quoted(name)}", each, safe=False) for name, each in made]
        return tuple(fix for each in titled for fix in each)
    field = suggestion.field
    title = f"Rename it to {quoted(field)}"
    renaming = edits.rename(key, field, spot.text)
    if not renaming or not suggestion.sure:
        return fixes(title, renaming, safe=False)
    fits, change = _fit(key, spot, field)
    if change is not None:
        return fixes(f"{title}, and fix its value", (*renaming, *change))
    return fixes(title, renaming, safe=fits)


def _fit(key: Scalar, spot: Spot, field: str) -> tuple[bool, Edits | None]:
    """Whether a field allows the value of a key; if not, the edits to fix it, if certain."""
    assert isinstance(spot.node, Mapping)
    value = spot.node.members[key.text][1]
    schema = schemas.child(spot.schemas[-1], field)
    parts = schemas.fields(spot.schemas[-1])
    if schema is None or compiled(Schema(spot.schemas[-1].file, parts[field]))(value):
        return schema is not None, None
    kinds = schema.value.get("type", ())
    expected = kinds if isinstance(kinds, str) else next((k for k in kinds if k != "null"), "")
    inner = Spot((*spot.path, field), value, spot.node, key, [*spot.schemas, schema], spot.text)
    made = wrong_type.fixes_of(expected, inner) if value.kind != expected else ()
    if not made and isinstance(value, Scalar) and "pattern" in schema.value:
        made = well_formed(inner)
    # An anchored value is also used elsewhere.
    if not made or not made[0].safe or value.anchored:
        return False, None
    return True, made[0].edits


def _moved(name: str, suggestion: MoveInto, spot: Spot) -> tuple[Fix, ...]:
    assert isinstance(spot.node, Mapping)
    into = suggestion.into
    beside = _belonging_into(into, spot)
    made = moving.move_into(
        spot.node, name, into, suggestion.field, beside, spot.text, suggestion.value
    )
    if suggestion.value is not None:
        title = f"Write {quoted(f'{suggestion.field}: {suggestion.value}')} into {quoted(into)}"
        return fixes(title, made, safe=False)
    inner = schemas.child(spot.schemas[-1], into)
    field = inner and schemas.child(inner, suggestion.field)
    safe = field is not None and compiled(field)(spot.node.members[name][1])
    return fixes(f"Move it into {quoted(into)}", made, safe=safe)


def _merged(name: str, into: str, spot: Spot) -> tuple[Fix, ...]:
    assert isinstance(spot.node, Mapping)
    if name == "before" and "init" in spot.node.members:
        # `before` ran first: it has to be merged after `init` is.
        return ()
    title = f"Put it at the beginning of {quoted(into)}"
    return fixes(title, script_merging.merge(spot.node, name, into, spot.text), safe=False)


def _belonging_into(field: str, spot: Spot) -> list[Scalar]:
    """The keys next to a field that belong into it."""
    assert isinstance(spot.node, Mapping)
    here = schemas.fields(spot.schemas[-1])
    inner = schemas.child(spot.schemas[-1], field)
    there = schemas.fields(inner) if inner is not None else {}
    members = spot.node.members.items()
    return [key for name, (key, _) in members if name not in here and name in there]


RULES = (
    Rule(
        name="unknown-field",
        severity=Severity.ERROR,
        group="structure",
        summary="A field is misspelt, misplaced or not part of the format",
        why="One typo in the name of a field makes the platform reject the whole file. This is "
        "the most common reason why a public automations file does not load: `triggers` for "
        "`triggeredBy`, `ready` next to `commands`, the `init` and `before` of the older "
        "`.gitpod.yml`.",
        source=SDK,
        bad=GOOD.replace("triggeredBy", "triggers"),
        good=GOOD,
        fixable=True,
    ),
)
