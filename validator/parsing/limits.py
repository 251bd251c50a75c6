"""How much of a document is read, and the problem of one that holds more."""

from typing import NamedTuple

from validator.finding import Problem, Span


class Limits(NamedTuple):
    """The bounds of what is read of a document.

    Its size in bytes, its depth in levels of nesting, the number of its nodes (values and keys),
    the number of nodes that aliases and merge keys may add to it, the number of characters that
    aliases may add to it, and the number of characters of a key together with the keys around it.
    """

    max_bytes: int = 5_000_000
    max_depth: int = 64
    max_nodes: int = 200_000
    max_alias_nodes: int = 100_000
    max_alias_characters: int = 1_000_000
    max_key_characters: int = 1_024


MAX_POINTER_CHARACTERS = 50_000_000
"""The number of characters that the JSON pointers of a document's values have together."""

LONG_POINTERS = (
    "the keys around these values are too long for so many values: their JSON pointers have more "
    f"than {MAX_POINTER_CHARACTERS:,} characters; the rest is not read"
)


def long_key(limits: Limits) -> str:
    """The message on a key that is longer than it may be."""
    return (
        "this key, together with the keys around it, has more than "
        f"{limits.max_key_characters:,} characters; the rest is not read"
    )


def too_large(limits: Limits) -> Problem:
    """The problem of a document that is larger than it may be."""
    message = f"larger than {limits.max_bytes:,} bytes; it is not read"
    return Problem("too-large", message, Span(0, 0))


def too_many(limits: Limits) -> str:
    """The message on a document that has more values and keys than it may have."""
    return f"contains more than {limits.max_nodes:,} values; the rest is not read"
