"""The plan of a trigger or of one automation: what runs, in which order, and why."""

from __future__ import annotations

from validator.model import graph
from validator.model.automations import Automation, Dependency, Document
from validator.parsing.nodes import Mapping, Node, Scalar, Sequence
from validator.tuples import NamedTuple

TYPE_CHECKING = False

if TYPE_CHECKING:
    from typing import Any


class Phase(NamedTuple):
    """A phase in the life of an environment: its trigger, when that fires, and what is available.

    `user_secrets` is false where the secrets of a user are missing, in prebuilds. It is true in all
    other phases, although that is not documented of `postMachineStart`.
    """

    trigger: str
    when: str
    user_secrets: bool


LIFE = (
    Phase("prebuild", "during a prebuild", user_secrets=False),
    Phase(
        "beforeSnapshot",
        "all prebuild tasks are complete, the snapshot is not taken yet",
        user_secrets=False,
    ),
    Phase(
        "postMachineStart",
        "the machine has started, the dev container is not ready yet",
        user_secrets=True,
    ),
    Phase("postEnvironmentStart", "the environment has started or resumed", user_secrets=True),
    Phase(
        "postDevcontainerStart",
        "the dev container has started, the first time or rebuilt",
        user_secrets=True,
    ),
    Phase("manual", "each when somebody starts it, here as if all at once", user_secrets=True),
)
"""The triggers in the order in which they fire. Source: the shared model AutomationTrigger."""

IN_PREBUILDS = tuple(phase.trigger for phase in LIFE if not phase.user_secrets)
"""The triggers that fire before the snapshot of a prebuild is taken."""


class Step(NamedTuple):
    """A task that runs, or a service that is started and waited for.

    `needs` are the references of the steps that it waits for, `needed_by` those of steps of the
    same plan that wait for it; both only direct ones. `pulled_in_by` is the step that adds it to
    the plan, on a shortest path; None if it is started itself.
    """

    automation: Automation
    needs: tuple[str, ...]
    needed_by: tuple[str, ...]
    pulled_in_by: str | None

    @property
    def reference(self) -> str:
        """The reference of the automation."""
        return self.automation.reference


class Group(NamedTuple):
    """Steps that run at the same time, in the order of the document."""

    steps: tuple[Step, ...]


class Plan(NamedTuple):
    """What a trigger or one task starts, and everything that this needs, each once.

    Either `trigger` or `task`, a reference, says which. The groups run one after another; each step
    is in the first group that its dependencies allow. `unordered` are steps without a group, since
    they are on a dependency cycle or wait for one; `unknown` are dependencies of steps on
    nonexistent references, which no step waits for. Both are empty if no finding is on a
    dependency.
    """

    trigger: str | None
    task: str | None
    groups: tuple[Group, ...]
    unordered: tuple[Step, ...] = ()
    unknown: tuple[Dependency, ...] = ()

    @property
    def steps(self) -> tuple[Step, ...]:
        """The steps of all groups, in their order."""
        return tuple(step for group in self.groups for step in group.steps)


def of_trigger(document: Document, trigger: str) -> Plan:
    """The plan of a trigger, by its name in the file format; without groups if it starts nothing.

    For a repeated reference the first automation counts. Takes time linear in the number of
    automations and dependencies. Raises ValueError if `trigger` is unknown.
    """
    if all(phase.trigger != trigger for phase in LIFE):
        raise ValueError(f"unknown trigger {trigger}")
    return _plan(document, reached_by(document, trigger), trigger=trigger)


def of_task(document: Document, reference: str) -> Plan:
    """The plan of a task when it alone is started; a service is the only step of its plan.

    Raises KeyError if `reference` does not exist.
    """
    if reference not in document.by_reference:
        raise KeyError(reference)
    return _plan(document, graph.reached(document.graph, [reference]), task=reference)


def of_document(document: Document) -> tuple[Plan, ...]:
    """The plans of all triggers that start something, in the order of an environment's life."""
    plans = (of_trigger(document, phase.trigger) for phase in LIFE)
    return tuple(plan for plan in plans if plan.groups or plan.unordered)


def reached_by(document: Document, *triggers: str) -> dict[str, str | None]:
    """The references in the plans of these triggers, each with what pulls it in.

    This is the reference of an automation that needs it, on a shortest path from one that a trigger
    starts; None for those that a trigger starts itself.
    """
    fired = [
        reference
        for reference, automation in document.by_reference.items()
        if any(trigger.name in triggers for trigger in automation.triggers)
    ]
    return graph.reached(document.graph, fired)


def group_numbers(document: Document) -> dict[str, int]:
    """The number of the group that each automation is in when it runs, from 0.

    Without what never runs, because it is on a dependency cycle or needs something that is; what
    depends on itself is on one.
    """
    needs = {
        reference: [
            each.reference for each in automation.dependencies if each.reference in document.graph
        ]
        for reference, automation in document.by_reference.items()
    }
    return graph.sound_levels(needs)


def _plan(
    document: Document,
    pulled_in_by: dict[str, str | None],
    *,
    trigger: str | None = None,
    task: str | None = None,
) -> Plan:
    """The plan of the given references, each with what pulls it in."""
    # In the order of the document.
    references = [reference for reference in document.by_reference if reference in pulled_in_by]
    needed_by: dict[str, list[str]] = {reference: [] for reference in references}
    needs: dict[str, list[str]] = {}
    unknown: list[Dependency] = []
    for reference in references:
        needs[reference] = list(document.graph[reference])
        for dependency in document.by_reference[reference].dependencies:
            if dependency.reference not in document.by_reference:
                unknown.append(dependency)
            elif dependency.reference == reference and reference not in needs[reference]:
                needs[reference].append(reference)
        for need in needs[reference]:
            needed_by[need].append(reference)
    groups: list[list[Step]] = []
    unordered: list[Step] = []
    group_of = graph.sound_levels(needs)
    for reference in references:
        step = Step(
            document.by_reference[reference],
            tuple(needs[reference]),
            tuple(needed_by[reference]),
            pulled_in_by[reference],
        )
        if reference not in group_of:
            unordered.append(step)
            continue
        groups.extend([] for _ in range(group_of[reference] + 1 - len(groups)))
        groups[group_of[reference]].append(step)
    made = tuple(Group(tuple(steps)) for steps in groups)
    return Plan(trigger, task, made, tuple(unordered), tuple(unknown))


def to_json(plan: Plan) -> dict[str, Any]:
    """The plan in the format of the platform's API: a `TaskExecutionSpec` with only its `plan`.

    Ids are UUIDs of version 5 derived from the references, so they are always the same. Values that
    the schema rejects are left out.
    """
    from uuid import NAMESPACE_URL, uuid5

    namespace = uuid5(NAMESPACE_URL, "https://automation-validator.example/plan")

    def id_of(kind: str, reference: str) -> str:
        return str(uuid5(namespace, f"{kind}/{reference}"))

    def step_of(step: Step) -> dict[str, Any]:
        made: dict[str, Any] = {"id": id_of("step", step.reference)}
        if step.needs:
            made["dependsOn"] = [id_of("step", need) for need in step.needs]
        made["label"] = label(step.automation)
        automation = step.automation
        if automation.role == "service":
            made["serviceId"] = id_of("service", step.reference)
        else:
            made["task"] = {"id": id_of("task", step.reference), "spec": _spec(automation)}
        return made

    return {"plan": [{"steps": [step_of(step) for step in group.steps]} for group in plan.groups]}


def label(automation: Automation) -> str:
    """The display name of an automation: its name, or its reference if it has none."""
    name = automation.field("name")
    shown = name[1].text.strip() if name is not None and isinstance(name[1], Scalar) else ""
    return shown or automation.reference


def _spec(task: Automation) -> dict[str, Any]:
    """The `TaskSpec` of a task."""
    spec: dict[str, Any] = {}
    for name, kind in (("command", "string"), ("runsOn", "object")):
        member = task.field(name)
        if member is not None and member[1].kind == kind:
            spec[name] = _plain(member[1])
    if task.prebuild_requires_success:
        spec["prebuildRequiresSuccess"] = True
    return spec


def _plain(node: Node) -> Any:
    """A node as JSON data, without null values."""
    if isinstance(node, Mapping):
        return {
            name: _plain(value) for name, (_, value) in node.members.items() if value.kind != "null"
        }
    if isinstance(node, Sequence):
        return [_plain(item) for item in node.items]
    assert isinstance(node, Scalar)
    return node.text
