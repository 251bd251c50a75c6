"""Values of another type than the field has."""

from __future__ import annotations

from collections.abc import Iterator

from validator import schemas
from validator.contract import trigger_words
from validator.contract.choices import choices
from validator.contract.compiler import compiled, matches
from validator.contract.location import Spot, kind_name, opening, value_name
from validator.contract.other_errors import OtherErrors
from validator.contract.readiness import ready_command
from validator.contract.rules import empty_value
from validator.contract.rules.examples import GOOD
from validator.contract.rules.invalid_format import well_formed
from validator.contract.schema_errors import Error
from validator.contract.type_advice import (
    SCRIPTS,
    TRUTH,
    in_brackets,
    inner_field,
    item_of,
    listed_names,
    type_advice,
)
from validator.editing import edits, item_edits, list_conversion, script_edits
from validator.editing.edits import Edits, fixes
from validator.finding import Fix, Problem, Severity
from validator.kinds import SECTIONS
from validator.parsing.nodes import Mapping, Node, Scalar, Sequence, pointer
from validator.parsing.yaml import kind_of
from validator.rule import SDK, Rule
from validator.schemas import Schema
from validator.wording import quoted


def explain(error: Error, spot: Spot, others: OtherErrors) -> Iterator[Problem]:
    node = spot.node
    expected = error.value
    kinds = [expected] if isinstance(expected, str) else [k for k in expected if k != "null"]
    at = pointer(spot.path)
    if node.kind == "null":
        yield empty_value.of_null(spot, others)
        return
    # A 64-bit number may be a string, but only for readers that can't represent it.
    wanted = kind_name("integer" if "integer" in kinds else kinds[0])
    advice = type_advice(node, kinds[0], spot)
    message = f"{spot.name} must be {wanted}, not {value_name(node)}{advice}"
    fixes = fixes_of(kinds[0], spot)
    yield Problem("wrong-type", message, opening(node), at, fixes=fixes)


def fixes_of(expected: str, spot: Spot) -> tuple[Fix, ...]:
    """Rewrite a value so that YAML reads the required type."""
    node = spot.node
    if not spot.text:
        return ()
    make = _MADE_INTO.get(expected)
    made = make(spot) if make is not None else ()
    return made or (_scalar(expected, node, spot) if isinstance(node, Scalar) else ())


def _object(spot: Spot) -> tuple[Fix, ...]:
    """Give the tasks of a list references, or turn a command into an item."""
    node = spot.node
    if isinstance(node, Sequence) and len(spot.path) == 1 and spot.path[0] in SECTIONS:
        what = SECTIONS[str(spot.path[0])]
        keyed = list_conversion.begin_with_references(node)
        title = "Remove the dashes" if keyed else f"Give each {what} a reference"
        return fixes(title, _items_as_mapping(node, spot), safe=False)
    item = item_of(node, spot)
    if not isinstance(spot.holder, Mapping) or spot.key is None:
        return ()
    if item is None:
        field = inner_field(node, spot.schemas[-1])
        if field is None:
            return ()
        made = item_edits.as_fields(spot.holder, spot.key, None, [field], spot.text)
        return fixes(f"Make it the {quoted(field)}", made, safe=False)
    made = item_edits.as_fields(spot.holder, spot.key, item.name, item.fields, spot.text)
    return fixes(f"Make it a {item.what} with this command", made, safe=False)


def _list(spot: Spot) -> tuple[Fix, ...]:
    """Turn the keys of a mapping into a list."""
    names = listed_names(spot.node, spot.schemas[-1])
    if not names or not isinstance(spot.node, Mapping) or spot.key is None:
        return ()
    made = item_edits.as_list(spot.node, names, spot.key, spot.text)
    return fixes(f"Write {in_brackets(names)}", made, safe=False)


def _text(spot: Spot) -> tuple[Fix, ...]:
    """Turn a mapping into the trigger that it means, or commands into one script."""
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
    return one_script(spot.key, node, spot.key.text, spot.text) if spot.key.text in SCRIPTS else ()


_MADE_INTO = {"array": _list, "object": _object, "string": _text}


def _scalar(expected: str, node: Scalar, spot: Spot) -> tuple[Fix, ...]:
    """Rewrite a scalar as another type, with the same text."""
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
    """Whether the list allows the entries that a scalar would become."""
    item = schemas.child(schema, 0)
    return item is not None and all(
        compiled(item)(
            Scalar(kind_of(entry) if node.plain else "string", 0, 0, entry, plain=node.plain)
        )
        for entry in map(str.strip, node.text.split(","))
    )


def _items_as_mapping(node: Sequence, spot: Spot) -> Edits | None:
    assert spot.key is not None
    # The key may be misspelt.
    section, own = str(spot.path[0]), spot.key.text
    taken = set[str]()
    if isinstance(spot.holder, Mapping):
        others = [value for name, (_, value) in spot.holder.members.items() if name != own]
        taken.update(name for each in others if isinstance(each, Mapping) for name in each.members)
    return list_conversion.as_mapping(node, spot.key, SECTIONS[section], taken, spot.text)


def one_script(key: Scalar, value: Node, field: str, text: str) -> tuple[Fix, ...]:
    """Turn a list of commands, or the one command in a mapping, into one script."""
    if isinstance(value, Sequence):
        made = script_edits.as_block(key, value, field, text)
        return fixes(f"Make it one script, {quoted(field)}", made, safe=False)
    found = script_edits.command_of(value)
    if found is None or not isinstance(value, Mapping):
        return ()
    title = f"Make the text of {quoted(found.key.text)} the {quoted(field)}"
    return fixes(title, script_edits.take_over(key, value, field, text), safe=False)


RULES = (
    Rule(
        name="wrong-type",
        severity=Severity.ERROR,
        group="structure",
        summary="A value has the wrong type",
        why="Types are strict: no number or boolean where a string belongs, no string where a "
        "list belongs. YAML 1.1 reads `yes`, `on` and `1.0` without quotes as booleans and "
        "numbers; quotes make them strings.",
        source=SDK,
        bad=GOOD.replace("Database", "1.0"),
        good=GOOD.replace("Database", '"1.0"'),
        fixable=True,
    ),
)
