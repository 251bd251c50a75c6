"""From a reference to its declaration and its uses: definition, references, highlights."""

from __future__ import annotations

from dataclasses import dataclass

from validator.finding import Span
from validator.language.features.anchors import anchor_of
from validator.language.occurrences import (
    Occurrence,
    declarations,
    inner,
    occurrence_at,
    occurrences,
)
from validator.language.snapshot import View


@dataclass(frozen=True)
class Definition:
    """The target of a reference.

    `origin` is the reference at the cursor, `span` the task or service with its key, `key` the key
    alone.
    """

    origin: Span
    span: Span
    key: Span


def definition(view: View, offset: int) -> tuple[Definition, ...]:
    """The declarations of the reference at an offset: several if it is repeated.

    For an alias, the place of its anchor.
    """
    here = occurrence_at(view, offset)
    if here is None:
        found = anchor_of(view.text, offset)
        return () if found is None else (Definition(found[0], found[1], found[1]),)
    text = view.document.text
    whole = {
        view.here(inner(each.key, text)): view.here(each.span)
        for each in declarations(view.document)
    }
    return tuple(
        Definition(here.span, whole.get(each.span, each.span), each.span)
        for each in occurrences(view)
        if each.declaration and each.reference == here.reference
    )


def references(view: View, offset: int, *, declaration: bool = True) -> tuple[Span, ...]:
    """The occurrences of the reference at an offset, with or without its declaration."""
    return tuple(each.span for each in _same(view, offset) if declaration or not each.declaration)


def highlights(view: View, offset: int) -> tuple[Occurrence, ...]:
    """The occurrences of the reference at an offset; declarations count as writes."""
    return tuple(_same(view, offset))


def _same(view: View, offset: int) -> list[Occurrence]:
    here = occurrence_at(view, offset)
    if here is None:
        return []
    same = [each for each in occurrences(view) if each.reference == here.reference]
    return same if here in same else sorted([*same, here], key=lambda each: each.span)
