"""From a reference to where it is declared and used: definition, references, highlights."""

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
    """Where a reference leads to.

    `origin` is the reference that was asked about, `span` the task or service with its key,
    `key` the key alone.
    """

    origin: Span
    span: Span
    key: Span


def definition(view: View, offset: int) -> tuple[Definition, ...]:
    """Where the reference at an offset is declared: more than once where it is repeated.

    Of an alias, it is where its anchor stands.
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
    """Where the reference at an offset occurs; with its declaration, or without."""
    return tuple(each.span for each in _same(view, offset) if declaration or not each.declaration)


def highlights(view: View, offset: int) -> tuple[Occurrence, ...]:
    """The occurrences of the reference at an offset; declarations are where it is written."""
    return tuple(_same(view, offset))


def _same(view: View, offset: int) -> list[Occurrence]:
    here = occurrence_at(view, offset)
    if here is None:
        return []
    same = [each for each in occurrences(view) if each.reference == here.reference]
    return same if here in same else sorted([*same, here], key=lambda each: each.span)
