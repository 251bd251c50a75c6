"""Where characters of a script are in the text of its document."""

from __future__ import annotations

import re

from validator.finding import Span
from validator.parsing.nodes import Scalar

# So that no script, however odd, takes long to search.
_MAX_WORDS = 200
_MAX_SEARCHED = 20_000
_BETWEEN = r"(?:\s|\\(?=[\r\n]))+"


def place(text: str, node: Scalar, start: int, end: int) -> Span:
    """The place in `text` of the characters from `start` to `end` of a script, its value.

    All offsets are 0-based. The place is the whole value where the characters can't be found.
    """
    words = node.text[start:end].replace("\\\n", " ").split()
    earliest = len(node.text) - _MAX_SEARCHED
    if not words or len(words) > _MAX_WORDS or start < earliest:
        return node.span
    space = _BETWEEN if node.text[start].isspace() else ""
    pattern = re.compile(space + _BETWEEN.join(map(re.escape, words)))
    # The same may be there several times: counted from the end.
    after = len(list(pattern.finditer(node.text, start)))
    earliest = max(node.start, node.end - 4 * _MAX_SEARCHED)
    places = [found.span() for found in pattern.finditer(text, earliest, node.end)]
    return Span(*places[-after]) if 0 < after <= len(places) else node.span
