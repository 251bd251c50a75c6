"""Plans as Mermaid: a box per plan, with a box per group, and arrows for dependencies."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from validator.drawing.labels import short
from validator.drawing.mermaid import escaped
from validator.model.plan import LIFE, Plan, Step, label

_PULLED_IN = "stroke-dasharray:5 4"
_WRONG = "stroke:#d1242f,stroke-width:2px"


def draw(plans: Sequence[Plan]) -> Iterator[str]:
    """The lines of a flowchart of plans; arrows lead from what is needed to what waits for it.

    Steps pulled in by a dependency have a dashed outline; services are round.
    """
    yield "flowchart TB"
    pulled_in: list[str] = []
    wrong: list[str] = []
    for number, plan in enumerate(plans, 1):
        ids: dict[str, str] = {}
        yield f'  subgraph plan{number}["{escaped(_title(plan))}"]'
        boxes = [(f"group {each}", group.steps) for each, group in enumerate(plan.groups, 1)]
        if plan.unordered:
            boxes.append(("never: a dependency cycle", plan.unordered))
        for index, (heading, steps) in enumerate(boxes, 1):
            yield f'    subgraph plan{number}_group{index}["{escaped(heading)}"]'
            for step in steps:
                ids[step.reference] = f"plan{number}_step{len(ids) + 1}"
                yield f"      {ids[step.reference]}{_box(step)}"
                if step.pulled_in_by is not None:
                    pulled_in.append(ids[step.reference])
            yield "    end"
        wrong += [ids[step.reference] for step in plan.unordered]
        yield "  end"
        for _, steps in boxes:
            for step in steps:
                for need in step.needs:
                    yield f"  {ids[need]} --> {ids[step.reference]}"
    for number in range(1, len(plans)):
        # An invisible link keeps the plans in order.
        yield f"  plan{number} ~~~ plan{number + 1}"
    for name, style, members in (("pulledIn", _PULLED_IN, pulled_in), ("wrong", _WRONG, wrong)):
        if members:
            yield f"  classDef {name} {style}"
            yield f"  class {','.join(members)} {name}"


def _title(plan: Plan) -> str:
    if plan.trigger is None:
        return f"{short(plan.task or '')} and what it needs"
    bare = any(each.trigger == plan.trigger and not each.user_secrets for each in LIFE)
    return f"{plan.trigger}, without user secrets" if bare else plan.trigger


def _box(step: Step) -> str:
    text = escaped(short(label(step.automation)))
    if step.pulled_in_by is not None:
        text += f"<br/>pulled in by {escaped(short(step.pulled_in_by))}"
    return f'(["{text}"])' if step.automation.role == "service" else f'["{text}"]'
