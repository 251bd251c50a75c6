"""Find where references are declared and used in a text, even if that is half typed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from validator.finding import Span
from validator.kinds import SECTIONS
from validator.language.cursor.cursor import cursor
from validator.language.cursor.siblings import declared
from validator.language.schema_lookup import reference_of
from validator.language.snapshot import View
from validator.model.automations import Document
from validator.parsing.nodes import Mapping, Node, Scalar


@dataclass(frozen=True)
class Occurrence:
    """A reference in the text: the key of its task or service, or an entry of `dependsOn`.

    `span` is the reference without quotes around it.
    """

    reference: str
    span: Span
    declaration: bool


@dataclass(frozen=True)
class Declaration:
    """A task or service with a key, whatever its value is."""

    section: str
    reference: str
    key: Scalar
    node: Node

    @property
    def span(self) -> Span:
        """All of it: the key, and the value if that follows the key."""
        return Span(self.key.start, max(self.key.end, self.node.end))


def declarations(document: Document) -> list[Declaration]:
    """The tasks and services of a document in the order of their keys in the text."""
    root = document.root
    found = [
        Declaration(section, reference, key, node)
        for section in SECTIONS
        if isinstance(root, Mapping) and isinstance(holder := root.get(section), Mapping)
        for reference, (key, node) in holder.members.items()
    ]
    return sorted(found, key=lambda each: each.key.start)


def inner(node: Scalar, text: str) -> Span:
    """The place of a scalar's text: without its quotes, if nothing in it is escaped."""
    start, end = node.start, node.end
    if not node.plain and text[start + 1 : end - 1] == node.text:
        return Span(start + 1, end - 1)
    return Span(start, end)


@lru_cache(maxsize=8)
def occurrences(view: View) -> tuple[Occurrence, ...]:
    """All references in the text, each place once, in order.

    In a text that can't be read, they are those of the last readable text that are still there, and
    newly added keys.
    """
    document = view.document
    # An alias is no place of its own: its value is found once, at its anchor.
    found: dict[Span, tuple[str, bool]] = {}
    for declaration in declarations(document):
        span = inner(declaration.key, document.text)
        found[span] = (declaration.reference, True)
    for automation in document.automations:
        for dependency in automation.dependencies:
            span = inner(dependency.node, document.text)
            found.setdefault(span, (dependency.reference, False))
    places = {here: told for span, told in found.items() if (here := view.kept(span)) is not None}
    if view.stale:
        places |= {span: (reference, True) for _, reference, span in declared(view.text)}
    return tuple(
        Occurrence(reference, span, key) for span, (reference, key) in sorted(places.items())
    )


def occurrence_at(view: View, offset: int) -> Occurrence | None:
    """The reference that contains an offset, or ends there; None if there is none."""
    found = next(
        (each for each in occurrences(view) if each.span.start <= offset <= each.span.end), None
    )
    if found is not None or not view.stale:
        return found
    # A newly added dependency is recognized by what is around it.
    here = cursor(view.text, offset)
    reference = reference_of(here)
    if reference is None or here.kind != "entry":
        return None
    at = here.span.start + len(here.quote)
    span = Span(at, at + len(reference))
    same = view.text.value[span.start : span.end] == reference
    return Occurrence(reference, span, declaration=False) if same else None
