"""Dependencies as a call hierarchy: a task calls what it depends on."""

from __future__ import annotations

from dataclasses import dataclass

from validator.finding import Span
from validator.language.occurrences import inner, occurrence_at
from validator.language.references import dependents
from validator.language.snapshot import View
from validator.model.automations import Automation, Role
from validator.parsing.nodes import Scalar


@dataclass(frozen=True)
class Item:
    """A task or service: `span` is all of it, `key` its reference, `name` its name or ""."""

    reference: str
    role: Role
    name: str
    span: Span
    key: Span


@dataclass(frozen=True)
class Call:
    """The other task or service of a dependency, and the entries that define it."""

    item: Item
    spans: tuple[Span, ...]


def prepare(view: View, offset: int) -> tuple[Item, ...]:
    """The task or service that the reference at an offset names, if there is one."""
    here = occurrence_at(view, offset)
    item = None if here is None else item_of(view, here.reference)
    return () if item is None else (item,)


def incoming(view: View, reference: str) -> tuple[Call, ...]:
    """The tasks that depend on a reference."""
    names = dependents(view).get(reference, [])
    return tuple(
        Call(item, _entries(view, view.document.by_reference[name]).get(reference, ()))
        for name in names
        if (item := item_of(view, name)) is not None
    )


def outgoing(view: View, reference: str) -> tuple[Call, ...]:
    """The tasks and services that a task depends on."""
    automation = view.document.by_reference.get(reference)
    if automation is None:
        return ()
    entries = _entries(view, automation)
    return tuple(
        Call(item, entries.get(need, ()))
        for need in view.document.graph[reference]
        if (item := item_of(view, need)) is not None
    )


def item_of(view: View, reference: str) -> Item | None:
    """The task or service of a reference; None if there is none, or no longer."""
    automation = view.document.by_reference.get(reference)
    if automation is None:
        return None
    key = view.kept(inner(automation.key, view.document.text))
    if key is None:
        return None
    node = automation.node
    end = max(automation.key.end, node.end if node.start >= automation.key.end else 0)
    name = automation.field("name")
    shown = name[1].text if name is not None and isinstance(name[1], Scalar) else ""
    return Item(reference, automation.role, shown, view.here(Span(automation.key.start, end)), key)


def _entries(view: View, automation: Automation) -> dict[str, tuple[Span, ...]]:
    """The entries of a task's dependencies, by the reference that they name."""
    found: dict[str, list[Span]] = {}
    for each in automation.dependencies:
        span = view.kept(inner(each.node, view.document.text))
        if span is not None:
            found.setdefault(each.reference, []).append(span)
    return {reference: tuple(spans) for reference, spans in found.items()}
