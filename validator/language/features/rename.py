"""Rename a reference: its key and every dependency on it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from validator.editing.composition import apply
from validator.finding import Edit, Span
from validator.language import references
from validator.language.features.navigation import highlights
from validator.language.occurrences import Occurrence, declarations, occurrence_at
from validator.language.schema_lookup import DEPENDENCIES
from validator.language.snapshot import View
from validator.model.automations import REFERENCE
from validator.parsing import reader
from validator.parsing.nodes import Mapping, Node, Scalar, Sequence
from validator.parsing.yaml import kind_of
from validator.wording import quoted


@dataclass(frozen=True)
class Renamable:
    """A reference that can be renamed: its place, without quotes, and its text."""

    span: Span
    reference: str


@dataclass(frozen=True)
class Refused:
    """Why a reference can't be renamed, as a message."""

    reason: str


def prepare(view: View, offset: int) -> Renamable | Refused | None:
    """The reference at an offset, or why it can't be renamed; None if there is none."""
    here = occurrence_at(view, offset)
    if here is None:
        return None
    if view.stale:
        return Refused("the document can't be read: fix its syntax first, then rename")
    declared = [each for each in declarations(view.document) if each.reference == here.reference]
    if len({each.key.start for each in declared}) > 1:
        return Refused(f"{quoted(here.reference)} is declared twice: make it unique first")
    written = view.text.value[here.span.start : here.span.end]
    if written.startswith("*"):
        return Refused(f"{quoted(written)} is an alias: rename the value at its anchor")
    return Renamable(here.span, here.reference)


def rename(view: View, offset: int, name: str) -> tuple[Edit, ...] | Refused | None:
    """The edits that rename the reference at an offset, or why it can't be renamed.

    None if there is no reference. The edited text is parsed to verify that only the name changes.
    """
    found = prepare(view, offset)
    if not isinstance(found, Renamable):
        return found
    if not re.fullmatch(REFERENCE, name):
        return Refused(
            f"{quoted(name)} is not a reference; use 1 to 128 letters, digits, `-` or `_`"
        )
    if name == found.reference:
        return ()
    role = references.references(view).get(name)
    if role is not None:
        return Refused(f"there is already a {role} {quoted(name)}; references must be unique")
    edits = tuple(_edit(each, name, view) for each in highlights(view, offset))
    root = view.document.root
    after = reader.read(apply(view.text.value, list(edits)), view.limits, view.path).root
    if after is None or _data(root, found.reference, name) != _data(after):
        return Refused(
            f"{quoted(found.reference)} is shared with other values through an anchor or an alias; "
            "write it out first"
        )
    return edits


def _edit(occurrence: Occurrence, name: str, view: View) -> Edit:
    start, end = occurrence.span
    text = view.text.value
    if start and text[start - 1] in "\"'" and text[end : end + 1] == text[start - 1]:
        return Edit(occurrence.span, name)
    # YAML reads some names as numbers or booleans, and a dash may begin an entry.
    bare = kind_of(name) == "string" and name[0] != "-" and text[start : start + 1] not in "\"'"
    return Edit(occurrence.span, name if bare else f'"{name}"')


def _data(node: Node, old: str = "", new: str = "", path: tuple[str, ...] = ()) -> Any:
    """The values of a node tree, with one reference renamed."""
    if isinstance(node, Mapping):
        sections = path in (("services",), ("tasks",))
        return {
            (new if sections and key == old else key): _data(value, old, new, (*path, key))
            for key, (_, value) in node.members.items()
        }
    if isinstance(node, Sequence):
        wiring = len(path) == 3 and path[0] == "tasks" and path[2] in DEPENDENCIES
        return [_data(item, old, new, ("entry",) if wiring else ("",)) for item in node.items]
    assert isinstance(node, Scalar)
    renamed = path == ("entry",) and node.text == old and node.kind == "string"
    return node.kind, new if renamed else node.text
