"""Map places in a text after edits to the text before them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import cached_property
from itertools import islice

from validator.finding import Edit, Span


class Places:
    """Map places in a text after edits to the text before them."""

    def __init__(self, text: str, after: str, edits: Sequence[Edit]) -> None:
        self._text = text
        self._after = after
        self._edits = sorted(edits)
        self._starts: list[int] = []
        shift = 0
        for edit in self._edits:
            self._starts.append(edit.span.start + shift)
            shift += len(edit.text) - (edit.span.end - edit.span.start)

    @cached_property
    def new_names(self) -> dict[int, str]:
        """The replacements of old text, by its offset, or by that of the quote before it."""
        edits = [each for each in self._edits if each.span.start < each.span.end]
        inside = {each.span.start - 1: each.text for each in edits}
        return inside | {each.span.start: each.text for each in edits}

    def before(self, span: Span) -> Span:
        """The span in the text before the edits; for new text, that of the text it replaces."""
        new = self._inside(span.start)
        moved = self._moved(span) if new is not None else None
        if moved is not None:
            return moved
        start = self._offset(span.start, at_end=False)
        if new is not None and self._inside(span.end - 1) is not new:
            # It begins with new text, such as a quote, before old text.
            start = new.span.end
        end = max(self._offset(span.end, at_end=True), start)
        if new is not None:
            # The lines that were moved, without their indentation.
            start = min(
                start + len(self._text[start:end]) - len(self._text[start:end].lstrip()), end
            )
            end = start + len(self._text[start:end].rstrip())
        return Span(start, end)

    def _moved(self, span: Span) -> Span | None:
        """The span of the same text in what the edits remove, if it occurs there exactly once."""
        wanted = self._after[span.start : span.end]
        gone = [edit.span for edit in self._edits if wanted and edit.span.start < edit.span.end]
        word = re.compile(rf"(?<![\w-]){re.escape(wanted)}(?![\w-])")
        found = [
            Span(*each.span())
            for start, end in gone
            for each in islice(word.finditer(self._text, start, end), 2)
        ]
        return found[0] if len(found) == 1 else None

    def _inside(self, at: int) -> Edit | None:
        """The edit whose new text contains an offset."""
        number = bisect_right(self._starts, at) - 1
        if number < 0 or at - self._starts[number] >= len(self._edits[number].text):
            return None
        return self._edits[number]

    def _offset(self, at: int, *, at_end: bool) -> int:
        number = bisect_right(self._starts, at) - 1
        while at_end and number >= 0 and self._starts[number] == at:
            number -= 1
        if number < 0:
            return at
        edit = self._edits[number]
        inside = at - self._starts[number]
        if inside >= len(edit.text):
            return edit.span.end + inside - len(edit.text)
        return edit.span.end if at_end else edit.span.start
