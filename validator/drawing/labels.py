"""Texts about items, the same in all picture formats."""

from __future__ import annotations

import re

from validator.display import visible
from validator.drawing.diagram import Diagram, Item
from validator.wording import MAX_QUOTED

_ROLES = {
    "task": "task",
    "service": "service",
    "unknown": "not found",
    "unreadable": "can't be read",
}


def role(item: Item) -> str:
    """The kind of an item, in words."""
    return _ROLES[item.role]


def is_wrong(item: Item) -> bool:
    """Whether an item is marked: it is in a cycle, or does not exist."""
    return bool(problems(item))


def problems(item: Item) -> list[str]:
    """The problems of an item, in words."""
    missing = [] if item.role in ("task", "service") else [role(item)]
    return [*missing, *(["in a cycle"] if item.in_cycle else [])]


def notes(item: Item) -> list[str]:
    """What else is said of an item, in words."""
    return ["never triggered"] if item.never_triggered else []


_LONGEST_REFERENCE = 128


def short(text: str) -> str:
    """Text of the document on one line, safe to show, at most 60 characters."""
    return cut(text, MAX_QUOTED)


def short_reference(text: str) -> str:
    """A reference on one line, safe to show, whole if it is valid: two may differ in the last."""
    return cut(text, _LONGEST_REFERENCE)


def cut(text: str, most: int) -> str:
    """Text of the document on one line, safe to show, at most a number of characters."""
    text = " ".join(text.split())
    return visible(text if len(text) <= most else text[: most - 1] + "…")


def lines(item: Item) -> list[str]:
    """The name of an item, and below it its triggers, notes and problems, if any."""
    below = [*item.triggers, *notes(item), *problems(item)]
    return [short(item.name), *([", ".join(below)] if below else [])]


_NO_WORD = re.compile("[^a-zA-Z0-9]")


def identifiers(diagram: Diagram) -> dict[str, str]:
    """A unique word of letters, digits and underscores per reference, no keyword of any format."""
    names: dict[str, str] = {}
    taken: set[str] = set()
    uses: dict[str, int] = {}
    for item in diagram.items:
        word = name = f"{item.role[0]}_{_NO_WORD.sub('_', item.reference)}"
        while name in taken:
            uses[word] = uses.get(word, 1) + 1
            name = f"{word}_{uses[word]}"
        taken.add(name)
        names[item.reference] = name
    return names
