"""Edits of a text as a unified diff, as `patch` and `git apply` read it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import accumulate
from typing import NamedTuple

from validator.finding import Edit, Span

_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_CONTEXT = 3


class _Change(NamedTuple):
    """Lines from `first` up to, not including, `last` (0-based), and the lines in their place."""

    first: int
    last: int
    new: list[str]


def unified_diff(text: str, edits: Iterable[Edit], *, mark: bool = False) -> Iterator[str]:
    """The hunks of a unified diff line by line, without the header that names the files.

    `edits` do not overlap; `mark` tells whether the file has a byte order mark before the text.
    Lines end with a line feed: a carriage return is a part of its line. Takes time linear in the
    length of the text and of the edits.
    """
    if mark:
        text = "\ufeff" + text
        edits = [Edit(Span(start + 1, end + 1), new) for (start, end), new in edits]
    lines = _LINE.findall(text)
    shift = 0
    changes = _trimmed(lines, _changes(text, lines, sorted(edits)))
    for hunk in _hunks(_trimmed(lines, _together(changes))):
        start, stop = max(hunk[0].first - _CONTEXT, 0), min(hunk[-1].last + _CONTEXT, len(lines))
        grown = sum(len(change.new) - (change.last - change.first) for change in hunk)
        old, new = _range(start, stop), _range(start + shift, stop + shift + grown)
        shift += grown
        yield f"@@ -{old} +{new} @@\n"
        for change in hunk:
            yield from _marked(" ", lines[start : change.first])
            yield from _marked("-", lines[change.first : change.last])
            yield from _marked("+", change.new)
            start = change.last
        yield from _marked(" ", lines[start:stop])


def _range(start: int, stop: int) -> str:
    """Lines as a hunk names them: the first one's number, 1-based, and how many there are."""
    count = stop - start
    return str(stop) if count == 1 else f"{start + bool(count)},{count}"


def _marked(mark: str, lines: list[str]) -> Iterator[str]:
    for line in lines:
        yield f"{mark}{line}" if line.endswith("\n") else f"{mark}{line}\n"
        if not line.endswith("\n"):
            yield "\\ No newline at end of file\n"


def _changes(text: str, lines: list[str], edits: list[Edit]) -> Iterator[_Change]:
    """The lines that edits change, those of edits on one line together, in their order."""
    starts = [0, *accumulate(map(len, lines))]
    # After the last line break there is another line, which is empty.
    count = len(lines) if not lines or lines[-1].endswith("\n") else len(lines) - 1

    def line_of(offset: int) -> int:
        return min(bisect_right(starts, offset) - 1, count)

    first = last = at = 0
    new: list[str] = []
    for (start, end), word in edits:
        here = line_of(start)
        if new and here >= last:
            yield _Change(first, last, _LINE.findall("".join([*new, text[at : starts[last]]])))
            new.clear()
        if not new:
            first, at = here, starts[here]
        new += text[at:start], word
        at = end
        last = line_of(end)
        whole = word.endswith("\n") or (not word and start == starts[here])
        if end != starts[last] or not whole:
            last = min(last + 1, len(lines))
    if new:
        yield _Change(first, last, _LINE.findall("".join([*new, text[at : starts[last]]])))


def _trimmed(lines: list[str], changes: Iterable[_Change]) -> Iterator[_Change]:
    """Changes without the lines at either end that stay as they are."""
    for change in changes:
        old, new = lines[change.first : change.last], change.new
        most = min(len(old), len(new))
        before = next((at for at in range(most) if old[at] != new[at]), most)
        most -= before
        after = next((at for at in range(most) if old[-1 - at] != new[-1 - at]), most)
        if len(old) != len(new) or before + after < len(new):
            yield _Change(
                change.first + before, change.last - after, new[before : len(new) - after]
            )


def _together(changes: Iterable[_Change]) -> Iterator[_Change]:
    """Changes without a line between them as one."""
    before: _Change | None = None
    for change in changes:
        if before is not None and before.last == change.first:
            before.new.extend(change.new)
            before = before._replace(last=change.last)
            continue
        if before is not None:
            yield before
        before = change
    if before is not None:
        yield before


def _hunks(changes: Iterable[_Change]) -> Iterator[list[_Change]]:
    """Changes that are so near to one another that they share lines of context."""
    hunk: list[_Change] = []
    for change in changes:
        if hunk and change.first - hunk[-1].last > 2 * _CONTEXT:
            yield hunk
            hunk = []
        hunk.append(change)
    if hunk:
        yield hunk
