"""Where references are declared and used: definition, references, highlights."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from validator.finding import Span
from validator.language.view import View
from validator.model import Document
from validator.nodes import Mapping, Node, Scalar

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
    """All references in the text that still stand there, each place once, in their order."""
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
    return tuple(
        Occurrence(reference, here, declaration)
        for span, (reference, declaration) in sorted(found.items())
        if (here := view.kept(span)) is not None
    )


def occurrence_at(view: View, offset: int) -> Occurrence | None:
    """The reference that an offset is in, or right behind; None where there is none."""
    return next(
        (each for each in occurrences(view) if each.span.start <= offset <= each.span.end), None
    )


def definition(view: View, offset: int) -> tuple[Definition, ...]:
    """Where the reference at an offset is declared: more than once where it is repeated."""
    here = occurrence_at(view, offset)
    if here is None:
        return ()
    text = view.document.text
    return tuple(
        Definition(here.span, view.here(each.span), key)
        for each in declarations(view.document)
        if each.reference == here.reference
        and (key := view.kept(inner(each.key, text))) is not None
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
    return [each for each in occurrences(view) if each.reference == here.reference]
