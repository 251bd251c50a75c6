"""Measures how wide characters are in common fonts, for the boxes of pictures.

$ python -m scripts.text_widths

writes `validator/drawing/layout/widths.py`. A picture is shown in whatever font its reader has, so
each character counts as wide as in the widest of these. Needs fontTools, fontconfig and the fonts
(Debian: `fonts-dejavu`, `fonts-liberation`, `fonts-noto-core`).
"""

from __future__ import annotations

import subprocess
import unicodedata
from collections import defaultdict
from math import ceil
from pathlib import Path

from fontTools.ttLib import TTFont

FAMILIES = ("DejaVu Sans", "Liberation Sans", "Noto Sans")
"""Liberation Sans has the widths of Arial and Helvetica."""

FILE = Path(__file__).parents[1] / "validator" / "drawing" / "layout" / "widths.py"

_STEP = 4
"""Widths are rounded up to multiples of this many hundredths of the font size."""

_RANGES = (range(0x20, 0x7F), range(0xA1, 0x180), range(0x370, 0x460), range(0x2010, 0x2028))
"""ASCII, Latin, Greek and Cyrillic, dashes and quotes."""

_HEAD = '''"""How wide characters are in the widest of some common fonts, by classes.

Written by `scripts/text_widths.py`. A class is a width, in hundredths of the font size, with all
its characters.
"""
'''


def font(family: str, style: str) -> Path | None:
    """The file of an installed font; None if it is not installed."""
    form = "--format=%{family}\n%{file}"
    command = ["fc-match", form, f"{family}:style={style}"]
    try:
        shown = subprocess.run(command, capture_output=True, check=True, text=True).stdout
    except OSError:
        return None
    found, file = shown.split("\n")
    return Path(file) if family in found.split(",") else None


def module() -> str:
    """The text of the module with the widths.

    Raises FileNotFoundError if one of the fonts is not installed.
    """
    return _HEAD + _table("REGULAR", ("Book", "Regular")) + _table("BOLD", ("Bold",))


def _table(name: str, styles: tuple[str, ...]) -> str:
    classes = defaultdict(list)
    widths = [_widths(family, styles) for family in FAMILIES]
    for character in map(chr, (code for codes in _RANGES for code in codes)):
        if not _has_own_width(character):
            continue
        widest = max(each.get(character, 0) for each in widths)
        if widest:
            classes[ceil(widest * 100 / _STEP) * _STEP].append(character)
    lines = [f"    {width}: {_quoted(''.join(classes[width]))},\n" for width in sorted(classes)]
    return f"\n{name} = {{\n{''.join(lines)}}}\n"


def _has_own_width(character: str) -> bool:
    """Whether a character takes up room, and is not a letter with accents, as wide as without."""
    category = unicodedata.category(character)
    visible = character == " " or category[0] in "LNPS"
    return visible and unicodedata.normalize("NFD", character) == character


def _widths(family: str, styles: tuple[str, ...]) -> dict[str, float]:
    """The widths of a font's characters as fractions of its size."""
    file = next(filter(None, (font(family, style) for style in styles)), None)
    if file is None:
        raise FileNotFoundError(f"the font {family} is not installed")
    with TTFont(file) as read:
        unit, advances = read["head"].unitsPerEm, read["hmtx"]
        return {chr(code): advances[glyph][0] / unit for code, glyph in read.getBestCmap().items()}


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"' if '"' not in text or "'" in text else f"'{text}'"


if __name__ == "__main__":
    FILE.write_text(module(), encoding="utf-8")
