"""From an alias to its anchor."""

from __future__ import annotations

import re

from validator.finding import Span
from validator.language.cursor.cursor import cursor
from validator.parsing.text import Text

_MOST = 20
_ALIAS = re.compile(r"(?<![^\s,\[\]{}])\*[^\s,\[\]{}]+")


def anchor_of(text: Text, offset: int) -> tuple[Span, Span] | None:
    """The alias at an offset, and its anchor: the last one of that name before it.

    None if there is no alias, or no anchor for it.
    """
    number = text.position(min(max(offset, 0), len(text.value))).line
    start = text.starts[number - 1]
    for found in _ALIAS.finditer(text.line(number)):
        alias = Span(start + found.start(), start + found.end())
        if not alias.start <= offset <= alias.end:
            continue
        if cursor(text, alias.start + 1).kind not in ("key", "value", "entry"):
            return None
        name = re.escape(found[0][1:])
        anchors = re.compile(rf"(?<![^\s,\[\]{{}}])&{name}(?![^\s,\[\]{{}}])")
        # Comments and scripts contain none; only a few candidates are tried.
        for anchor in reversed([*anchors.finditer(text.value, 0, alias.start)][-_MOST:]):
            if cursor(text, anchor.start() + 1).kind not in ("comment", "script"):
                return alias, Span(*anchor.span())
    return None
