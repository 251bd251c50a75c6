"""A change of plans with other names, such as those without the characters of secrets."""

from __future__ import annotations

from collections.abc import Mapping

from validator.model.plan_change import ItemChange, PlanChange, Planned, Run


def with_names(change: PlanChange, names: Mapping[str, str]) -> PlanChange:
    """The same change; `names` are those to use in place of references, names and images."""
    return change._replace(items=tuple(_item(item, names) for item in change.items))


def _item(item: ItemChange, names: Mapping[str, str]) -> ItemChange:
    return item._replace(
        old=None if item.old is None else _planned(item.old, names),
        new=None if item.new is None else _planned(item.new, names),
        awaited=_several(item.awaited, names),
        released=_several(item.released, names),
    )


def _planned(planned: Planned, names: Mapping[str, str]) -> Planned:
    return planned._replace(
        reference=_one(planned.reference, names),
        name=_one(planned.name, names),
        runs=tuple(_run(run, names) for run in planned.runs),
        needs=_several(planned.needs, names),
        image=None if planned.image is None else _one(planned.image, names),
    )


def _run(run: Run, names: Mapping[str, str]) -> Run:
    return run if run.pulled_in_by is None else Run(run.trigger, _one(run.pulled_in_by, names))


def _several(given: tuple[str, ...], names: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(_one(each, names) for each in given)


def _one(name: str, names: Mapping[str, str]) -> str:
    return names.get(name, name)
