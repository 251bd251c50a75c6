"""The model of what AI automations have done: executions, their actions, and the steps of these."""

from __future__ import annotations

from typing import NamedTuple

from validator.api.values import Value, Values
from validator.parsing.nodes import Mapping, Node, Path

ENDED = frozenset({"COMPLETED", "DONE", "FAILED"})
"""The phases in which a run has ended by itself, without their prefix."""

OPEN = frozenset({"PENDING", "RUNNING"})
"""The phases in which a run has not ended, without their prefix."""

_SAID = {
    "PENDING": "is pending",
    "RUNNING": "is running",
    "COMPLETED": "is completed",
    "DONE": "is done",
    "FAILED": "has failed",
}
_COUNTS = ("pending", "running", "failed", "done", "stopped")


class Run(NamedTuple):
    """An execution, an action of one, or a step of an action.

    `name` is what it is called in messages. `holder` is the object with its times. `unfinished`
    says whether it certainly has no time at which it finished. `state` is its phase without the
    prefix, "" if it is unknown; `error` is what says that it has failed. `counts` are the numbers
    of actions by their state, `total` is their limit, `number` is the position of a step, from 0,
    and `steps` are those of an action.
    """

    name: str
    value: Value
    id: Value | None
    holder: Value | None
    started: Value | None
    finished: Value | None
    unfinished: bool
    phase: Value | None
    state: str
    error: Value | None
    counts: dict[str, tuple[Value, int]]
    total: tuple[Value, int] | None
    number: tuple[Value, int] | None
    steps: tuple[Run, ...]

    @property
    def said(self) -> str:
        """Its phase as a predicate: "is running"."""
        return _SAID[self.state]


def runs(root: Node, refused: frozenset[Path], by_kind: dict[str, list[Value]]) -> list[Run]:
    """The executions and the actions of a document."""
    values = Values(root, refused)
    names = {"workflow-execution": "the execution", "workflow-execution-action": "the action"}
    return [
        _run(values, each, name)
        for kind, name in names.items()
        for each in by_kind.get(kind, ())
        if isinstance(each.node, Mapping)
    ]


def _run(values: Values, value: Value, name: str) -> Run:
    status = values.object(value, "status")
    counts = {
        count: found
        for count in _COUNTS
        if status is not None and (found := values.integer(status, f"{count}ActionCount"))
    }
    steps = [_step(values, each) for each in values.objects(status, "stepStatuses")]
    spec = values.object(value, "spec")
    limits = values.object(values.object(spec, "action"), "limits")
    # The actions of a report are counted too.
    alone = spec is not None and values.lacks(spec, "report")
    total = values.integer(limits, "maxTotal") if alone and limits is not None else None
    holder = values.object(value, "metadata")
    return _made(values, name, value, holder, status, counts, tuple(steps))._replace(
        id=values.text(value, "id"), total=total
    )


def _step(values: Values, value: Value) -> Run:
    number = values.integer(value, "stepIndex")
    if number is None and values.lacks(value, "stepIndex"):
        # The API omits a zero.
        number = (value, 0)
    name = "this step" if number is None else f"the step {number[1]}"
    error = values.object(value, "error")
    message = values.text(value, "failureMessage")
    if error is None and message is not None and message.text.strip():
        error = message
    step = _made(values, name, value, value, value, {}, ())
    return step._replace(number=number, error=error)


def _made(
    values: Values,
    name: str,
    value: Value,
    holder: Value | None,
    status: Value | None,
    counts: dict[str, tuple[Value, int]],
    steps: tuple[Run, ...],
) -> Run:
    phase = values.text(status, "phase")
    state = "" if phase is None else phase.text.rpartition("_")[2]
    return Run(
        name,
        value,
        None,
        holder,
        values.text(holder, "startedAt"),
        values.text(holder, "finishedAt"),
        holder is not None and values.lacks(holder, "finishedAt"),
        phase,
        state if state in _SAID else "",
        None,
        counts,
        None,
        None,
        steps,
    )
