"""Plans as JSON, in the format of the platform's API."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from validator.finding_json import dumps
from validator.model.plan import Plan, to_json


def draw(plans: Sequence[Plan]) -> Iterator[str]:
    """The lines of one object that maps each trigger to its plan."""
    yield "{"
    for index, plan in enumerate(plans, 1):
        end = "," if index < len(plans) else ""
        yield from _plan(plan, f"{dumps(plan.trigger)}: ", end)
    yield "}"


def draw_one(plan: Plan) -> Iterator[str]:
    """The lines of one plan: a `TaskExecutionSpec` with its `plan`, one step per line."""
    return _plan(plan, "", "")


def _plan(plan: Plan, begin: str, end: str) -> Iterator[str]:
    yield begin + '{"plan": ['
    groups = to_json(plan)["plan"]
    for number, group in enumerate(groups, 1):
        yield '  {"steps": ['
        for index, step in enumerate(group["steps"], 1):
            yield f"    {dumps(step)}" + ("," if index < len(group["steps"]) else "")
        yield "  ]}" + ("," if number < len(groups) else "")
    yield "]}" + end
