"""The kinds of suggestions for an unknown field."""

from __future__ import annotations

from validator.tuples import NamedTuple


class Advice(NamedTuple):
    """Advice on an unknown field that has to be removed, or that only its author can move."""

    advice: str


class Unlike(NamedTuple):
    """Advice on an unknown field that resembles no known one: the expected fields."""

    advice: str


class Remove(NamedTuple):
    """Advice on an unknown field that can be removed without loss."""

    advice: str


class Rename(NamedTuple):
    """An unknown field means `field`; `sure` if there is no doubt."""

    advice: str
    field: str
    sure: bool


class Choose(NamedTuple):
    """An unknown field means one of several, all equally near."""

    advice: str
    fields: tuple[str, ...]


class MoveInto(NamedTuple):
    """An unknown field belongs into the adjacent mapping `into`, as its `field`.

    `value` is the value that was meant, if it differs from the current one.
    """

    advice: str
    into: str
    field: str
    value: str | None = None


class MoveUp(NamedTuple):
    """An unknown field belongs into the enclosing object, as its `field`."""

    advice: str
    field: str


class MoveOut(NamedTuple):
    """An unknown field is a separate task or service, next to the item that contains it."""

    advice: str


class Unwrap(NamedTuple):
    """An unknown field contains `fields` that belong in its place."""

    advice: str
    fields: tuple[str, ...]


class Merge(NamedTuple):
    """The script of an unknown field belongs at the beginning of that of `field`."""

    advice: str
    field: str


class OneScript(NamedTuple):
    """An unknown field contains commands that belong into one script, `field`."""

    advice: str
    field: str


class AsTrigger(NamedTuple):
    """An unknown field has the name of a trigger, which belongs into the list `field`."""

    advice: str
    field: str
    trigger: str


InPlace = Rename | Merge | OneScript | AsTrigger
"""Suggestions by which an object has the field `field`, under another name or in parts."""

Suggestion = Advice | Unlike | Remove | Choose | MoveInto | MoveUp | MoveOut | Unwrap | InPlace
"""What to do with an unknown field; `advice` says it in the message."""
