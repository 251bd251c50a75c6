"""What is lost when a task or a service fails: in each plan, what no longer runs."""

from __future__ import annotations

from typing import Literal, NamedTuple

from validator.model import graph
from validator.model.automations import Automation, Document
from validator.model.plan import IN_PREBUILDS, Plan, Step, group_numbers, of_document, reached_by

PrebuildOutcome = Literal["fails", "warns"]


class Loss(NamedTuple):
    """What a plan loses when one of its steps fails.

    `lost` are the steps that then do not run, since they depend on it, directly or not; `left` are
    the others, which do not depend on it. Both are in the order of the plan; they contain neither
    the step itself nor steps that never run. `prebuild` says what a prebuild does; None if the plan
    is not part of a prebuild, or if that is not documented: for a service, and if a lost step has
    `prebuildRequiresSuccess`.
    """

    plan: Plan
    lost: tuple[Step, ...]
    left: tuple[Step, ...]
    prebuild: PrebuildOutcome | None


class BlastRadius(NamedTuple):
    """What is lost when an automation fails.

    `dependents` are the references of all that depend on it, directly or not, whatever starts them,
    in the order of the document. `losses` are those of the plans that contain it.
    """

    automation: Automation
    dependents: tuple[str, ...]
    losses: tuple[Loss, ...]


def blast_radius(document: Document, reference: str) -> BlastRadius:
    """What is lost when a task or a service fails, in the plan of each trigger that runs it.

    Takes time linear in the number of automations and dependencies. Raises KeyError if `reference`
    does not exist.
    """
    automation = document.by_reference[reference]
    losses = (loss_in(plan, reference) for plan in of_document(document))
    return BlastRadius(
        automation,
        dependents(document, reference),
        tuple(each for each in losses if each is not None),
    )


def loss_in(plan: Plan, reference: str) -> Loss | None:
    """What a plan loses when one of its steps fails; None if it never runs this step."""
    steps = {step.reference: step for step in plan.steps}
    if reference not in steps:
        return None
    # A step that needs one that never runs never runs either, so all of these are among the steps.
    needed_by = {
        name: [each for each in step.needed_by if each in steps] for name, step in steps.items()
    }
    affected = graph.closure(needed_by, [reference])
    others = [step for step in plan.steps if step.reference != reference]
    lost = tuple(step for step in others if step.reference in affected)
    left = tuple(step for step in others if step.reference not in affected)
    if plan.trigger not in IN_PREBUILDS:
        return Loss(plan, lost, left, None)
    required = any(step.automation.prebuild_requires_success for step in lost)
    return Loss(plan, lost, left, prebuild_outcome(steps[reference].automation, required=required))


def prebuild_outcome(automation: Automation, *, required: bool) -> PrebuildOutcome | None:
    """What a prebuild that runs an automation does when it fails; None if that is not documented.

    `required` says whether something that depends on it has `prebuildRequiresSuccess`: it is not
    documented what a prebuild does when such a task does not run. Only tasks have that field.
    """
    if automation.role != "task":
        return None
    if automation.prebuild_requires_success:
        return "fails"
    return None if required else "warns"


def required_in_prebuilds(document: Document) -> set[str]:
    """The references of what a prebuild requires the success of, and of all that this needs."""
    roots = (
        reference
        for reference in reached_by(document, *IN_PREBUILDS)
        if document.by_reference[reference].prebuild_requires_success
    )
    return graph.closure(document.graph, roots)


def runnable(document: Document) -> set[str]:
    """The references of all that can run: on no dependency cycle, and needing nothing on one."""
    return set(group_numbers(document))


def dependents(document: Document, reference: str) -> tuple[str, ...]:
    """The references of all that depend on an automation, in the order of the document."""
    found = graph.closure(graph.reversed_graph(document.graph), [reference])
    return tuple(each for each in document.by_reference if each in found and each != reference)
