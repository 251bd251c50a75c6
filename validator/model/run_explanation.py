"""Why a task or a service runs: what starts it, what it waits for, and when it does not run."""

from __future__ import annotations

from functools import cached_property
from typing import Literal, NamedTuple

from validator.model import graph
from validator.model.automations import Automation, Document
from validator.model.failure import (
    PrebuildOutcome,
    dependents,
    prebuild_outcome,
    required_in_prebuilds,
    runnable,
)
from validator.model.plan import IN_PREBUILDS, LIFE, reached_by
from validator.model.settings import Place, place
from validator.parsing.nodes import Sequence

OccasionName = Literal["prebuild", "first-start", "resume", "rebuild"]

_FIRES: dict[OccasionName, tuple[str, ...]] = {
    "prebuild": IN_PREBUILDS,
    "first-start": ("postMachineStart", "postEnvironmentStart", "postDevcontainerStart"),
    "resume": ("postEnvironmentStart",),
    "rebuild": ("postDevcontainerStart",),
}
"""The triggers that fire on each occasion, as documented."""

_UNKNOWN: dict[OccasionName, tuple[str, ...]] = {
    # Only of `postDevcontainerStart` it is documented that it does not fire in a prebuild.
    "prebuild": ("postMachineStart", "postEnvironmentStart"),
    "resume": ("postMachineStart",),
}
"""The triggers of which it is not documented whether they fire on an occasion."""


class Start(NamedTuple):
    """A trigger that starts an automation, or something that needs it.

    `path` are the references from what the trigger starts to what needs the automation, on a
    shortest path; empty if the trigger starts the automation itself. `needed_by` are all that need
    it directly in the plan of the trigger, in the order of the document. `user_secrets` is that
    of the trigger's `Phase`.
    """

    trigger: str
    path: tuple[str, ...]
    needed_by: tuple[str, ...]
    user_secrets: bool


class Need(NamedTuple):
    """What must be there before a task runs.

    `until` says what is waited for: that a task has `ended`, that the `ready` command of a service
    exits with 0 (`ready`), or that a service without `ready` has `started`. `direct` says whether
    the task itself depends on it, or something that it needs.
    """

    automation: Automation
    until: Literal["ended", "ready", "started"]
    direct: bool

    @property
    def reference(self) -> str:
        """The reference of the automation."""
        return self.automation.reference


class Occasion(NamedTuple):
    """Something that happens to an environment, and whether the automation runs on it.

    `triggers` are those that fire then and run it. `runs` is None if that is not documented.
    """

    name: OccasionName
    triggers: tuple[str, ...]
    runs: bool | None


class RunExplanation(NamedTuple):
    """Why an automation runs.

    `starts` are in the order of an environment's life. If it is empty, no trigger runs the
    automation; if not `complete`, a trigger that could not be read still may. `by_hand` are the
    references of those that need it directly and that no trigger runs: it runs when somebody starts
    one of them from the command line. `needs` are the direct dependencies in the order of the file,
    then the others, the nearest first; `unknown` are dependencies on nonexistent references.
    `never_runs` says that the automation is in a dependency cycle, or needs something that is: then
    it runs on no occasion. `prebuild_failure` says what a prebuild does when the automation fails
    in it; None if no prebuild runs it, or if that is not documented: for a service, and if
    something that depends on it in a prebuild has `prebuildRequiresSuccess`.
    `place` is where it runs, and `image` that of its own container, None elsewhere.
    `dependents` are the references of all that depend on it, directly or not, and so do not run
    when it fails.
    """

    automation: Automation
    starts: tuple[Start, ...]
    by_hand: tuple[str, ...]
    needs: tuple[Need, ...]
    unknown: tuple[str, ...]
    never_runs: bool
    place: Place
    image: str | None
    occasions: tuple[Occasion, ...]
    prebuild_failure: PrebuildOutcome | None
    dependents: tuple[str, ...]
    complete: bool


def explain_run(document: Document, reference: str) -> RunExplanation:
    """Why, when and where a task or a service runs, as the file and the platform's documents say.

    Takes time linear in the number of automations and dependencies. Raises KeyError if `reference`
    does not exist.
    """
    return Explainer(document).explain(reference)


class Explainer:
    """Explains several automations of one document; what they share is computed once."""

    def __init__(self, document: Document) -> None:
        self._document = document

    def explain(self, reference: str, *, only_direct: bool = False) -> RunExplanation:
        """Like `explain_run`; `only_direct` leaves out indirect needs and dependents."""
        automation = self._document.by_reference[reference]
        starts = self._starts(automation)
        runs = reference in self._runnable
        triggers = tuple(each.trigger for each in starts) if runs else ()
        in_prebuild = any(each in IN_PREBUILDS for each in triggers)
        waiting = self._needed_by[reference] if only_direct else None
        return RunExplanation(
            automation,
            starts,
            self._by_hand(reference),
            self._needs(reference, only_direct=only_direct),
            self._unknown(automation),
            not runs,
            *place(automation),
            _occasions(triggers),
            self._prebuild_failure(automation) if in_prebuild else None,
            dependents(self._document, reference) if waiting is None else tuple(waiting),
            self._complete,
        )

    @cached_property
    def _reached(self) -> dict[str, dict[str, str | None]]:
        return {phase.trigger: reached_by(self._document, phase.trigger) for phase in LIFE}

    @cached_property
    def _complete(self) -> bool:
        return self._document.whole and all(map(_has_known_triggers, self._document.automations))

    @cached_property
    def _needed_by(self) -> dict[str, list[str]]:
        return graph.reversed_graph(self._document.graph)

    @cached_property
    def _runnable(self) -> set[str]:
        return runnable(self._document)

    def _starts(self, automation: Automation) -> tuple[Start, ...]:
        found = []
        for phase in LIFE:
            reached = self._reached[phase.trigger]
            if automation.reference not in reached:
                continue
            path: list[str] = []
            before = reached[automation.reference]
            while before is not None:
                path.append(before)
                before = reached[before]
            waiting = [each for each in self._needed_by[automation.reference] if each in reached]
            start = Start(phase.trigger, tuple(path[::-1]), tuple(waiting), phase.user_secrets)
            found.append(start)
        return tuple(found)

    def _by_hand(self, reference: str) -> tuple[str, ...]:
        plans = self._reached.values()
        waiting = self._needed_by[reference]
        return tuple(each for each in waiting if not any(each in reached for reached in plans))

    def _needs(self, reference: str, *, only_direct: bool) -> tuple[Need, ...]:
        direct = self._document.graph[reference]
        every = direct if only_direct else graph.reached(self._document.graph, direct)
        found = (self._document.by_reference[each] for each in every if each != reference)
        own = frozenset(direct)
        return tuple(Need(each, _until(each), each.reference in own) for each in found)

    @cached_property
    def _required(self) -> set[str]:
        return required_in_prebuilds(self._document)

    def _prebuild_failure(self, automation: Automation) -> PrebuildOutcome | None:
        return prebuild_outcome(automation, required=automation.reference in self._required)

    def _unknown(self, automation: Automation) -> tuple[str, ...]:
        names = dict.fromkeys(each.reference for each in automation.dependencies)
        return tuple(name for name in names if name not in self._document.by_reference)


def _has_known_triggers(automation: Automation) -> bool:
    """Whether no trigger was left out, as an unknown one is in a document that is not validated."""
    triggers = automation.field("triggeredBy")
    if triggers is None:
        return True
    if not isinstance(triggers[1], Sequence):
        return False
    return len(triggers[1].items) == len(automation.triggers)


def _until(automation: Automation) -> Literal["ended", "ready", "started"]:
    if automation.role == "task":
        return "ended"
    return "ready" if "ready" in automation.commands else "started"


def _occasions(triggers: tuple[str, ...]) -> tuple[Occasion, ...]:
    found = []
    for name, fires in _FIRES.items():
        fired = tuple(each for each in triggers if each in fires)
        open_ = any(each in _UNKNOWN.get(name, ()) for each in triggers)
        found.append(Occasion(name, fired, True if fired else None if open_ else False))
    return tuple(found)
