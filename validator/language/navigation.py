"""Where references are declared and used: definition, references, highlights."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from validator.finding import Span
from validator.language.anchors import anchor_of
from validator.language.beside import declared
from validator.language.outline import cursor
from validator.language.view import View
from validator.language.vocabulary import reference_of
from validator.model.automations import Document
from validator.parsing.nodes import Mapping, Node, Scalar

SECTIONS = ("services", "tasks")


@dataclass(frozen=True)
class Occurrence:
    """A reference in the text: the key of its task or service, or an entry of `dependsOn`.

    `span` is the reference without quotes around it.
    """

    reference: str
    span: Span
    declaration: bool


@dataclass(frozen=True)
class Definition:
    """Where a reference leads to.

    `origin` is the reference that was asked about, `span` the task or service with its key,
    `key` the key alone.
    """

    origin: Span
    span: Span
    key: Span


@dataclass(frozen=True)
class Declaration:
    """A task or service that has a key, whatever its value is."""

    section: str
    reference: str
    key: Scalar
    node: Node

    @property
    def span(self) -> Span:
        """The whole of it: the key, and the value where that stands behind the key."""
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
    """Where a scalar's text stands: without its quotes, if nothing in it is escaped."""
    start, end = node.start, node.end
    if not node.plain and text[start + 1 : end - 1] == node.text:
        return Span(start + 1, end - 1)
    return Span(start, end)


@lru_cache(maxsize=8)
def occurrences(view: View) -> tuple[Occurrence, ...]:
    """All references in the text, each place once, in their order.

    Of a text that can't be read, they are those of the text before that still stand there, and
    the keys that have come since.
    """
    document = view.document
    # An alias is no place of its own: what it stands for is found once, at its anchor.
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
    """The reference that an offset is in, or right behind; None where there is none."""
    found = next(
        (each for each in occurrences(view) if each.span.start <= offset <= each.span.end), None
    )
    if found is not None or not view.stale:
        return found
    # A dependency that has come since is known by what is around it.
    here = cursor(view.text, offset)
    reference = reference_of(here)
    if reference is None or here.kind != "entry":
        return None
    at = here.span.start + len(here.quote)
    span = Span(at, at + len(reference))
    same = view.text.value[span.start : span.end] == reference
    return Occurrence(reference, span, declaration=False) if same else None


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
