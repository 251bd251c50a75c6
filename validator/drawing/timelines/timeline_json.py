"""A timeline as JSON for programs, as described by `schema/timeline-output.schema.json`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from validator.api.timeline import Run, Timeline
from validator.api.timelines.bars import Bar, Moment
from validator.finding_json import dumps

VERSION = 1
"""The version of the format; it increases when programs that read it would break."""


def draw(timeline: Timeline) -> Iterator[str]:
    """The lines of one JSON object, with one execution per line."""
    yield f'{{"version": {VERSION}, "runs": ['
    for number, run in enumerate(timeline.runs, 1):
        yield f' {{"trigger": {dumps(run.trigger)}, "environmentId": {dumps(run.environment)},'
        yield f'  "seconds": {dumps(run.seconds)}, "executions": ['
        for index, bar in enumerate(run.bars, 1):
            yield f"    {dumps(_bar(bar, run))}" + ("," if index < len(run.bars) else "")
        path = [run.bars[each].id for each in run.critical_path]
        slowest = None if run.slowest is None else run.bars[run.slowest].id
        end = "," if number < len(timeline.runs) else ""
        yield f'  ], "criticalPath": {dumps(path)}, "slowest": {dumps(slowest)}}}{end}'
    yield "]}"


def _bar(bar: Bar, run: Run) -> dict[str, Any]:
    return {
        "id": bar.id,
        "name": bar.name,
        "reference": bar.reference,
        "phase": bar.phase,
        "createdAt": _time(bar.created),
        "startedAt": _time(bar.started),
        "completedAt": _time(bar.ended),
        "seconds": bar.seconds,
        "waitedFor": None if bar.waited_for is None else run.bars[bar.waited_for].id,
        "slackSeconds": bar.slack,
        "otherVersion": bar.differs,
        "steps": [
            {
                "name": step.name,
                "reference": step.reference,
                "role": step.role,
                "group": step.group + 1,
                "phase": step.phase,
                "needs": list(step.needs),
            }
            for step in bar.steps
        ],
    }


def _time(moment: Moment | None) -> str | None:
    return None if moment is None else moment.text
