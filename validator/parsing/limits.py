"""Limits for what is read of a document, and the problems of documents beyond them."""

from __future__ import annotations

from validator.finding import Problem, Span
from validator.tuples import NamedTuple


class Limits(NamedTuple):
    """Limits for what is read of a document.

    `max_bytes` is its size in bytes, `max_depth` the levels of nesting, `max_nodes` the number of
    values and keys. `max_alias_nodes` is the number of nodes that aliases and merge keys may add,
    and `max_alias_characters` the number of characters that aliases may add. `max_key_characters`
    is the number of characters of a key together with the keys around it.
    """

    max_bytes: int = 5_000_000
    max_depth: int = 64
    max_nodes: int = 200_000
    max_alias_nodes: int = 100_000
    max_alias_characters: int = 1_000_000
    max_key_characters: int = 1_024


MAX_POINTER_CHARACTERS = 50_000_000
"""Maximum number of characters of all JSON pointers of a document together."""

LONG_POINTERS = (
    "the keys around these values are too long for so many values: their JSON pointers have more "
    f"than {MAX_POINTER_CHARACTERS:,} characters, so the rest is not read"
)


def long_key(limits: Limits) -> str:
    """The message for a key that is too long."""
    return (
        "this key, together with the keys around it, has more than "
        f"{limits.max_key_characters:,} characters, so the rest is not read"
    )


def too_large(limits: Limits) -> Problem:
    """The problem of a document that is too large."""
    message = f"larger than {limits.max_bytes:,} bytes; it is not read"
    return Problem("too-large", message, Span(0, 0))


def too_many(limits: Limits) -> str:
    """The message for a document with too many values and keys."""
    return f"contains more than {limits.max_nodes:,} values, so the rest is not read"
