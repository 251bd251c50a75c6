"""Estimate the size of text in a picture, without knowing its font."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from functools import cache

from validator.display import columns
from validator.drawing.layout import widths

# Fractions of the font size.
_FIXED = 0.62
"""Per column of a monospaced font; SF Mono is the widest of the common ones."""
_EMOJI = 1.4
_IDEOGRAPH = 1.06
_OTHER = 1.2
"""For scripts and symbols that are not measured."""


def width(text: str, size: float, *, bold: bool = False, fixed: bool = False) -> float:
    """The width of visible text in a font of this size; `fixed` for a monospaced font.

    Both are in the same unit. The estimate is rather too large than too small: the widest of the
    common fonts counts.
    """
    return sum(map(_measure(bold, fixed), text)) * size


def cut(text: str, room: float, size: float, *, bold: bool = False, fixed: bool = False) -> str:
    """The text, or as much of its beginning as fits into `room`, with an ellipsis."""
    if width(text, size, bold=bold, fixed=fixed) <= room:
        return text
    measure = _measure(bold, fixed)
    room -= measure("…") * size
    end = 0
    while end < len(text):
        room -= measure(text[end]) * size
        if room < 0:
            break
        end += 1
    # Not between a character and what combines with it.
    while end and (columns(text[end]) == 0 or text[end - 1] == "\u200d"):
        end -= 1
    return text[:end].rstrip() + "…"


@cache
def _measure(bold: bool, fixed: bool) -> Callable[[str], float]:
    """A function that returns the width of a character as a fraction of the font size."""
    classes = widths.BOLD if bold else widths.REGULAR
    measured = {each: hundredths / 100 for hundredths, all_ in classes.items() for each in all_}

    def proportional(character: str) -> float:
        if character in measured:
            return measured[character]
        if columns(character) == 0:
            return 0
        if columns(character) == 2:
            return _EMOJI if unicodedata.category(character) == "So" else _IDEOGRAPH
        # A letter with an accent is as wide as without.
        return measured.get(unicodedata.normalize("NFD", character)[0], _OTHER)

    def monospaced(character: str) -> float:
        return _FIXED if character.isascii() else max(_FIXED, proportional(character))

    return monospaced if fixed else proportional
