"""How far the steps of an execution have come, and the phase that this makes."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from validator.api import phase
from validator.api.model import Status, Step, StepStatus
from validator.api.values import Value


class Progress(NamedTuple):
    """A step and its phase, None where that isn't known.

    `step` is None where the document has no plan, `status` where the step has none.
    """

    step: Step | None
    status: StepStatus | None
    phase: str | None

    @property
    def name(self) -> str:
        """What a message calls the step."""
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
        """Where the phase stands, or the step's id if it has no status."""
        if self.status is not None:
            return self.status.phase or self.status.value
        assert self.step is not None
        return self.step.id or self.step.value


def progress(status: Status) -> list[Progress]:
    """The steps of a plan, or where there is none, those of the status, with their phases."""
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
    # An id that is wrong or repeated stands where that of another step is missing.
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
    """Whether a failure message says anything."""
    return message is not None and bool(message.text.strip())


class Disagreement(NamedTuple):
    """A phase that an execution can't be in.

    `phase` is the one that its steps make, None where that is not sure; `cause` is the step
    that shows it, None where all of them together do.
    """

    phase: str | None
    cause: Progress | None


def disagreement(status: Status) -> Disagreement | None:
    """Why the phase of an execution can't be the sum of its steps' phases; None where it can.

    An execution that has been asked to stop may be stopped whatever its steps say, and one with a
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
    """The phase that steps make, as far as one can tell."""
    first: dict[str | None, Progress] = {}
    for step in steps:
        first.setdefault(step.phase, step)
    if phase.FAILED in first:
        return Disagreement(phase.FAILED, first[phase.FAILED])
    sure = not first.keys() & _UNSURE
    # A step whose phase can't be told may be the one that failed.
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
