"""A document as an editor has it: its text, and what could last be read of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from validator import model, source
from validator.finding import Span
from validator.nodes import Mapping
from validator.source import Limits
from validator.text import Text

if TYPE_CHECKING:
    from validator.model import Document

_LIMITS = Limits()
_EMPTY = model.build("", Mapping(0, flow=False))


@dataclass(frozen=True, eq=False)
class View:
    """A text at one moment; a change makes another view.

    `path` is the document's name, None without one. `earlier` is the document of an earlier text
    that could be read, if there was one. The text is read when `document` is first asked for.
    """

    text: Text
    path: str | None
    earlier: Document | None

    @classmethod
    def of(cls, text: str, path: str | None = None, previous: View | None = None) -> View:
        """The view of a text; `previous` is the view of the text that it was made from."""
        return cls(Text(text), path, None if previous is None else previous.last_read)

    @property
    def last_read(self) -> Document | None:
        """The last document that was read; nothing is read for it."""
        return self.__dict__.get("_read") or self.earlier

    @cached_property
    def _read(self) -> Document | None:
        """The document of this text, None where the text can't be read."""
        text = self.text.value
        read = source.read(text, _LIMITS)
        if read.root is not None:
            return model.build(text, read.root)
        if all(problem.rule == "empty-document" for problem in read.problems):
            return model.build(text, Mapping(0, flow=False))
        return None

    @property
    def document(self) -> Document:
        """The document of this text, or of an earlier one where this one can't be read.

        Places in it are offsets in its own `text`; `here` finds them in this text.
        """
        return self._read or self.earlier or _EMPTY

    @property
    def stale(self) -> bool:
        """Whether `document` is from an earlier text, or empty because there was none."""
        return self._read is None

    def here(self, span: Span) -> Span:
        """Where in this text a span of `document` stands.

        Of what has changed since, the whole of it: a span that begins or ends in there is
        stretched to the change's beginning or end.
        """
        if not self.stale:
            return span
        before, after = self._unchanged
        old, new = len(self.document.text), len(self.text.value)
        start, end = span
        if start > old - after:
            start += new - old
        elif start > before:
            start = before
        if end >= old - after and end > before:
            end += new - old
        elif end > before:
            end = new - after
        return Span(min(start, end), end)

    def kept(self, span: Span) -> Span | None:
        """The same, or None where this text holds something else in that place."""
        here = self.here(span)
        text = self.text.value
        same = text[here.start : here.end] == self.document.text[span.start : span.end]
        return here if same else None

    @cached_property
    def _unchanged(self) -> tuple[int, int]:
        """How many characters `document` and this text share at the beginning, and at the end."""
        old, new = self.document.text, self.text.value
        most = min(len(old), len(new))
        before = _shared(most, lambda low, high: old[low:high] == new[low:high])
        after = _shared(
            most - before,
            lambda low, high: (
                old[len(old) - high : len(old) - low] == new[len(new) - high : len(new) - low]
            ),
        )
        return before, after


def _shared(most: int, same: Callable[[int, int], bool]) -> int:
    """The greatest number up to `most` below which all is the same, by bisection."""
    low, high = 0, most
    while low < high:
        middle = (low + high + 1) // 2
        if same(low, middle):
            low = middle
        else:
            high = middle - 1
    return low
