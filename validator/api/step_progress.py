"""The progress of the steps of an execution, and the phase that follows from it."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from validator.api import phase
from validator.api.model import Status, Step, StepStatus
from validator.api.values import Value


class Progress(NamedTuple):
    """A step and its phase, None if that is unknown.

    `step` is None if the document has no plan, `status` if the step has none.
    """

    step: Step | None
    status: StepStatus | None
    phase: str | None

    @property
    def name(self) -> str:
        """The name of the step in messages."""
        if self.step is not None:
            return self.step.name
        assert self.status is not None
        assert self.status.id is not None
        return self.status.id.text

    @property
    def said(self) -> str:
        """The phase as a predicate: "has failed"."""
        assert self.phase is not None
        return phase.said(self.phase)

    @property
    def value(self) -> Value:
        """The value of the phase, or the step's id if it has no status."""
        if self.status is not None:
            return self.status.phase or self.status.value
        assert self.step is not None
        return self.step.id or self.step.value


def progress(status: Status) -> list[Progress]:
    """The steps of a plan, or of the status if there is no plan, with their phases."""
    if status.steps is None:
        return []
    counts = Counter(each.id.folded for each in status.steps if each.id is not None)
    by_id = {each.id.folded: each for each in status.steps if each.id is not None}
    if status.plan is None:
        return [
            Progress(None, each, _phase(each, None) if counts[name] == 1 else None)
            for name, each in by_id.items()
        ]
    steps = status.plan.by_id
    # An id that is wrong or repeated may have been meant for a step without a status.
    sure = status.readable and len(counts) == len(status.steps) and counts.keys() <= steps.keys()
    found = []
    for name, step in steps.items():
        own = by_id.get(name)
        if own is None:
            found.append(Progress(step, None, phase.MISSING if sure else None))
        else:
            found.append(Progress(step, own, _phase(own, step) if counts[name] == 1 else None))
    return found


def _phase(status: StepStatus, step: Step | None) -> str | None:
    if status.phase is None or status.phase.text not in phase.KNOWN:
        return None
    if step is not None and step.service is not None and status.phase.text == phase.RUNNING:
        return phase.SERVICE_RUNNING
    if status.phase.text == phase.SUCCEEDED and has_message(status.failure_message):
        return None
    return status.phase.text


def has_message(message: Value | None) -> bool:
    """Whether a failure message has any content."""
    return message is not None and bool(message.text.strip())


class Disagreement(NamedTuple):
    """A contradiction between the phases of an execution and of its steps.

    `phase` is the one that follows from the steps, None if that is uncertain; `cause` is the step
    that shows it, None if all of them together do.
    """

    phase: str | None
    cause: Progress | None


def disagreement(status: Status) -> Disagreement | None:
    """Why the phase of an execution can't follow from its steps' phases; None if it can.

    An execution that was requested to stop may be stopped whatever its steps are, and one with a
    failure message may have failed without any of them.
    """
    if status.phase is None or status.phase.text not in phase.KNOWN:
        return None
    said, steps = status.phase.text, progress(status)
    if said == phase.STOPPED and status.stoppable:
        return None
    if said == phase.FAILED and has_message(status.failure_message):
        return None
    wanted = _sum(status, steps, said)
    return wanted if wanted is not None and wanted.phase != said else None


_UNSURE = {None, phase.SERVICE_RUNNING}


def _sum(status: Status, steps: list[Progress], said: str) -> Disagreement | None:
    """The phase that follows from the steps, as far as it is certain."""
    first: dict[str | None, Progress] = {}
    for step in steps:
        first.setdefault(step.phase, step)
    if phase.FAILED in first:
        return Disagreement(phase.FAILED, first[phase.FAILED])
    sure = not first.keys() & _UNSURE
    # A step with an unknown phase may be the one that failed.
    if phase.RUNNING in first and (None not in first or said != phase.FAILED):
        return Disagreement(phase.RUNNING, first[phase.RUNNING])
    complete = status.plan is not None and status.plan.complete and sure and bool(steps)
    if complete and first.keys() <= phase.TERMINAL:
        if first.keys() == {phase.SUCCEEDED}:
            return Disagreement(phase.SUCCEEDED, None)
        if said != phase.FAILED:
            return Disagreement(phase.STOPPED, first[phase.STOPPED])
    if said == phase.SUCCEEDED:
        unfinished = [step for name, step in first.items() if name not in _UNSURE | {said}]
        return Disagreement(None, unfinished[0]) if unfinished else None
    return None
