"""Format edits of a text as a unified diff, for `patch` and `git apply`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import NamedTuple

from validator.finding import Edit, Span

_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_CONTEXT = 3


class _Change(NamedTuple):
    """Removed lines, and the lines that replace them.

    `number` is that of the first line (0-based), `start` and `end` are the offsets of the removed
    lines; if there are none, of the place of the insertion.
    """

    number: int
    start: int
    end: int
    old: list[str]
    new: list[str]

    @property
    def last(self) -> int:
        """The number of the line after the removed ones."""
        return self.number + len(self.old)


def unified_diff(text: str, edits: Iterable[Edit], *, mark: bool = False) -> Iterator[str]:
    """The hunks of a unified diff, line by line, without the header that names the files.

    `edits` don't overlap; `mark` says whether the file has a byte order mark before the text. Lines
    end with a line feed: a carriage return is part of its line. Takes time linear in the length of
    the text and of the edits.
    """
    if mark:
        text = "\ufeff" + text
        edits = [Edit(Span(start + 1, end + 1), new) for (start, end), new in edits]
    shift = 0
    for hunk in _hunks(_trimmed(_together(_trimmed(_changes(text, sorted(edits)))))):
        before = _lines_before(text, hunk[0].start)
        after = [found[0] for found in islice(_LINE.finditer(text, hunk[-1].end), _CONTEXT)]
        start, stop = hunk[0].number - len(before), hunk[-1].last + len(after)
        grown = sum(len(change.new) - len(change.old) for change in hunk)
        old, new = _range(start, stop), _range(start + shift, stop + shift + grown)
        shift += grown
        yield f"@@ -{old} +{new} @@\n"
        yield from _marked(" ", before)
        at = hunk[0].start
        for change in hunk:
            yield from _marked(" ", _LINE.findall(text, at, change.start))
            yield from _marked("-", change.old)
            yield from _marked("+", change.new)
            at = change.end
        yield from _marked(" ", after)


def _lines_before(text: str, offset: int) -> list[str]:
    """The lines of context before a line that begins at an offset."""
    start = offset
    for _ in range(_CONTEXT):
        if start:
            start = text.rfind("\n", 0, start - 1) + 1
    return _LINE.findall(text, start, offset)


def _range(start: int, stop: int) -> str:
    """Lines as given in the header of a hunk: the first line's number, 1-based, and their count."""
    count = stop - start
    return str(stop) if count == 1 else f"{start + bool(count)},{count}"


def _marked(mark: str, lines: list[str]) -> Iterator[str]:
    for line in lines:
        yield f"{mark}{line}" if line.endswith("\n") else f"{mark}{line}\n"
        if not line.endswith("\n"):
            yield "\\ No newline at end of file\n"


def _changes(text: str, edits: list[Edit]) -> Iterator[_Change]:
    """The lines that edits change, in order; edits on the same line are combined."""
    number = start = at = end = 0
    new: list[str] = []
    is_open = False
    for span, word in edits:
        if is_open and span.start >= end and _begins_line(text, end):
            yield _change(text, number, start, end, [*new, text[at:end]])
            new.clear()
            is_open = False
        if not is_open:
            # Not before the end of the last change, so that no line is searched twice.
            first = text.rfind("\n", end, span.start) + 1 or end
            number += text.count("\n", start, first)
            start = at = end = first
            is_open = True
        new += filter(None, (text[at : span.start], word))
        at = span.end
        if at >= end:
            whole = not new or new[-1].endswith("\n")
            end = at if whole and _begins_line(text, at) else text.find("\n", at) + 1 or len(text)
    if is_open:
        yield _change(text, number, start, end, [*new, text[at:end]])


def _begins_line(text: str, offset: int) -> bool:
    return offset == 0 or text[offset - 1] == "\n"


def _change(text: str, number: int, start: int, end: int, new: list[str]) -> _Change:
    """The change that replaces lines with a text, given in pieces."""
    return _Change(number, start, end, _LINE.findall(text, start, end), _LINE.findall("".join(new)))


def _trimmed(changes: Iterable[_Change]) -> Iterator[_Change]:
    """Changes without unchanged lines at either end; empty ones are dropped."""
    for number, start, end, old, new in changes:
        most = min(len(old), len(new))
        before = next((at for at in range(most) if old[at] != new[at]), most)
        most -= before
        after = next((at for at in range(most) if old[-1 - at] != new[-1 - at]), most)
        last = len(old) - after
        if len(old) != len(new) or before < last:
            yield _Change(
                number + before,
                start + sum(map(len, old[:before])),
                end - sum(map(len, old[last:])),
                old[before:last],
                new[before : len(new) - after],
            )


def _together(changes: Iterable[_Change]) -> Iterator[_Change]:
    """Combine changes that have no line between them."""
    before: _Change | None = None
    for change in changes:
        if before is not None and before.end == change.start:
            before.old.extend(change.old)
            before.new.extend(change.new)
            before = before._replace(end=change.end)
            continue
        if before is not None:
            yield before
        before = change
    if before is not None:
        yield before


def _hunks(changes: Iterable[_Change]) -> Iterator[list[_Change]]:
    """Group changes that are near enough to share lines of context."""
    hunk: list[_Change] = []
    for change in changes:
        if hunk and change.number - hunk[-1].last > 2 * _CONTEXT:
            yield hunk
            hunk = []
        hunk.append(change)
    if hunk:
        yield hunk
