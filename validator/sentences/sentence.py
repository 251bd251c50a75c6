"""Sentences as pieces of text, which each output formats in its own way."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from validator.wording import first_names


class Code(str):
    """A piece of a sentence that is shown as code: a reference, a trigger or a field.

    It may be text of the document, so outputs have to make it safe.
    """

    __slots__ = ()


Sentence = tuple[str, ...]
"""The pieces of a sentence: our own words, and `Code`."""


class Section(NamedTuple):
    """Sentences about one question."""

    title: str
    sentences: tuple[Sentence, ...]


def sentence(*pieces: str | Sequence[str]) -> Sentence:
    """A sentence from pieces and lists of pieces."""
    found: list[str] = []
    for piece in pieces:
        if isinstance(piece, str):
            found.append(piece)
        else:
            found.extend(piece)
    return tuple(piece for piece in found if piece)


def listed(names: Sequence[str], last: str = "and") -> list[str]:
    """Names as code, as a phrase; only the first of many: "`a`, `b` and 3 more"."""
    return phrase(first_names(names, Code), last)


def phrase(parts: Sequence[str], last: str = "and") -> list[str]:
    """Parts of an enumeration with commas between them, and a word before the last one."""
    found: list[str] = []
    for index, part in enumerate(parts):
        if index:
            found.append(f" {last} " if index == len(parts) - 1 else ", ")
        found.append(part)
    return found
