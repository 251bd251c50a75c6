"""Put executions that belong together into runs.

The API says what started each execution, but not which of them one start of an environment
started. A run has executions of one environment and one trigger, each task once, without a pause
of more than a minute in which none of them ran.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from validator.api.timelines.bars import Bar, Moment
from validator.api.timestamp import Instant, seconds_between

PAUSE = 60.0
"""The longest time in seconds between two executions of a run."""


class Started(NamedTuple):
    """An execution with what it is grouped by. `task` is what it runs, None if not known."""

    bar: Bar
    trigger: str | None
    environment: str | None
    task: str | None


def grouped(executions: Iterable[Started]) -> list[list[Started]]:
    """The runs, in the order of their first times, and in each the executions in their order.

    An execution without any time is alone.
    """
    alone: list[list[Started]] = []
    by_start: dict[tuple[str | None, str | None], list[Started]] = {}
    for each in executions:
        if each.bar.first is None:
            alone.append([each])
        else:
            by_start.setdefault((each.environment, each.trigger), []).append(each)
    runs = [run for together in by_start.values() for run in _split(together)]
    runs.sort(key=lambda run: _first(run[0]))
    return [*(sorted(run, key=_order) for run in runs), *alone]


def _split(executions: list[Started]) -> list[list[Started]]:
    """The runs among executions of one environment and one trigger."""
    runs: list[list[Started]] = []
    tasks: set[str | None] = set()
    end: Instant | None = None
    # Whether one of the run has not ended, so that there is no pause.
    is_open = False
    for each in sorted(executions, key=_first):
        again = each.task is not None and each.task in tasks
        paused = not is_open and end is not None and seconds_between(end, _first(each)) > PAUSE
        if not runs or again or paused:
            runs.append([])
            tasks, end, is_open = set(), None, False
        runs[-1].append(each)
        tasks.add(each.task)
        end = _last(each) if end is None else max(end, _last(each))
        is_open = is_open or each.bar.ended is None
    return runs


def _first(each: Started) -> Instant:
    assert each.bar.first is not None
    return each.bar.first.instant


def _last(each: Started) -> Instant:
    last: Moment | None = each.bar.ended or each.bar.started or each.bar.created
    assert last is not None
    return last.instant


def _order(each: Started) -> tuple[bool, Instant, bool, Instant]:
    """By the beginning, then by the end; what has not begun comes last."""
    began = each.bar.started or each.bar.first
    assert began is not None
    return each.bar.started is None, began.instant, each.bar.ended is None, _last(each)
