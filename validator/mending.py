"""The fixes of what the contract refuses."""

from __future__ import annotations

import re
from collections.abc import Iterator

from validator import edits, schemas
from validator.edits import Edits, fixes
from validator.finding import Fix
from validator.formats import format_of
from validator.gate import matches
from validator.nodes import Mapping, Node, Scalar, Sequence
from validator.source import kind_of
from validator.spot import Spot
from validator.suggest import Suggestion
from validator.type_advice import TRUTH
from validator.wording import is_typo, quoted


def unknown_field(name: str, suggestion: Suggestion, spot: Spot) -> tuple[Fix, ...]:
    """Rename a field to the one that was meant, or move it where it belongs."""
    assert isinstance(spot.node, Mapping)
    key = spot.node.members[name][0]
    if not spot.text:
        return ()
    if suggestion.merge:
        if name == "before" and "init" in spot.node.members:
            # It ran first, so it has to be put before the other one: next, that is.
            return ()
        title = f"Put it at the beginning of {quoted(suggestion.rename or name)}"
        into = suggestion.rename or name
        return fixes(title, edits.merge_scripts(spot.node, name, into, spot.text), safe=False)
    if suggestion.into is not None:
        new_name = suggestion.rename or name
        beside = _belonging_into(suggestion.into, spot)
        made = edits.move_into(spot.node, name, suggestion.into, new_name, beside, spot.text)
        return fixes(f"Move it into {quoted(suggestion.into)}", made)
    if suggestion.rename is not None:
        made = edits.rename(key, suggestion.rename, spot.text)
        safe = suggestion.sure or is_typo(name, suggestion.rename)
        return fixes(f"Rename it to {quoted(suggestion.rename)}", made, safe=safe)
    return ()


def missing_field(name: str, spot: Spot) -> tuple[Fix, ...]:
    """Give a task or a service its reference as its name, until it has a better one."""
    if not spot.text or not spot.is_item or name != "name" or spot.key is None:
        return ()
    assert isinstance(spot.node, Mapping)
    reference = spot.key.text
    if not re.fullmatch(r"[A-Za-z][\w-]*", reference) or kind_of(reference) != "string":
        return ()
    made = edits.insert_field(spot.node, spot.key, "name", reference, spot.text)
    return fixes(f"Name it {quoted(reference)}", made, safe=False)


def _belonging_into(field: str, spot: Spot) -> list[Scalar]:
    """The keys beside a field that belong into it."""
    assert isinstance(spot.node, Mapping)
    here = schemas.fields(spot.schemas[-1])
    inner = schemas.child(spot.schemas[-1], field)
    there = schemas.fields(inner) if inner is not None else {}
    members = spot.node.members.items()
    return [key for name, (key, _) in members if name not in here and name in there]


def wrong_type(expected: str, spot: Spot) -> tuple[Fix, ...]:
    """Write a value so that YAML reads the type that belongs there."""
    node = spot.node
    if not spot.text:
        return ()
    if expected == "object" and isinstance(node, Sequence) and spot.path == ("tasks",):
        return fixes("Give each task a reference", _tasks_as_mapping(node, spot), safe=False)
    if not isinstance(node, Scalar):
        return ()
    schema = spot.schemas[-1].value
    if expected == "string" and "pattern" in schema and not matches(schema["pattern"], node.text):
        return well_formed(spot)
    if expected == "string" and "enum" not in schema:
        return fixes("Put it in quotes", edits.put_in_quotes(node))
    if expected == "array":
        return fixes("Make it a list", edits.put_in_list(node, spot.text))
    truth = TRUTH.get(node.text.lower())
    if expected == "boolean" and truth is not None and node.kind == "string":
        return fixes(f"Write {quoted(truth)}", edits.take_out_of_quotes(node, truth))
    return ()


def well_formed(spot: Spot) -> tuple[Fix, ...]:
    """Write a text in the form that it evidently was meant to have."""
    assert isinstance(spot.node, Scalar)
    meant = format_of(spot.schemas[-1].value["title"]).mend(spot.node.text.strip())
    return () if meant is None else replacement(spot.node, meant, spot.text, safe=True)


def replacement(node: Scalar, word: str, text: str, *, safe: bool | None = None) -> tuple[Fix, ...]:
    """Write another word in the place of one; safe where the two differ by a slip only."""
    if not text:
        return ()
    safe = is_typo(node.text, word) if safe is None else safe
    return fixes(f"Write {quoted(word)}", edits.rename(node, word, text), safe=safe)


def quotes(key: Scalar, text: str) -> tuple[Fix, ...]:
    """Put quotes around a key that YAML reads as something else."""
    return fixes("Put it in quotes", edits.put_in_quotes(key)) if text else ()


def _tasks_as_mapping(node: Sequence, spot: Spot) -> Edits | None:
    assert spot.key is not None
    references = list(_references(node.items))
    names = [
        None if isinstance(item, Mapping) and item.get("name") else reference
        for item, reference in zip(node.items, references, strict=True)
    ]
    return edits.list_to_mapping(node, spot.key, references, names, spot.text)


def _references(items: list[Node]) -> Iterator[str]:
    """A reference for each task of a list: its name as a word, else its number."""
    taken: set[str] = set()
    for number, item in enumerate(items, start=1):
        name = item.get("name") if isinstance(item, Mapping) else None
        words = name.text.lower() if isinstance(name, Scalar) else ""
        reference = re.sub(r"[^a-z0-9]+", "-", words).strip("-")[:100] or f"task-{number}"
        if reference in taken:
            reference = f"{reference}-{number}"
        taken.add(reference)
        yield reference
