"""What timelines say, the same in all formats for people."""

from __future__ import annotations

from collections.abc import Iterator

from validator.api.timeline import Run
from validator.api.timelines.bars import Bar, BarStep
from validator.drawing.labels import short
from validator.wording import counted

_MINUTE, _HOUR, _DAY = 60, 3600, 86400
_LEAST_SLACK = 1.0
"""Executions that begin less than so many seconds later than they could are not reported."""

_MAX_LISTED = 10
"""The most names in a list, and groups of an execution."""


def duration(seconds: float) -> str:
    """A time for people: "4.2 s", "1 min 40 s", "2 h 5 min", "3 d 4 h"."""
    if round(seconds, 1) < _MINUTE:
        return f"{seconds:.1f}".removesuffix(".0") + " s"
    whole = round(seconds)
    for unit, part, names in (
        (_DAY, _HOUR, "d h"),
        (_HOUR, _MINUTE, "h min"),
        (_MINUTE, 1, "min s"),
    ):
        if whole >= unit:
            first, second = names.split()
            more = f" {whole % unit // part} {second}" if whole % unit // part else ""
            return f"{whole // unit:,} {first}{more}"
    raise AssertionError(seconds)


def name(bar: Bar) -> str:
    """What an execution is called: by its reference, or as in the API if that is not known."""
    return short(bar.reference or bar.name)


def state(bar: Bar) -> str:
    """The phase of an execution in words."""
    return bar.phase or "phase unknown"


def title(run: Run) -> str:
    """What started a run, when, and how long it took."""
    shown = short(run.trigger) if run.trigger else "started by an unknown trigger"
    first = min(
        (bar.first for bar in run.bars if bar.first is not None),
        key=lambda each: each.instant,
        default=None,
    )
    if first is None:
        return f"{shown}: no times"
    if all(bar.created is None and bar.started is None for bar in run.bars):
        # Stopped before they began.
        return f"{shown}: ended at {first.text}"
    took = duration(run.seconds)
    if any(bar.ended is None for bar in run.bars):
        return f"{shown}: began at {first.text}, {took} so far"
    return f"{shown}: began at {first.text}, took {took}"


def steps(bar: Bar) -> Iterator[str]:
    """The groups of an execution of several steps, each as a phrase."""
    if len(bar.steps) < 2:
        return
    groups: dict[int, list[BarStep]] = {}
    for step in bar.steps:
        groups.setdefault(step.group, []).append(step)
    for number, group in list(groups.items())[:_MAX_LISTED]:
        yield f"group {number + 1}: {listed([_step(step) for step in group])}"
    if len(groups) > _MAX_LISTED:
        yield f"and {counted(len(groups) - _MAX_LISTED, 'more group')}"


def _step(step: BarStep) -> str:
    shown = short(step.reference or step.name)
    phases = {None: "phase unknown", "missing": "not started"}
    return f"{shown} ({phases.get(step.phase, step.phase)})"


def notes(bar: Bar, run: Run) -> list[str]:
    """What else is to be said of an execution."""
    found = []
    if bar.waited_for is not None:
        verb = "waits" if bar.started is None else "waited"
        found.append(f"{verb} for {name(run.bars[bar.waited_for])}")
    if bar.differs:
        found.append("ran another version of the file")
    return found


def answers(run: Run) -> Iterator[tuple[str, str]]:
    """What the times of a run show: a title and a phrase for each answer."""
    if len(run.bars) > 1 and run.critical_path:
        yield (
            "critical path",
            listed([name(run.bars[each]) for each in run.critical_path], ", then "),
        )
    if len(run.bars) > 1 and run.slowest is not None:
        bar = run.bars[run.slowest]
        yield "slowest", f"{name(bar)}, {duration(bar.seconds or 0.0)}"
    late = sorted(filter(earlier, run.bars), key=lambda bar: -(bar.slack or 0.0))
    if late:
        shown = [f"{name(bar)} {earlier(bar)}" for bar in late]
        yield "could have begun earlier", listed(shown)


def earlier(bar: Bar) -> str:
    """How much earlier an execution could have begun, as a phrase; "" if hardly or not known."""
    late = bar.slack is not None and bar.slack >= _LEAST_SLACK
    return f"by {duration(bar.slack or 0.0)}" if late else ""


def listed(names: list[str], between: str = ", ") -> str:
    """Names as a phrase, only the first of many."""
    shown = names[:_MAX_LISTED]
    if len(names) > _MAX_LISTED:
        shown.append(f"{len(names) - _MAX_LISTED:,} more")
    return between.join(shown)


def summary(runs: tuple[Run, ...]) -> str:
    """The numbers of executions and runs, as a phrase."""
    return (
        f"{counted(sum(len(run.bars) for run in runs), 'execution')} in {counted(len(runs), 'run')}"
    )
