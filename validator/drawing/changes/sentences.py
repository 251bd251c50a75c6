"""What a change of a plan means, in sentences for people."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Sequence

from validator.model.plan import IN_PREBUILDS, LIFE
from validator.model.plan_change import ItemChange, PlanChange, Planned, Run
from validator.sentences.verbs import CYCLE
from validator.wording import counted, first_names, phrase

_WHEN = {
    "prebuild": "in prebuilds",
    "beforeSnapshot": "before the snapshot of a prebuild",
    "postMachineStart": "when the machine has started, before the dev container is ready",
    "postEnvironmentStart": "at every start and resume of the environment",
    "postDevcontainerStart": "when the dev container has started, the first time or rebuilt",
    "manual": "when somebody starts it",
}

_WAS_CYCLE = "was in a dependency cycle, or needed something that was"

Code = Callable[[str], str]
"""Shows a reference, a trigger or an image in the format of the output."""


def summary(change: PlanChange) -> str:
    """How much has changed, as a phrase: "1 added, 2 changed"."""
    kinds: list[str] = [item.kind for item in change.items]
    counts = [f"{count:,} {kind}" for kind in KINDS if (count := kinds.count(kind))]
    if not change.keeps_plan:
        return ", ".join(counts)
    plan = "The plan" if change.trigger is None else f"The plan of {change.trigger}"
    if not counts:
        return f"{plan} does not change"
    return f"{plan} does not change, apart from {counted(len(kinds), 'new reference')}"


KINDS = ("added", "gone", "renamed", "changed")
"""What can have happened to a task or a service."""


class Sentences:
    """Phrases about changes, none of them with a capital letter or a full stop.

    `code` shows names of the document and of the file format. With `trigger`, they are only about
    the plan of this trigger.
    """

    def __init__(self, code: Code, trigger: str | None) -> None:
        self._code = code
        self._triggers = {phase.trigger for phase in LIFE} if trigger is None else {trigger}

    def of(self, item: ItemChange) -> list[str]:
        """What is to be said of an added, gone, renamed or changed task or service."""
        if item.old is None:
            assert item.new is not None
            return list(self._added(item.new))
        if item.new is None:
            return [self._no_longer(item.old)]
        return list(self._changed(item, item.old, item.new))

    def _added(self, new: Planned) -> Iterator[str]:
        yield self._runs(new)
        if new.needs:
            yield f"waits for {self._listed(new.needs)}"
        if new.place != "devcontainer":
            yield self._runs_in(new)
        if new.prebuild_requires_success and not self._triggers.isdisjoint(IN_PREBUILDS):
            yield self._required(new, "")

    def _changed(self, item: ItemChange, old: Planned, new: Planned) -> Iterator[str]:
        aspects = item.aspects
        if "reference" in aspects:
            yield f"was {self._code(old.reference)}"
        if "role" in aspects:
            yield f"is a {new.role} now, no longer a {old.role}"
        yield from self._starting(old, new)
        yield from self._waiting(item, old, new)
        if "place" in aspects:
            yield f"{self._runs_in(new)} now, no longer {self._place(old)}"
        if "environment" in aspects and old.place == new.place:
            yield "the variables of its container have changed"
        if "command" in aspects:
            yield "its command has changed"
        if "start" in aspects:
            yield f"its {self._code('start')} command {_how('start', old, new)}"
        if "stop" in aspects:
            yield f"its {self._code('stop')} command {_how('stop', old, new)}"
        if "ready" in aspects:
            yield self._ready(old, new)
        if "readinessTimeout" in aspects:
            yield f"its {self._code('readinessTimeout')} {_how('readinessTimeout', old, new)}"
        if "prebuildRequiresSuccess" in aspects:
            yield self._required(new, " now")

    def _starting(self, old: Planned, new: Planned) -> Iterator[str]:
        if new.group is None:
            if old.group is not None:
                yield f"never runs now: it {CYCLE}"
            return
        before = {run.trigger: run for run in old.runs}
        after = {run.trigger: run for run in new.runs}
        gained = [run for run in self._shown(new) if run.trigger not in before]
        lost = [run for run in self._shown(old) if run.trigger not in after]
        also = "also " if before.keys() & after.keys() else ""
        for run in gained:
            yield f"now {also}runs {self._when(run)}"
        for run in lost:
            yield self._lost(run, after)
        for run in self._shown(new):
            was = before.get(run.trigger)
            if was is not None and (was.pulled_in_by is None) != (run.pulled_in_by is None):
                yield self._started(was, run)
        if lost and not after:
            yield "nothing starts it any more, except by hand from the command line"

    def _lost(self, run: Run, now: Container[str]) -> str:
        if run.trigger != "manual":
            return f"no longer runs {self._when(run, past=True, now=now)}"
        # From the command line it can still be started, and so can what needs it.
        lost = f"{self._code(run.trigger)} does not start it any more"
        if run.pulled_in_by is None:
            return lost
        return f"{lost}; before, it ran there because {self._code(run.pulled_in_by)} needed it"

    def _started(self, was: Run, run: Run) -> str:
        trigger = self._code(run.trigger)
        if run.pulled_in_by is None:
            by = self._code(was.pulled_in_by or "")
            return f"{trigger} starts it itself now; before, it ran there because {by} needed it"
        by = self._code(run.pulled_in_by)
        return f"{trigger} does not start it itself any more; it runs there because {by} needs it"

    def _waiting(self, item: ItemChange, old: Planned, new: Planned) -> Iterator[str]:
        parts = []
        if item.awaited:
            parts.append(f"now waits for {self._listed(item.awaited)}")
        if item.released:
            no_longer = "no longer" if parts else "no longer waits"
            parts.append(f"{no_longer} for {self._listed(item.released)}")
        moved = ""
        if "group" in item.aspects and old.group and new.group:
            moved = f"in group {new.group} instead of {old.group}"
            if not parts:
                later = "later" if new.group > old.group else "earlier"
                parts = [f"runs {later}"]
                moved += ": what it waits for has moved"
        if parts:
            yield ", ".join(filter(None, [*parts, moved]))
        if new.group and not old.group:
            yield f"never ran before: it {_WAS_CYCLE}"

    def _ready(self, old: Planned, new: Planned) -> str:
        ready = self._code("ready")
        if "ready" not in new.fields:
            return f"has no {ready} command any more: what needs it does not wait until it is ready"
        if "ready" not in old.fields:
            return f"has a {ready} command now: what needs it waits until that succeeds"
        return f"its {ready} command has changed"

    def _required(self, new: Planned, now: str) -> str:
        given = "is set" if new.prebuild_requires_success else "is not set"
        required = f"{self._code('prebuildRequiresSuccess')} {given}{now}"
        if not new.runs_in_prebuilds:
            return f"no prebuild runs it, and {required}"
        if new.prebuild_failure is None:
            return f"{required}; it is not documented whether the prebuild fails if it does"
        only = {"fails": "fails", "warns": "only warns"}[new.prebuild_failure]
        return f"if it fails, the prebuild {only}{now}"

    def _runs_in(self, new: Planned) -> str:
        return f"{'would run' if new.group is None else 'runs'} {self._place(new)}"

    def _place(self, planned: Planned) -> str:
        if planned.place == "machine":
            return "on the machine"
        if planned.place == "docker":
            return f"in a container of {self._code(planned.image or '')}"
        return "in the dev container"

    def _runs(self, new: Planned) -> str:
        if new.group is None:
            return f"never runs: it {CYCLE}"
        if not new.runs:
            return "runs only when started by hand, from the command line"
        return f"runs {phrase([self._when(run) for run in self._shown(new)], 'and')}"

    def _no_longer(self, old: Planned) -> str:
        if old.group is None:
            return f"never ran: it {_WAS_CYCLE}"
        if not old.runs:
            return "ran only when started by hand, from the command line"
        runs = [self._when(run, past=True) for run in self._shown(old)]
        return f"no longer runs {phrase(runs, 'and')}"

    def _shown(self, planned: Planned) -> list[Run]:
        return [run for run in planned.runs if run.trigger in self._triggers]

    def _when(self, run: Run, *, past: bool = False, now: Container[str] = ()) -> str:
        """When a trigger runs something; `past` if it does so no longer, but those of `now` do."""
        when = _past(run.trigger, now) if past else _WHEN[run.trigger]
        if not past and run.trigger in IN_PREBUILDS:
            when += ", without user secrets"
        if run.pulled_in_by is None:
            return f"{when} ({self._code(run.trigger)})"
        by, needs = self._code(run.pulled_in_by), "needed" if past else "needs"
        if run.trigger == "manual":
            return f"when somebody starts {by}, which {needs} it"
        return f"{when} ({self._code(run.trigger)}, because {by} {needs} it)"

    def _listed(self, names: Sequence[str]) -> str:
        return phrase(first_names(names, self._code), "and")


def _past(trigger: str, now: Container[str]) -> str:
    """When a trigger no longer runs something that those of `now` run: all fire at first starts."""
    if trigger == "postDevcontainerStart" and "postEnvironmentStart" in now:
        return "when the dev container is rebuilt"
    if trigger != "postEnvironmentStart":
        return _WHEN[trigger]
    started = "" if "postDevcontainerStart" in now else "started or "
    # It is not documented whether the other trigger fires at a resume.
    later = ", once the dev container is ready" if "postMachineStart" in now else ""
    return f"when the environment is {started}resumed{later}"


def _how(name: str, old: Planned, new: Planned) -> str:
    if name not in new.fields:
        return "is gone"
    return "has changed" if name in old.fields else "is new"
