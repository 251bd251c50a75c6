"""Symbols: the outline of a document, and the search by name over files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from validator.finding import Span
from validator.kinds import SECTIONS
from validator.language.occurrences import inner
from validator.language.snapshot import View
from validator.parsing.nodes import Mapping, Node, Scalar, Sequence
from validator.wording import MAX_QUOTED

Kind = Literal["section", "service", "task", "field"]

# Each takes about a kilobyte, and nobody looks through more.
_MOST = 10_000

_ITEMS: dict[str, Kind] = {**SECTIONS}


@dataclass(frozen=True)
class Symbol:
    """A named part of a document; `span` is all of it, `key` the name inside that.

    `detail` is a short description, or "". Children are inside their parent's span.
    """

    name: str
    detail: str
    kind: Kind
    span: Span
    key: Span
    children: tuple[Symbol, ...] = ()


@dataclass(frozen=True)
class Found:
    """A task or service of one of several files, and the section that contains it."""

    symbol: Symbol
    section: str


def symbols(view: View) -> tuple[Symbol, ...]:
    """Sections, the tasks and services in them, and the fields of these.

    While the text can't be read, they are those of the last text that could. At most 10,000 are
    returned.
    """
    root = view.document.root
    if not isinstance(root, Mapping):
        return ()
    return tuple(_members(view, root, 0, iter(range(_MOST))))


def matching(view: View, query: str) -> tuple[Found, ...]:
    """The tasks and services whose reference or name contains the query's characters in order.

    Case is ignored; an empty query matches all.
    """
    return tuple(
        Found(item, section.name)
        for section in symbols(view)
        for item in section.children
        if item.kind in _ITEMS.values()
        and (_matches(query, item.name) or _matches(query, item.detail))
    )


def _matches(query: str, name: str) -> bool:
    characters = iter(name.lower())
    return all(each in characters for each in query.lower())


def _members(
    view: View, holder: Mapping, depth: int, left: Iterator[int], section: str = ""
) -> Iterator[Symbol]:
    """The symbols of a mapping's own members, not of those at an anchor elsewhere.

    `left` yields one number per symbol that may still be added.
    """
    text = view.document.text
    for name, (key, value) in holder.members.items():
        if not holder.start <= key.start < holder.end:
            continue
        if next(left, None) is None:
            return
        own = key.end <= value.start and value.end <= holder.end
        end = value.end if own else key.end
        kind: Kind = "section" if depth == 0 else _ITEMS.get(section, "field")
        if depth > 1:
            kind = "field"
        children: tuple[Symbol, ...] = ()
        if isinstance(value, Mapping) and own and depth < 3:
            inside = name if depth == 0 else section
            children = tuple(_members(view, value, depth + 1, left, inside))
        elif isinstance(value, Sequence) and own and depth < 3:
            children = tuple(_entries(view, value, depth + 1, left))
        yield Symbol(
            _short(name) or '""',
            _detail(value, kind),
            kind,
            view.here(Span(key.start, end)),
            view.here(inner(key, text)),
            children,
        )


def _entries(view: View, holder: Sequence, depth: int, left: Iterator[int]) -> Iterator[Symbol]:
    """The symbols of a list's entries that are mappings, named by their first fields."""
    text, last = view.document.text, holder.start
    for entry in holder.items:
        if not isinstance(entry, Mapping) or not entry.members:
            continue
        key, value = _main(entry)
        if not last <= entry.start <= key.start < key.end <= entry.end <= holder.end:
            # The entry is an alias, or merged from one.
            continue
        last = entry.end
        if next(left, None) is None:
            return
        yield Symbol(
            _short(key.text) or '""',
            _summary(value),
            "field",
            view.here(Span(entry.start, entry.end)),
            view.here(inner(key, text)),
            tuple(_members(view, entry, depth + 1, left)) if depth < 3 else (),
        )


def _main(entry: Mapping) -> tuple[Scalar, Node]:
    """The field that says what an entry is: the first, unless that is its context."""
    members = list(entry.members.values())
    return next((each for each in members if each[0].text != "context"), members[0])


def _summary(value: Node) -> str:
    """The first text in a value: the command of a task, the prompt of an agent."""
    while isinstance(value, Mapping) and value.members:
        value = next(iter(value.members.values()))[1]
    return _short(value.text) if isinstance(value, Scalar) and value.kind != "null" else ""


def _detail(value: Node, kind: Kind) -> str:
    """The detail next to the name in an outline: an item's name, a field's value."""
    if isinstance(value, Mapping) and kind in ("service", "task"):
        name = value.get("name")
        return _short(name.text) if isinstance(name, Scalar) else ""
    if isinstance(value, Scalar) and value.kind != "null":
        return _short(value.text)
    if isinstance(value, Sequence):
        return _short(", ".join(each.text for each in value.items if isinstance(each, Scalar)))
    return ""


def _short(text: str) -> str:
    """The first nonempty line of a text, truncated if it is long."""
    text = next(iter(text.strip().splitlines()), "")
    return text if len(text) <= MAX_QUOTED else text[: MAX_QUOTED - 1] + "…"
