"""Changes of plans as JSON, as described by `schema/plan-diff-output.schema.json`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from validator.finding_json import dumps
from validator.model.plan_change import ItemChange, PlanChange, Planned

VERSION = 1
"""The version of the format; it increases when programs that read it would break."""


def draw(change: PlanChange) -> Iterator[str]:
    """The lines of one object, with one task or service per line."""
    yield f'{{"version": {VERSION}, "keepsPlan": {dumps(change.keeps_plan)}, "items": ['
    for number, item in enumerate(change.items, 1):
        yield f"  {dumps(_item(item))}" + ("," if number < len(change.items) else "")
    yield "]}"


def _item(item: ItemChange) -> dict[str, Any]:
    return {
        "kind": item.kind,
        "old": _planned(item.old),
        "new": _planned(item.new),
        "aspects": item.aspects,
        "awaited": item.awaited,
        "released": item.released,
        "everyStart": item.every_start,
        "notOnResume": item.not_on_resume,
        "withoutUserSecrets": item.without_user_secrets,
        "waitsLonger": item.waits_longer,
    }


def _planned(planned: Planned | None) -> dict[str, Any] | None:
    if planned is None:
        return None
    return {
        "reference": planned.reference,
        "name": planned.name,
        "role": planned.role,
        "runs": [{"trigger": run.trigger, "pulledInBy": run.pulled_in_by} for run in planned.runs],
        "needs": planned.needs,
        "group": planned.group,
        "place": planned.place,
        "image": planned.image,
        "fields": planned.fields,
        "prebuildRequiresSuccess": planned.prebuild_requires_success,
        "prebuildFailure": planned.prebuild_failure,
    }
