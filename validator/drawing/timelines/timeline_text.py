"""A timeline as text: a bar of characters per execution."""

from __future__ import annotations

from collections.abc import Iterator

from validator.api.timeline import Run, Timeline
from validator.api.timelines.bars import Bar
from validator.api.timestamp import Instant, seconds_between
from validator.display import columns, inert, padded, truncated, wrap
from validator.drawing.timelines import words

_LEAST, _MOST = 5, 60
"""Minimum and maximum number of columns of a bar."""
_LEAST_NAME, _MOST_NAME = 8, 30
"""Maximum number of columns of a name, on a narrow and on a wide terminal."""

_BOLD = "1"
_DIM = "2"
_COLORS = {"failed": "31", "succeeded": "32", "stopped": "33", "running": "34"}

_LEGEND = ".  created, not begun   #  ran   >  had not ended"


def draw(timeline: Timeline, *, color: bool, width: int) -> Iterator[str]:
    """The lines of a timeline; `width` is the maximum number of columns."""
    if not timeline.runs:
        yield "There are no executions."
        return
    chart = _Chart(color, width)
    for index, run in enumerate(timeline.runs):
        yield from [""] * bool(index)
        yield from chart.run(run)
    yield ""
    yield from chart.wrapped(_LEGEND, 0, _DIM)


class _Chart:
    def __init__(self, color: bool, width: int) -> None:
        self._color = color
        self._width = width

    def run(self, run: Run) -> Iterator[str]:
        first, *more = wrap(inert(words.title(run)), self._width, 2)
        head, colon, rest = first.partition(":")
        yield self.style(head, _BOLD) + colon + rest
        yield from more
        if run.environment is not None:
            yield from self.wrapped(f"environment {inert(run.environment)}", 2, _DIM)
        begin, total = (run.times or (None,))[0], run.seconds
        lengths = ["" if bar.seconds is None else words.duration(bar.seconds) for bar in run.bars]
        after = max(map(columns, lengths))
        phases = max(len(words.state(bar)) for bar in run.bars)
        # For names and bars.
        room = self._width - 2 - 2 - 2 - after - 2 - phases
        most = min(max(min(self._width // 4, room - _LEAST), _LEAST_NAME), _MOST_NAME)
        names = [truncated(inert(words.name(bar)), most) for bar in run.bars]
        wide = max(map(columns, names))
        cells = max(min(room - wide, _MOST), _LEAST)
        for bar, name, length in zip(run.bars, names, lengths, strict=True):
            row = f"  {padded(name, wide)}  "
            row += self.style(_cells(bar, begin, total, cells), _COLORS.get(bar.phase or "", ""))
            row += f"  {length:>{after}}  {words.state(bar)}"
            yield row.rstrip()
            for note in words.notes(bar, run):
                yield from self.wrapped(inert(note), 6, _DIM)
            for group in words.steps(bar):
                yield from self.wrapped(inert(group), 6, _DIM)
        for title, answer in words.answers(run):
            yield from self.wrapped(f"{title}: {inert(answer)}", 2)

    def wrapped(self, text: str, indent: int, style: str = "") -> Iterator[str]:
        for line in wrap(" " * indent + text, self._width, indent + 2):
            begun = len(line) - len(line.lstrip())
            yield line[:begun] + self.style(line[begun:], style)

    def style(self, text: str, code: str) -> str:
        return f"\033[{code}m{text}\033[0m" if self._color and code and text else text


def _cells(bar: Bar, begin: Instant | None, total: float, count: int) -> str:
    """The bar in `count` columns, which are the time of a run: `total` seconds from its `begin`."""
    if begin is None:
        return " " * count
    first = begin

    def at(moment: Instant) -> int:
        part = seconds_between(first, moment) / total if total else 0.0
        return min(int(part * count), count - 1)

    cells = [" "] * count
    started = bar.started
    if bar.created is not None:
        until = at(started.instant) if started is not None else count - 1
        for cell in range(at(bar.created.instant), until + 1):
            cells[cell] = "."
    if started is not None:
        left = at(started.instant)
        right = count - 1 if bar.ended is None else at(bar.ended.instant)
        cells[left : right + 1] = "#" * (right + 1 - left)
        if bar.ended is None:
            cells[-1] = ">"
    return "".join(cells)
