"""Texts with marks in them: `‸` is the cursor, `«` and `»` surround what is expected."""

from __future__ import annotations

from typing import Any

from validator.finding import Span
from validator.language.snapshot import View

CURSOR, OPEN, CLOSE = "‸«»"


def cursor(marked: str, **arguments: Any) -> tuple[View, int]:
    """The view of a text without its marks, and the cursor's offset in it."""
    text = marked.replace(OPEN, "").replace(CLOSE, "")
    assert text.count(CURSOR) == 1, "one cursor"
    return View.of(text.replace(CURSOR, ""), **arguments), text.index(CURSOR)


def spans(marked: str) -> list[Span]:
    """The spans between the marks, in the order of their beginnings; they may be nested."""
    found: list[Span] = []
    open_at: list[int] = []
    offset = 0
    for character in marked:
        if character == OPEN:
            open_at.append(offset)
        elif character == CLOSE:
            found.append(Span(open_at.pop(), offset))
        elif character != CURSOR:
            offset += 1
    assert not open_at, "each mark is closed"
    return sorted(found)


def mark(text: str, found: list[Span]) -> str:
    """A text with marks around spans, to compare with one marked by hand."""
    for span in sorted(found, key=lambda each: (-each.end, -each.start)):
        text = text[: span.end] + CLOSE + text[span.end :]
    marks = sorted(found, reverse=True)
    for span in marks:
        shift = sum(other.end <= span.start for other in found)
        at = span.start + shift
        text = text[:at] + OPEN + text[at:]
    return text
