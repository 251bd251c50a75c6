"""Build the model of an API document from its nodes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from validator.api import phase
from validator.api.model import (
    ApiDocument,
    Automation,
    Execution,
    Plan,
    Status,
    Step,
    StepStatus,
    Trigger,
)
from validator.api.values import Value, Values
from validator.api.workflow_runs import runs
from validator.api.workflows import workflows
from validator.kinds import KINDS
from validator.model.automations import TRIGGERS, Role
from validator.parsing.nodes import Mapping, Node, Path, Scalar

_ROLES: dict[str, Role] = {"service": "service", "task": "task"}


def build(root: Node, kind: str, refused: frozenset[Path], text: str = "") -> ApiDocument:
    """The model of a document; `refused` are the paths that its schema rejects."""
    values = Values(root, refused)
    by_kind: dict[str, list[Value]] = {kind: [values.root]}
    readable = True
    for field, inner in KINDS[kind].lists:
        by_kind[inner] = list(values.entries(values.root, field))
        readable = readable and _is_list(values, values.root, field)
    automations = [
        _automation(values, each, _ROLES[name])
        for name, found in by_kind.items()
        if name in _ROLES
        for each in found
    ]
    triggers = [trigger for each in automations for trigger in each.triggers]
    triggers += [_trigger(values, each) for each in by_kind.get("automation-trigger", ())]
    return ApiDocument(
        kind,
        text,
        tuple(automations),
        tuple(triggers),
        tuple(_execution(values, each) for each in _objects(by_kind.get("task-execution", ()))),
        tuple(
            _status(values, each, None, stoppable=True)
            for each in _objects(by_kind.get("status", ()))
        ),
        readable and all(each.id is not None for each in automations),
        root,
        tuple(workflows(root, refused, by_kind)),
        tuple(runs(root, refused, by_kind)),
    )


def _objects(found: Iterable[Value]) -> Iterator[Value]:
    return (each for each in found if isinstance(each.node, Mapping))


def _is_list(values: Values, holder: Value, name: str) -> bool:
    """Whether a field is a list that can be read, or is certainly absent."""
    found = values.list(holder, name)
    if found is None:
        return values.lacks(holder, name)
    assert isinstance(holder.node, Mapping)
    return found.name not in holder.node.repeated


def _trigger(values: Values, value: Value) -> Trigger:
    by_setting: dict[str, list[Value]] = {"true": [], "false": []}
    for name in TRIGGERS:
        field = values.field(value, name)
        if field is not None and field.node.kind == "boolean" and values.accepted(field):
            by_setting["true" if _is_true(field) else "false"].append(field)
    on, off = (sorted(each, key=_place) for each in by_setting.values())
    return Trigger(value, tuple(on), tuple(off), values.intact(value))


def _is_true(value: Value) -> bool:
    # In the spellings of YAML 1.1.
    return isinstance(value.node, Scalar) and value.node.text.lower() in ("true", "yes", "on")


def _place(value: Value) -> int:
    assert value.key is not None
    return value.key.start


def _automation(values: Values, value: Value, role: Role) -> Automation:
    metadata = values.field(value, "metadata")
    status = values.field(value, "status") if role == "service" else None
    environment = values.text(value, "environmentId")
    return Automation(
        role,
        value,
        values.text(value, "id"),
        None if environment is None else environment.folded,
        values.text(metadata, "reference"),
        tuple(_trigger(values, each) for each in values.objects(metadata, "triggeredBy")),
        values.list(metadata, "triggeredBy"),
        tuple(values.texts(value, "dependsOn")) if role == "task" else (),
        values.list(value, "dependsOn"),
        values.text(status, "phase"),
        values.text(status, "failureMessage"),
    )


def _execution(values: Values, value: Value) -> Execution:
    metadata = values.object(value, "metadata")
    spec = values.field(value, "spec")
    status = values.object(value, "status")
    plan = _plan(values, spec)
    return Execution(
        value,
        values.text(value, "id"),
        metadata,
        metadata is not None and values.lacks(metadata, "completedAt"),
        values.text(metadata, "createdAt"),
        values.text(metadata, "startedAt"),
        values.text(metadata, "completedAt"),
        plan,
        None
        if status is None
        else _status(values, status, plan, stoppable=_stoppable(values, spec)),
        values.text(metadata, "taskId"),
        values.text(metadata, "environmentId"),
        values.text(metadata, "startedBy"),
    )


def _stoppable(values: Values, spec: Value | None) -> bool:
    """Whether an execution was requested to stop, or this is unknown."""
    if spec is None or not values.lacks(spec, "desiredPhase"):
        desired = values.text(spec, "desiredPhase")
        return desired is None or desired.text == phase.STOPPED
    return False


def _plan(values: Values, spec: Value | None) -> Plan | None:
    groups = values.list(spec, "plan")
    if groups is None:
        return None
    steps: list[Step] = []
    readable = True
    for number, group in enumerate(values.entries(spec, "plan")):
        readable = readable and _is_list(values, group, "steps")
        steps += [_step(values, each, number) for each in values.entries(group, "steps")]
    return Plan(tuple(steps), readable and all(step.id is not None for step in steps))


def _step(values: Values, value: Value, group: int) -> Step:
    task = values.object(value, "task")
    return Step(
        value,
        group,
        values.text(value, "id"),
        values.text(value, "label"),
        tuple(values.texts(value, "dependsOn")),
        values.list(value, "dependsOn"),
        task,
        values.text(task, "id"),
        values.text(value, "serviceId"),
        values.lacks(value, "task") and values.lacks(value, "serviceId"),
        values.text(values.object(task, "spec"), "command"),
    )


def _status(values: Values, value: Value, plan: Plan | None, *, stoppable: bool) -> Status:
    listed = values.list(value, "steps")
    steps = tuple(_step_status(values, each) for each in values.entries(value, "steps"))
    return Status(
        value,
        values.text(value, "phase"),
        values.text(value, "failureMessage"),
        values.integer(value, "statusVersion"),
        None if listed is None else steps,
        all(step.id is not None for step in steps),
        plan,
        stoppable,
    )


def _step_status(values: Values, value: Value) -> StepStatus:
    return StepStatus(
        value,
        values.text(value, "id"),
        values.text(value, "phase"),
        values.text(value, "failureMessage"),
    )
