"""How a text differs from an earlier one, and how places in it have moved."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from validator.finding import Span

# Mapping a place goes through all changes.
_MOST = 32


class Change(NamedTuple):
    """The characters from `start` up to `old_end` were replaced by those up to `new_end`."""

    start: int
    old_end: int
    new_end: int

    def moved(self, span: Span) -> Span:
        """The span after the change; an end inside the change moves to the change's own end."""
        start, end = span
        by = self.new_end - self.old_end
        if start >= self.old_end:
            start += by
        elif start > self.start:
            start = self.start
        if end >= self.old_end and end > self.start:
            end += by
        elif end > self.start:
            end = self.new_end
        return Span(min(start, end), end)

    def then(self, later: Change) -> Change | None:
        """Combine both into one, if the later change touches what this one has inserted."""
        if later.start > self.new_end or later.old_end < self.start:
            return None
        end = max(self.new_end, later.old_end)
        return Change(
            min(self.start, later.start),
            self.old_end + end - self.new_end,
            end + later.new_end - later.old_end,
        )


def between(old: str, new: str) -> Change:
    """The smallest single change from one text to another; among several, one of whole lines."""
    most = min(len(old), len(new))
    before = _shared(most, lambda low, high: old[low:high] == new[low:high])
    after = _shared(
        most - before,
        lambda low, high: (
            old[len(old) - high : len(old) - low] == new[len(new) - high : len(new) - low]
        ),
    )
    old_end, new_end = len(old) - after, len(new) - after
    # A line equal to the next one may have been inserted before it, or inside it.
    back = before - max(new.rfind("\n", 0, before), new.rfind("\r", 0, before)) - 1
    if old[old_end - back : old_end] == new[new_end - back : new_end]:
        return Change(before - back, old_end - back, new_end - back)
    return Change(before, old_end, new_end)


def followed(changes: tuple[Change, ...], later: Change) -> tuple[Change, ...] | None:
    """Changes with one more; None if there are too many to keep apart."""
    both = changes[-1].then(later) if changes else None
    if both is not None:
        return (*changes[:-1], both)
    return (*changes, later) if len(changes) < _MOST else None


def _shared(most: int, same: Callable[[int, int], bool]) -> int:
    """The greatest number up to `most` below which everything is equal, by bisection."""
    low, high = 0, most
    while low < high:
        middle = (low + high + 1) // 2
        if same(low, middle):
            low = middle
        else:
            high = middle - 1
    return low
