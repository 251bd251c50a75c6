"""The kinds of things that may be done about an unknown field."""

from __future__ import annotations

from typing import NamedTuple


class Advice(NamedTuple):
    """Words about an unknown field that is to be removed, or that only its author can place."""

    advice: str


class Unlike(NamedTuple):
    """Words about an unknown field that is like none that there is: what is expected."""

    advice: str


class Remove(NamedTuple):
    """Words about an unknown field that can go without a loss."""

    advice: str


class Rename(NamedTuple):
    """An unknown field is another one, `field`; where `sure`, without any doubt."""

    advice: str
    field: str
    sure: bool


class Choose(NamedTuple):
    """An unknown field is one of several, and each is as near as the others."""

    advice: str
    fields: tuple[str, ...]


class MoveInto(NamedTuple):
    """An unknown field belongs into the mapping `into` beside it, as its `field`.

    `value` is what it was meant to have, where that is another value than it has.
    """

    advice: str
    into: str
    field: str
    value: str | None = None


class MoveUp(NamedTuple):
    """An unknown field belongs into the object around, as its `field`."""

    advice: str
    field: str


class MoveOut(NamedTuple):
    """An unknown field is a task or a service of its own, beside the item that it stands in."""

    advice: str


class Unwrap(NamedTuple):
    """An unknown field holds fields that belong where it stands."""

    advice: str


class Merge(NamedTuple):
    """The script of an unknown field belongs at the beginning of that of `field`."""

    advice: str
    field: str


class OneScript(NamedTuple):
    """An unknown field holds commands that belong into one script, which is `field`."""

    advice: str
    field: str


class AsTrigger(NamedTuple):
    """An unknown field has the name of a trigger, which belongs into the list `field`."""

    advice: str
    field: str
    trigger: str


InPlace = Rename | Merge | OneScript | AsTrigger
"""Those by which an object has a field, `field`, that stands under another name or in parts."""

Suggestion = Advice | Unlike | Remove | Choose | MoveInto | MoveUp | MoveOut | Unwrap | InPlace
"""What to do about an unknown field; `advice` says it in the message."""
