"""The fixes of what the contract refuses."""

from __future__ import annotations

import re

from validator import schemas
from validator.contract import trigger_words
from validator.contract.compiler import compiled, matches
from validator.contract.formats import format_of
from validator.contract.location import Spot
from validator.contract.readiness import ready_command
from validator.contract.suggestion import (
    AsTrigger,
    Choose,
    Merge,
    MoveInto,
    MoveOut,
    OneScript,
    Remove,
    Rename,
    Suggestion,
    Unwrap,
)
from validator.contract.type_advice import (
    SCRIPTS,
    TRUTH,
    choices,
    in_brackets,
    item_of,
    listed_names,
)
from validator.editing import (
    edits,
    item_edits,
    list_conversion,
    moving,
    script_edits,
    script_merging,
)
from validator.editing.edits import Edits, fixes
from validator.finding import Fix
from validator.kinds import SECTIONS
from validator.likeness import Likeness
from validator.parsing.nodes import Mapping, Node, Scalar, Sequence
from validator.parsing.yaml import kind_of
from validator.schemas import Schema
from validator.wording import quoted


def unknown_field(name: str, suggestion: Suggestion, spot: Spot) -> tuple[Fix, ...]:
    """Rename a field to the one that was meant, or move it where it belongs."""
    assert isinstance(spot.node, Mapping)
    key, value = spot.node.members[name]
    if not spot.text:
        return ()
    if isinstance(suggestion, Remove):
        # Nothing may be left of the file, but not of an object in it.
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
        return _one_script(key, value, suggestion.field, spot.text)
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
    """Whether a field may have the value of a key; if not, the edits that make it so, if sure."""
    assert isinstance(spot.node, Mapping)
    value = spot.node.members[key.text][1]
    schema = schemas.child(spot.schemas[-1], field)
    parts = schemas.fields(spot.schemas[-1])
    if schema is None or compiled(Schema(spot.schemas[-1].file, parts[field]))(value):
        return schema is not None, None
    kinds = schema.value.get("type", ())
    expected = kinds if isinstance(kinds, str) else next((k for k in kinds if k != "null"), "")
    inner = Spot((*spot.path, field), value, spot.node, key, [*spot.schemas, schema], spot.text)
    made = wrong_type(expected, inner) if value.kind != expected else ()
    if not made and isinstance(value, Scalar) and "pattern" in schema.value:
        made = well_formed(inner)
    # What stands at an anchor elsewhere is not this field's alone.
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
        # It ran first, so it has to be put before the other one: next, that is.
        return ()
    title = f"Put it at the beginning of {quoted(into)}"
    return fixes(title, script_merging.merge(spot.node, name, into, spot.text), safe=False)


def _one_script(key: Scalar, value: Node, field: str, text: str) -> tuple[Fix, ...]:
    """Make one script of a list of commands, or of the one command in a mapping."""
    if isinstance(value, Sequence):
        made = script_edits.as_block(key, value, field, text)
        return fixes(f"Make it one script, {quoted(field)}", made, safe=False)
    found = script_edits.command_of(value)
    if found is None or not isinstance(value, Mapping):
        return ()
    title = f"Make the text of {quoted(found.key.text)} the {quoted(field)}"
    return fixes(title, script_edits.take_over(key, value, field, text), safe=False)


def missing_field(name: str, spot: Spot) -> tuple[Fix, ...]:
    """Give an item its reference as its name, until it has a better one, or a task a command."""
    if not spot.text or not spot.is_item or spot.key is None:
        return ()
    assert isinstance(spot.node, Mapping)
    if name == "command":
        return _empty_command(spot.node, spot.key, spot)
    if name != "name":
        return ()
    reference = spot.key.text
    if not re.fullmatch(r"[A-Za-z][\w-]*", reference) or kind_of(reference) != "string":
        return ()
    made = edits.insert_field(spot.node, spot.key, "name", reference, spot.text)
    return fixes(f"Name it {quoted(reference)}", made, safe=False)


def _empty_command(task: Mapping, above: Scalar, spot: Spot) -> tuple[Fix, ...]:
    """Give a task that only collects others a command that does nothing."""
    before = collected_by(task)
    if before is None:
        return ()
    made = edits.insert_field(task, above, "command", '"true"', spot.text, before)
    return fixes('Add `command: "true"`', made, safe=False)


def collected_by(task: Mapping) -> Scalar | None:
    """The key of the list of what a task depends on, None where it depends on nothing."""
    for name in ("dependsOn", "depends_on"):
        value = task.get(name)
        if isinstance(value, Sequence) and value.items:
            return task.members[name][0]
    return None


def _belonging_into(field: str, spot: Spot) -> list[Scalar]:
    """The keys beside a field that belong into it."""
    assert isinstance(spot.node, Mapping)
    here = schemas.fields(spot.schemas[-1])
    inner = schemas.child(spot.schemas[-1], field)
    there = schemas.fields(inner) if inner is not None else {}
    members = spot.node.members.items()
    return [key for name, (key, _) in members if name not in here and name in there]


def indented(below: list[tuple[Scalar, Node]], spot: Spot) -> tuple[Fix, ...]:
    """Indent the fields of an item that stand below its key, if any do."""
    if not below or (isinstance(spot.holder, Mapping) and spot.holder.flow):
        return ()
    first, last = below[0][0], below[-1]
    made = item_edits.indent(first.start, max(last[0].end, last[1].end), spot.text)
    return fixes("Indent them", made, safe=False)


def wrong_type(expected: str, spot: Spot) -> tuple[Fix, ...]:
    """Write a value so that YAML reads the type that belongs there."""
    node = spot.node
    if not spot.text:
        return ()
    make = _MADE_INTO.get(expected)
    made = make(spot) if make is not None else ()
    return made or (_scalar(expected, node, spot) if isinstance(node, Scalar) else ())


def _object(spot: Spot) -> tuple[Fix, ...]:
    """Give the tasks of a list references, or make an item of a command."""
    node = spot.node
    if isinstance(node, Sequence) and len(spot.path) == 1 and spot.path[0] in SECTIONS:
        what = SECTIONS[str(spot.path[0])]
        keyed = list_conversion.begin_with_references(node)
        title = "Remove the dashes" if keyed else f"Give each {what} a reference"
        return fixes(title, _items_as_mapping(node, spot), safe=False)
    item = item_of(node, spot)
    if item is None or not isinstance(spot.holder, Mapping) or spot.key is None:
        return ()
    made = item_edits.as_fields(spot.holder, spot.key, item.name, item.fields, spot.text)
    return fixes(f"Make it a {item.what} with this command", made, safe=False)


def _list(spot: Spot) -> tuple[Fix, ...]:
    """Make a list of a mapping's keys."""
    names = listed_names(spot.node, spot.schemas[-1])
    if not names or not isinstance(spot.node, Mapping) or spot.key is None:
        return ()
    made = item_edits.as_list(spot.node, names, spot.key, spot.text)
    return fixes(f"Write {in_brackets(names)}", made, safe=False)


def _text(spot: Spot) -> tuple[Fix, ...]:
    """Make one word of what stands for a trigger, and one script of what stands for it."""
    node, schema = spot.node, spot.schemas[-1].value
    if "enum" in schema:
        word = trigger_words.of_mapping(node, choices(schema["enum"]))
        if word is None or word.name is None:
            return ()
        made = item_edits.in_place_of(node, edits.as_word(word.name, spot.text), spot.text)
        return fixes(f"Write {quoted(word.name)}", made, safe=False)
    if spot.key is None:
        return ()
    asked = ready_command(node) if spot.key.text == "ready" else None
    if asked is not None:
        made = edits.set_value(spot.key, node, asked, spot.text)
        return fixes(f"Write {quoted(asked)}", made, safe=False)
    return _one_script(spot.key, node, spot.key.text, spot.text) if spot.key.text in SCRIPTS else ()


_MADE_INTO = {"array": _list, "object": _object, "string": _text}


def _scalar(expected: str, node: Scalar, spot: Spot) -> tuple[Fix, ...]:
    """Write a scalar of another type, with the same text."""
    schema = spot.schemas[-1].value
    if expected == "string" and "pattern" in schema and not matches(schema["pattern"], node.text):
        return well_formed(spot)
    if expected == "string" and "enum" not in schema:
        quoted_value = Scalar("string", node.start, node.end, node.text, plain=False)
        safe = compiled(spot.schemas[-1])(quoted_value)
        return fixes("Put it in quotes", edits.put_in_quotes(node), safe=safe)
    if expected == "array":
        if node.kind != "string":
            # No list has entries of another type.
            return ()
        made = edits.put_in_list(node, spot.text)
        return fixes("Make it a list", made, safe=_fits_as_list(node, spot.schemas[-1]))
    truth = TRUTH.get(node.text.lower())
    if expected == "boolean" and truth is not None and node.kind == "string":
        return fixes(f"Write {quoted(truth)}", edits.take_out_of_quotes(node, truth))
    return ()


def _fits_as_list(node: Scalar, schema: Schema) -> bool:
    """Whether the entries that a scalar becomes are such as the list may have."""
    item = schemas.child(schema, 0)
    return item is not None and all(
        compiled(item)(
            Scalar(kind_of(entry) if node.plain else "string", 0, 0, entry, plain=node.plain)
        )
        for entry in map(str.strip, node.text.split(","))
    )


def well_formed(spot: Spot) -> tuple[Fix, ...]:
    """Write a text in the form that it evidently was meant to have."""
    assert isinstance(spot.node, Scalar)
    meant = format_of(spot.schemas[-1].value["title"]).mend(spot.node.text.strip())
    near = Likeness() if meant is None else Likeness((meant,), slip=True)
    return replacements(spot.node, near, spot.text)


def replacements(node: Scalar, near: Likeness, text: str) -> tuple[Fix, ...]:
    """Write another word in the place of one: a fix for each that may be meant."""
    if not text:
        return ()
    made = [(word, edits.rename(node, word, text)) for word in near.names]
    return tuple(
        fix for word, each in made for fix in fixes(f"Write {quoted(word)}", each, safe=near.slip)
    )


def quotes(key: Scalar, text: str) -> tuple[Fix, ...]:
    """Put quotes around a key that YAML reads as something else."""
    return fixes("Put it in quotes", edits.put_in_quotes(key)) if text else ()


def _items_as_mapping(node: Sequence, spot: Spot) -> Edits | None:
    assert spot.key is not None
    # Its key may be a misspelt one.
    section, own = str(spot.path[0]), spot.key.text
    taken = set[str]()
    if isinstance(spot.holder, Mapping):
        others = [value for name, (_, value) in spot.holder.members.items() if name != own]
        taken.update(name for each in others if isinstance(each, Mapping) for name in each.members)
    return list_conversion.as_mapping(node, spot.key, SECTIONS[section], taken, spot.text)
