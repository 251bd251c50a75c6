"""A timeline as SVG: a bar per execution, with arrows from what it waited for."""

from __future__ import annotations

import os
from collections.abc import Iterator
from math import ceil, log10

from validator.api.timeline import Run, Timeline
from validator.api.timelines.bars import Bar
from validator.api.timestamp import Instant, seconds_between
from validator.display import markup, visible
from validator.drawing import svg
from validator.drawing.diagram import TooLarge
from validator.drawing.layout.measure import cut, width
from validator.drawing.timelines import MAX_BARS, words

_MARGIN = 24
_CHART = 520
"""The width of the time from the beginning to the end of a run, in pixels."""
_LEAST, _MOST = 100, 240
"""Minimum and maximum width of names, in pixels."""
_NOTE = 170
"""The width of the text after a bar."""
_HEADING, _AXIS, _ROW, _BAR = 30, 22, 44, 18
_NAME, _LABEL = 13, 11
"""Font sizes, as in `picture.css`."""

_LEGEND = (
    "solid: ran · dashed: created, not begun · dashed and coloured: has not ended · "
    "thick: on the critical path · arrow: waited for"
)

_STEPS = (0.001, 0.01, 0.1, 0.5, 1, 5, 10, 20, 30, 60, 120, 300, 600, 1800, 3600, 10800, 43200)
_DAY = 86400
_MAX_TICKS = 6


def draw(timeline: Timeline) -> str:
    """The timeline as an SVG document.

    Raises TooLarge for a timeline with more executions than a picture can show.
    """
    if len(timeline.bars) > MAX_BARS:
        raise TooLarge(
            f"a picture shows at most {MAX_BARS:,} executions, not {len(timeline.bars):,}; "
            "use --format text or json."
        )
    head = f"<title>{markup(words.summary(timeline.runs))}</title>\n<style>\n{style()}</style>\n"
    attributes = 'xmlns="http://www.w3.org/2000/svg" role="img"'
    return figure(timeline.runs, head, attributes) + "\n"


def style() -> str:
    """The style of the picture, as CSS."""
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "timeline.css")
    with open(path, encoding="utf-8") as stream:
        return svg.style() + stream.read()


def figure(runs: tuple[Run, ...], head: str, attributes: str) -> str:
    """The `svg` element with these attributes and, before the picture, the content `head`."""
    bars = [bar for run in runs for bar in run.bars]
    names = [width(visible(bar.name), _NAME, bold=True) for bar in bars]
    wide = min(max([_LEAST, *names]), _MOST)
    parts = []
    y = 0
    for run in runs:
        parts.append(f'<g transform="translate(0 {y})">')
        parts += _run(run, wide)
        parts.append("</g>")
        y += _HEADING + _AXIS + len(run.bars) * _ROW + 12
    if not runs:
        parts.append('<text class="label" x="0" y="14">no executions</text>')
    y += 20
    parts.append(f'<text class="label" x="0" y="{y - 6}">{_LEGEND}</text>')
    total = wide + 16 + _CHART + _NOTE + 2 * _MARGIN
    height = y + 2 * _MARGIN
    size = f'viewBox="0 0 {total:.0f} {height}" width="{total:.0f}" height="{height}"'
    return "\n".join(
        [
            f"<svg {attributes} {size}>",
            f'{head}<rect class="canvas" width="100%" height="100%" rx="8"/>',
            f'<g transform="translate({_MARGIN} {_MARGIN})">',
            *parts,
            "</g>\n</svg>",
        ]
    )


class _Scale:
    """Where times are in the picture."""

    def __init__(self, run: Run, left: float) -> None:
        self._begin = None if run.times is None else run.times[0]
        self.total = run.seconds
        self.left = left

    def at(self, moment: Instant) -> float:
        assert self._begin is not None
        return self.after(seconds_between(self._begin, moment))

    def after(self, seconds: float) -> float:
        return self.left + (_CHART * seconds / self.total if self.total else 0.0)

    def ticks(self) -> Iterator[tuple[float, str]]:
        """The places of some times, and how long they are after the beginning."""
        if not self.total:
            return
        step = next((each for each in _STEPS if self.total / each <= _MAX_TICKS), None)
        if step is None:
            step = _DAY * 10.0 ** max(ceil(log10(self.total / _DAY / _MAX_TICKS)), 0)
        for number in range(int(self.total / step) + 1):
            text = f"{number * step:g} s" if step < 1 else words.duration(number * step)
            yield self.after(number * step), text


def _run(run: Run, wide: float) -> Iterator[str]:
    scale = _Scale(run, wide + 16)
    yield f'<text class="heading" y="12">{markup(_cut(words.title(run), 14, wide + 500))}</text>'
    bottom = _HEADING + _AXIS + len(run.bars) * _ROW
    for x, text in scale.ticks():
        yield f'<path class="tick" d="M{x:.1f} {_HEADING + _AXIS - 4}V{bottom}"/>'
        yield f'<text class="label" x="{x:.1f}" y="{_HEADING + 10}">{text}</text>'
    critical = set(run.critical_path) if len(run.bars) > 1 else set()
    for number, bar in enumerate(run.bars):
        yield from _bar(bar, run, scale, _top(number), wide, critical=number in critical)
    for number, bar in enumerate(run.bars):
        if bar.waited_for is not None and bar.started is not None:
            yield _arrow(run.bars[bar.waited_for], bar, bar.waited_for, number, scale)


def _top(number: int) -> int:
    return _HEADING + _AXIS + number * _ROW


def _bar(
    bar: Bar, run: Run, scale: _Scale, top: int, wide: float, *, critical: bool
) -> Iterator[str]:
    name = _cut(visible(" ".join(bar.name.split())), _NAME, wide, bold=True)
    names = ["row", bar.phase or "", "critical" * critical, "open" * bar.is_open]
    yield f'<g class="{" ".join(filter(None, names))}"><title>{markup(_said(bar, run))}</title>'
    yield f'<text class="name" y="{top + 16}">{markup(name)}</text>'
    if bar.reference is not None:
        reference = cut(visible(bar.reference), wide, _LABEL, fixed=True)
        yield f'<text class="reference" y="{top + 31}">{markup(reference)}</text>'
    end = scale.left
    if bar.created is not None and bar.started is not None:
        yield _rectangle(
            "queued", scale.at(bar.created.instant), scale.at(bar.started.instant), top
        )
    elif bar.created is not None:
        end = scale.after(scale.total)
        yield _rectangle("queued", scale.at(bar.created.instant), end, top)
    if bar.started is not None:
        end = scale.at(bar.ended.instant) if bar.ended else scale.after(scale.total)
        yield _rectangle("ran", scale.at(bar.started.instant), end, top)
    yield f'<text class="label" x="{end + 8:.1f}" y="{top + 21}">{markup(_took(bar))}</text></g>'


def _rectangle(name: str, start: float, end: float, top: int) -> str:
    size = f'width="{max(end - start, 2):.1f}" height="{_BAR}"'
    return f'<rect class="{name}" x="{start:.1f}" y="{top + 8}" {size} rx="3"/>'


def _arrow(before: Bar, after: Bar, first: int, second: int, scale: _Scale) -> str:
    """An arrow from the end of a bar to the beginning of another one."""
    assert before.ended is not None
    assert after.started is not None
    x1, x2 = scale.at(before.ended.instant), scale.at(after.started.instant)
    y1, y2 = _top(first) + 8 + _BAR, _top(second) + 8
    if second < first:
        y1, y2 = _top(first) + 8, _top(second) + 8 + _BAR
    side = 1 if y2 > y1 else -1
    middle = y2 - side * 8
    return (
        f'<g class="edge"><path d="M{x1:.1f} {y1}V{middle}H{x2:.1f}V{y2}"/>'
        f'<path class="head" d="M{x2:.1f} {y2}l-4 {-side * 7}h8z"/></g>'
    )


def _took(bar: Bar) -> str:
    if bar.started is None:
        return words.state(bar) if bar.first is not None else f"{words.state(bar)}, no times"
    if bar.seconds is None:
        return f"{words.state(bar)}, not ended"
    return f"{words.duration(bar.seconds)}, {words.state(bar)}"


def _said(bar: Bar, run: Run) -> str:
    """All that is known of an execution, as a phrase."""
    return ", ".join([words.name(bar), _took(bar), *words.notes(bar, run), *words.steps(bar)])


def _cut(text: str, size: float, room: float, *, bold: bool = True) -> str:
    return cut(text, room, size, bold=bold)
