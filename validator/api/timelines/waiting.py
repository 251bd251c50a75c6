"""What the executions of a run waited for, and which of them decided how long it took."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from validator.api.timelines.bars import Bar
from validator.api.timestamp import seconds_between


def with_waiting(bars: Sequence[Bar], needs: Callable[[str], Sequence[str] | None]) -> list[Bar]:
    """The bars of a run with what each waited for, or waits for.

    `needs` returns what an item needs in the file, None if that is not known.
    """
    at = {bar.reference: number for number, bar in enumerate(bars) if bar.reference is not None}
    return [_compared(bar, bars, at, needs) for bar in bars]


def _compared(
    bar: Bar,
    bars: Sequence[Bar],
    at: Mapping[str, int],
    needs: Callable[[str], Sequence[str] | None],
) -> Bar:
    needed = None if bar.reference is None else needs(bar.reference)
    if needed is None:
        return bar
    # What is in its own plan runs in it, not before it.
    inside = {step.reference for step in bar.steps}
    if bar.started is None:
        numbers = (at[need] for need in needed if need in at and need not in inside)
        return bar._replace(waited_for=next((n for n in numbers if bars[n].ended is None), None))
    earliest = bar.created and bar.created.instant
    waited_for: int | None = None
    known = True
    for need in needed:
        number = at.get(need)
        if need in inside:
            continue
        if number is None:
            # A service, or what another run did.
            known = False
            continue
        ended = bars[number].ended
        if ended is None or ended.instant > bar.started.instant:
            # It did not wait for it: a finding says so, if that is certain.
            known = False
            continue
        last = bars[waited_for].ended if waited_for is not None else None
        if last is None or ended.instant > last.instant:
            waited_for = number
        earliest = ended.instant if earliest is None else max(earliest, ended.instant)
    slack = None
    if known and earliest is not None:
        slack = seconds_between(earliest, bar.started.instant)
    return bar._replace(waited_for=waited_for, slack=slack)


def critical_path(bars: Sequence[Bar]) -> tuple[int, ...]:
    """The numbers of the execution that ended last and of those that it waited for, in order.

    Without an end of all executions it is not known, and empty; also if the last one is of no known
    task, which may have waited for another one, or never began.
    """
    if not bars or any(bar.ended is None for bar in bars):
        return ()
    last = max(range(len(bars)), key=lambda each: _end(bars[each]))
    if bars[last].reference is None or bars[last].started is None:
        return ()
    # In the order of insertion. Executions of no length may wait for each other, in a cycle.
    path: dict[int, None] = {}
    number: int | None = last
    while number is not None and number not in path:
        path[number] = None
        number = bars[number].waited_for
    return tuple(reversed(path))


def _end(bar: Bar) -> tuple[int, int]:
    assert bar.ended is not None
    return bar.ended.instant


def slowest(bars: Sequence[Bar]) -> int | None:
    """The number of the execution that ran longest; None if none has ended."""
    ended = [number for number, bar in enumerate(bars) if bar.seconds is not None]
    return max(ended, key=lambda each: bars[each].seconds or 0.0, default=None)
