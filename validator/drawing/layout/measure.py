"""Estimate the size of text in a picture, without knowing its font."""

from __future__ import annotations

from validator.display import columns

# Fractions of the font size: widths in Helvetica, Arial and similar fonts, rounded up.
_NARROW = frozenset("iIjl.,:;'|! ()[]{}frt-/\\`\"")
_BROAD = frozenset("mwMW@%")


def width(text: str, size: float, *, fixed: bool = False) -> float:
    """The width of visible text in a font of this size; `fixed` for a monospaced font.

    Both are in the same unit. The estimate is rather too large than too small.
    """
    if fixed:
        return columns(text) * size * 0.61
    return sum(map(_width, text)) * size


def cut(text: str, room: float, size: float, *, fixed: bool = False) -> str:
    """The text, or as much of its beginning as fits into `room`, with an ellipsis."""
    if width(text, size, fixed=fixed) <= room:
        return text
    room -= width("…", size, fixed=fixed)
    end = 0
    while end < len(text):
        room -= width(text[end], size, fixed=fixed)
        if room < 0:
            break
        end += 1
    # Not between a character and what combines with it.
    while end and (columns(text[end]) == 0 or text[end - 1] == "\u200d"):
        end -= 1
    return text[:end].rstrip() + "…"


def _width(character: str) -> float:
    if character in _NARROW:
        return 0.345
    if character in _BROAD:
        return 0.92
    if character.isascii():
        return 0.7 if character.isupper() else 0.545
    return columns(character) * 0.62 if columns(character) < 2 else 1.05
