"""Plans as Mermaid: a box per plan, with a box per group, and arrows for dependencies."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from validator.drawing.labels import short, short_reference
from validator.drawing.mermaid import escaped
from validator.model.plan import LIFE, Plan, Step, label

_STYLES = {
    "pulledIn": "stroke-dasharray:5 4",
    "wrong": "stroke:#d1242f,stroke-width:2px",
    "failed": "stroke:#d1242f,stroke-width:4px",
}
"""The styles of marked steps, the most important last."""


def draw(
    plans: Sequence[Plan], *, failed: str | None = None, lost: Collection[str] = ()
) -> Iterator[str]:
    """The lines of a flowchart of plans; arrows lead from what is needed to what waits for it.

    Steps pulled in by a dependency have a dashed outline; services are round. `failed` is the
    reference of a step that fails, and `lost` are those of the steps that then do not run.
    """
    yield "flowchart TB"
    marked: dict[str, list[str]] = {name: [] for name in _STYLES}
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
                note = _note(step.reference, failed, lost)
                yield f"      {ids[step.reference]}{_box(step, note)}"
                for name in _styles(step, note):
                    marked[name].append(ids[step.reference])
            yield "    end"
        marked["wrong"] += [ids[step.reference] for step in plan.unordered]
        yield "  end"
        for _, steps in boxes:
            for step in steps:
                for need in step.needs:
                    yield f"  {ids[need]} --> {ids[step.reference]}"
    for number in range(1, len(plans)):
        # An invisible link keeps the plans in order.
        yield f"  plan{number} ~~~ plan{number + 1}"
    for name, members in marked.items():
        if members:
            yield f"  classDef {name} {_STYLES[name]}"
            yield f"  class {','.join(members)} {name}"


def _note(reference: str, failed: str | None, lost: Collection[str]) -> str:
    """What happens to a step if another one fails."""
    return "fails" if reference == failed else "does not run" if reference in lost else ""


def _styles(step: Step, note: str) -> list[str]:
    """The styles of a step, apart from that of steps which never run."""
    found = [] if step.pulled_in_by is None else ["pulledIn"]
    return [*found, "failed" if note == "fails" else "wrong"] if note else found


def _title(plan: Plan) -> str:
    if plan.trigger is None:
        return f"{short_reference(plan.task or '')} and what it needs"
    bare = any(each.trigger == plan.trigger and not each.user_secrets for each in LIFE)
    return f"{plan.trigger}, without user secrets" if bare else plan.trigger


def _box(step: Step, note: str) -> str:
    text = escaped(short(label(step.automation)))
    if step.pulled_in_by is not None:
        text += f"<br/>pulled in by {escaped(short_reference(step.pulled_in_by))}"
    if note:
        text += f"<br/>{note}"
    return f'(["{text}"])' if step.automation.role == "service" else f'["{text}"]'
