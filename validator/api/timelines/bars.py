"""The executions of a timeline: when each began and ended, and its steps."""

from __future__ import annotations

from typing import NamedTuple

from validator.api import phase
from validator.api.model import Execution, Step
from validator.api.step_progress import progress
from validator.api.timelines.matching import Matching
from validator.api.timestamp import Instant, instant, seconds_between
from validator.api.values import Value
from validator.model.automations import Role
from validator.model.plan import label


class Moment(NamedTuple):
    """A time, as in the document and as an instant."""

    text: str
    instant: Instant


class BarStep(NamedTuple):
    """A step of an execution. The API gives no times of steps.

    `reference` is that of the item in the file, None if it is not known. `group` is the 0-based
    number of its group. `phase` is `pending`, `running`, `succeeded`, `failed`, `stopped` or
    `missing` for a step that has not started, None if it is not known. `needs` are the names of
    the steps that it waits for.
    """

    name: str
    reference: str | None
    role: Role
    group: int
    phase: str | None
    needs: tuple[str, ...]


class Bar(NamedTuple):
    """An execution: when it was created, and when it began and ended.

    `id` is that of the execution. `reference` is that of the task in the file, None if it is not
    known. `phase` is as in `BarStep`. `ended` is None as long as it runs. `differs` says whether
    it certainly ran another version of the file, because a command is another one.

    `waited_for` is the number, in its run, of the execution that ended last of those that it needs,
    or while it has not begun, of the first one that has not ended; None if there is none. `slack`
    is the number of seconds that it began later than it could: than it was created, and all that it
    needs had ended. It is None if that is not known.
    """

    id: str
    name: str
    reference: str | None
    phase: str | None
    created: Moment | None
    started: Moment | None
    ended: Moment | None
    steps: tuple[BarStep, ...]
    differs: bool
    waited_for: int | None = None
    slack: float | None = None

    @property
    def seconds(self) -> float | None:
        """How long it ran; None if it has not begun, or not ended."""
        if self.started is None or self.ended is None:
            return None
        return seconds_between(self.started.instant, self.ended.instant)

    @property
    def first(self) -> Moment | None:
        """Its earliest time."""
        return self.created or self.started or self.ended

    @property
    def is_open(self) -> bool:
        """Whether it has begun and not ended."""
        return self.started is not None and self.ended is None


def bar_of(execution: Execution, matching: Matching) -> Bar:
    """The bar of an execution, before it is compared with others.

    Times that contradict each other are left out: an end before the beginning, and a creation
    after it.
    """
    created, started, ended = (
        _moment(each) for each in (execution.created, execution.started, execution.completed)
    )
    if started is not None and ended is not None and ended.instant < started.instant:
        ended = None
    if created is not None and started is not None and started.instant < created.instant:
        created = None
    status = execution.status
    return Bar(
        "" if execution.id is None else execution.id.text,
        matching.name_of(execution),
        matching.of_execution(execution),
        None if status is None else _phase(status.phase),
        created,
        started,
        ended,
        _steps(execution, matching),
        matching.differing(execution) is not None,
    )


def _moment(value: Value | None) -> Moment | None:
    found = None if value is None else instant(value.text)
    return None if value is None or found is None else Moment(value.text, found)


def _phase(value: Value | None) -> str | None:
    if value is None or value.text not in phase.KNOWN:
        return None
    return value.text.removeprefix(phase.PREFIX).lower()


def _steps(execution: Execution, matching: Matching) -> tuple[BarStep, ...]:
    if execution.plan is None:
        return ()
    phases: dict[str, str | None] = {}
    if execution.status is not None:
        for each in progress(execution.status):
            if each.step is not None and each.step.id is not None:
                phases[each.step.id.folded] = _short(each.phase)
    by_id = execution.plan.by_id
    found = []
    for step in execution.plan.steps:
        known = (by_id[each.folded] for each in step.dependencies if each.folded in by_id)
        found.append(
            BarStep(
                _name(step, matching),
                matching.of_step(step),
                "service" if step.service is not None else "task",
                step.group,
                None if step.id is None else phases.get(step.id.folded),
                tuple(dict.fromkeys(_name(each, matching) for each in known)),
            )
        )
    return tuple(found)


def _short(name: str | None) -> str | None:
    if name == phase.SERVICE_RUNNING:
        return "running"
    return None if name is None else name.removeprefix(phase.PREFIX).lower()


def _name(step: Step, matching: Matching) -> str:
    reference = matching.of_step(step)
    if reference is not None:
        return label(matching.document.by_reference[reference])
    return step.name or "?"
