"""What a change of a file does to its plans: to when, where and after what everything runs.

Only what the platform does counts. The order of a file, its comments and anchors, display names,
descriptions and the role of a service change nothing here.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

from validator.model.automations import Automation, Document, Role
from validator.model.failure import PrebuildOutcome, prebuild_outcome, required_in_prebuilds
from validator.model.implied import Implied
from validator.model.plan import IN_PREBUILDS, LIFE, group_numbers, label, reached_by
from validator.model.renames import renames
from validator.model.settings import Place, Setting, place, settings

Aspect = Literal[
    "reference",
    "role",
    "triggers",
    "dependencies",
    "group",
    "place",
    "environment",
    "command",
    "start",
    "ready",
    "stop",
    "readinessTimeout",
    "prebuildRequiresSuccess",
]
"""What of a task or a service has changed: a part of its plan, or a field that it runs by."""


class Run(NamedTuple):
    """A trigger in whose plan a task or a service is.

    `pulled_in_by` is the reference of what needs it there, on a shortest path from what the trigger
    starts; None if the trigger starts it itself.
    """

    trigger: str
    pulled_in_by: str | None


class Planned(NamedTuple):
    """A task or a service as one version of a file plans it.

    `name` is its display name. `runs` are in the order in which the triggers fire. `needs` are the
    references that it waits for, only direct ones. `group` is the number of its group in each plan
    that runs it, from 1; None if it never runs, since it is in a dependency cycle or needs
    something that is: then it has no `runs` either. `place` is where it
    runs: `devcontainer`, `machine`, or `docker` in a container of the image `image`. `fields` are
    those that it has of `environment` (of this container), `command`, `start`, `ready`, `stop` and
    `readinessTimeout`, without their values, which may contain secrets. `prebuild_failure` says
    what a prebuild does when it fails in it; None if no prebuild runs it, or if that is not
    documented: for a service, and if something that depends on it in a prebuild has
    `prebuildRequiresSuccess`.
    """

    reference: str
    name: str
    role: Role
    runs: tuple[Run, ...]
    needs: tuple[str, ...]
    group: int | None
    place: Place
    image: str | None
    fields: tuple[Setting, ...]
    prebuild_requires_success: bool
    prebuild_failure: PrebuildOutcome | None

    def runs_in(self, trigger: str) -> bool:
        """Whether it is in the plan of a trigger."""
        return any(run.trigger == trigger for run in self.runs)

    @property
    def runs_in_prebuilds(self) -> bool:
        """Whether it runs before the snapshot of a prebuild is taken, without user secrets."""
        return any(map(self.runs_in, IN_PREBUILDS))


class ItemChange(NamedTuple):
    """What has changed for one task or service.

    `old` is None if it is added, `new` if it is gone; then `aspects` is empty. Otherwise `aspects`
    are what has changed, in this order: `reference`, `role` (task or service), `triggers` (which
    run it, and whether they start it themselves), `dependencies`, `group`, `place`, the fields of
    `Planned.fields`, and `prebuildRequiresSuccess`. `awaited` are the references that it has begun
    to wait for, and `released` those that it does not wait for any more, both without those that
    it also waits for through another one.
    """

    old: Planned | None
    new: Planned | None
    aspects: tuple[Aspect, ...] = ()
    awaited: tuple[str, ...] = ()
    released: tuple[str, ...] = ()

    @property
    def kind(self) -> Literal["added", "gone", "renamed", "changed"]:
        """What has happened; `renamed` if nothing else than the reference has changed."""
        if self.old is None:
            return "added"
        if self.new is None:
            return "gone"
        return "renamed" if self.aspects == ("reference",) else "changed"

    @property
    def newest(self) -> Planned:
        """The new version; the old one if it is gone."""
        found = self.new or self.old
        assert found is not None
        return found

    @property
    def every_start(self) -> bool:
        """Whether it runs at every start now, and did not before."""
        return self._begins("postEnvironmentStart")

    @property
    def not_on_resume(self) -> bool:
        """Whether it was started on each resume of an environment, and still exists, but is not.

        Of `postMachineStart` it is not documented whether it fires then.
        """
        old, new = self.old, self.new
        if old is None or new is None or not old.runs_in("postEnvironmentStart"):
            return False
        return not any(map(new.runs_in, ("postEnvironmentStart", "postMachineStart")))

    @property
    def without_user_secrets(self) -> bool:
        """Whether it runs in prebuilds now, without user secrets, and did not before."""
        before = self.old is not None and self.old.runs_in_prebuilds
        return self.new is not None and self.new.runs_in_prebuilds and not before

    @property
    def waits_longer(self) -> bool:
        """Whether it waits for something new, or its group is a later one."""
        if self.old is None or self.new is None:
            return False
        return bool(self.awaited) or (self.new.group or 0) > (self.old.group or 0) > 0

    def _begins(self, trigger: str) -> bool:
        before = self.old is not None and self.old.runs_in(trigger)
        return self.new is not None and self.new.runs_in(trigger) and not before


class PlanChange(NamedTuple):
    """All that has changed, in the order of the new version; what is gone comes last.

    With `trigger`, only what has changed in the plan of this trigger.
    """

    items: tuple[ItemChange, ...]
    trigger: str | None = None

    @property
    def keeps_plan(self) -> bool:
        """Whether everything runs as before, apart from new references."""
        return all(item.kind == "renamed" for item in self.items)

    def of_trigger(self, trigger: str) -> PlanChange:
        """Only what has changed in the plan of a trigger, by its name in the file format.

        Of what has come into this plan, or left it, no other changes are left. Raises ValueError if
        `trigger` is unknown.
        """
        if all(phase.trigger != trigger for phase in LIFE):
            raise ValueError(f"unknown trigger {trigger}")
        limited = (_limited(item, trigger) for item in self.items)
        return PlanChange(tuple(item for item in limited if item is not None), trigger)


def compare_plans(old: Document, new: Document) -> PlanChange:
    """Compare the plans of two versions of an automations file.

    A task or a service is recognized under a new reference if it is the same in all else, or if no
    other one has its display name; dependencies on it that follow have not changed. For a repeated
    reference the first automation counts. Commands are compared by their text, without line feeds
    at their end. Takes time linear in the size of both; dependencies that are implied by others are
    recognized as far as that allows.
    """
    before, after = _planned(old), _planned(new)
    renamed = renames(old, new)
    old_of = {now: was for was, now in renamed.items()}
    implied = Implied(old, new, renamed)
    items: list[ItemChange] = []
    for reference, planned in after.items():
        was = old_of.get(reference, reference)
        if was not in before:
            items.append(ItemChange(None, planned))
            continue
        awaited, released = implied.difference(was, reference)
        item = ItemChange(before[was], planned, (), awaited, released)
        found = _aspects(item, old.by_reference[was], new.by_reference[reference])
        if found:
            items.append(item._replace(aspects=found))
    kept = {old_of.get(reference, reference) for reference in after}
    items += [ItemChange(each, None) for reference, each in before.items() if reference not in kept]
    return PlanChange(tuple(items))


def _planned(document: Document) -> dict[str, Planned]:
    """Everything in a document by its reference."""
    reached = [(phase.trigger, reached_by(document, phase.trigger)) for phase in LIFE]
    group = group_numbers(document)
    required = required_in_prebuilds(document)
    found: dict[str, Planned] = {}
    for reference, automation in document.by_reference.items():
        plans = [each for each in reached if reference in each[1] and reference in group]
        runs = [Run(name, each[reference]) for name, each in plans]
        in_prebuild = any(run.trigger in IN_PREBUILDS for run in runs)
        outcome = prebuild_outcome(automation, required=reference in required)
        where, image = place(automation)
        found[reference] = Planned(
            reference,
            label(automation),
            automation.role,
            tuple(runs),
            tuple(document.graph[reference]),
            group[reference] + 1 if reference in group else None,
            where,
            image,
            tuple(settings(automation)),
            automation.prebuild_requires_success,
            outcome if in_prebuild else None,
        )
    return found


def _aspects(item: ItemChange, before: Automation, after: Automation) -> tuple[Aspect, ...]:
    """What has changed from one version of an automation to the next."""
    old, new = item.old, item.new
    assert old is not None
    assert new is not None
    found: dict[Aspect, bool] = {
        "reference": old.reference != new.reference,
        "role": old.role != new.role,
        "triggers": list(map(_how_started, old.runs)) != list(map(_how_started, new.runs)),
        "dependencies": bool(item.awaited or item.released),
        "group": old.group != new.group,
        "place": (old.place, old.image) != (new.place, new.image),
    }
    olds, news = settings(before), settings(after)
    # The commands of a task and of a service have nothing in common.
    names = ("environment",) if found["role"] else (*olds, *news)
    found.update({name: olds.get(name) != news.get(name) for name in names})
    required = old.prebuild_requires_success != new.prebuild_requires_success
    found["prebuildRequiresSuccess"] = required
    return tuple(name for name, differs in found.items() if differs)


def _limited(item: ItemChange, trigger: str) -> ItemChange | None:
    """What of a change is one of the plan of a trigger; None if nothing is."""
    before, after = _run(item.old, trigger), _run(item.new, trigger)
    if before is None and after is None:
        return None
    if item.old is None or item.new is None:
        return item
    concerned: set[Aspect] = set(item.aspects)
    if before is None or after is None:
        concerned = {"reference", "role", "triggers"}
        item = item._replace(awaited=(), released=())
    elif _how_started(before) == _how_started(after):
        concerned.discard("triggers")
    if trigger not in IN_PREBUILDS:
        concerned.discard("prebuildRequiresSuccess")
    aspects = tuple(each for each in item.aspects if each in concerned)
    return item._replace(aspects=aspects) if aspects else None


def _run(planned: Planned | None, trigger: str) -> Run | None:
    """How a trigger runs something, if it does."""
    runs = () if planned is None else planned.runs
    return next((run for run in runs if run.trigger == trigger), None)


def _how_started(run: Run | None) -> tuple[str, bool] | None:
    """The trigger, and whether it starts something itself.

    What pulls it in otherwise is left out: that is a change of what needs it.
    """
    return None if run is None else (run.trigger, run.pulled_in_by is None)
