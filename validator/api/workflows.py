"""The model of AI automations: of the file, and of the API's workflows and their executions.

Like the rest of the model, it contains only what the schema accepts.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from validator.api.values import Value, Values
from validator.contract.exclusive_fields import (
    CONTEXTS,
    PLACES,
    SELECTORS,
    SOURCES,
    STARTS,
    STEPS,
    TYPES,
)
from validator.contract.spelling import camel_case
from validator.parsing.nodes import Mapping, Node, Path


class Choice(NamedTuple):
    """An object of which exactly one of some fields is to be set.

    `names` are these fields, in the API's spelling, `found` those that are set, in the order of the
    text. `name` is what the object is called in messages. `empty` says whether it certainly has
    none of them.
    """

    value: Value
    name: str
    names: tuple[str, ...]
    found: tuple[Value, ...]
    empty: bool


class Trigger(NamedTuple):
    """A trigger of an automation: its cron expression, its pull requests, and its context.

    `from_trigger` is the context's field `fromTrigger`. `other` says whether it certainly is a
    trigger of another kind than for pull requests.
    """

    value: Value
    cron: Value | None
    pull_request: Value | None
    from_trigger: Value | None
    other: bool


class Limits(NamedTuple):
    """The limits of an action, as far as they can be read."""

    parallel: tuple[Value, int] | None
    total: tuple[Value, int] | None


class Action(NamedTuple):
    """The steps of an automation, and their limits. `reports` are the outputs of each report."""

    value: Value
    limits: Limits
    reports: tuple[tuple[Value, ...], ...]


class Workflow(NamedTuple):
    """What an automation is to do. `values` reads further fields of the document."""

    value: Value
    id: Value | None
    triggers: tuple[Trigger, ...]
    actions: tuple[Action, ...]
    choices: tuple[Choice, ...]
    values: Values


def workflows(
    root: Node, refused: frozenset[Path], by_kind: dict[str, list[Value]]
) -> list[Workflow]:
    """The automations of a document: its files, workflows, executions and actions of these."""
    values = Values(root, refused)
    kinds = ("workflow", "workflow-execution", "workflow-execution-action")
    return [
        *(_workflow(values, each, each) for each in by_kind.get("workflow-file", ())),
        *(
            _workflow(values, each, values.object(each, "spec"))
            for kind in kinds
            for each in by_kind.get(kind, ())
            if isinstance(each.node, Mapping)
        ),
    ]


def _workflow(values: Values, value: Value, spec: Value | None) -> Workflow:
    triggers = list(values.objects(spec, "triggers"))
    actions = [
        action for name in ("action", "report") if (action := values.object(spec, name)) is not None
    ]
    return Workflow(
        value,
        values.text(value, "id"),
        tuple(_trigger(values, each) for each in triggers),
        tuple(_action(values, each) for each in actions),
        tuple(_choices(values, value, spec, triggers, actions)),
        values,
    )


def _trigger(values: Values, value: Value) -> Trigger:
    pull_request = values.object(value, "pullRequest")
    context = values.object(value, "context")
    return Trigger(
        value,
        values.text(values.object(value, "time"), "cronExpression"),
        pull_request,
        None if context is None else values.field(context, "fromTrigger"),
        _is_other(value),
    )


def _is_other(trigger: Value) -> bool:
    """Whether a trigger names another start than a pull request, even without a value."""
    members = trigger.node.members if isinstance(trigger.node, Mapping) else {}
    named = {camel_case(name) for name in members}.intersection(STARTS)
    return bool(named) and "pullRequest" not in named


def _action(values: Values, value: Value) -> Action:
    limits = values.object(value, "limits")
    reports = [
        tuple(values.objects(report, "outputs"))
        for step in values.objects(value, "steps")
        if (report := values.object(step, "report")) is not None
    ]
    parallel = None if limits is None else values.integer(limits, "maxParallel")
    total = None if limits is None else values.integer(limits, "maxTotal")
    return Action(value, Limits(parallel, total), tuple(reports))


def _choices(
    values: Values,
    value: Value,
    spec: Value | None,
    triggers: list[Value],
    actions: list[Value],
) -> Iterator[Choice]:
    started = values.object(spec, "trigger")
    if started is not None:
        triggers = [started]
    for trigger in triggers:
        yield _choice(values, trigger, "this trigger", STARTS)
        yield from _of_context(values, values.object(trigger, "context"))
    place = values.object(spec, "context")
    if place is not None:
        yield _choice(values, place, "this context", PLACES)
    steps = [step for action in actions for step in values.objects(action, "steps")]
    for each in values.objects(values.object(value, "status"), "stepStatuses"):
        step = values.object(each, "step")
        if step is not None:
            steps.append(step)
    for step in steps:
        yield _choice(values, step, "this step", STEPS)
        for output in values.objects(values.object(step, "report"), "outputs"):
            yield _choice(values, output, "this output", TYPES)
            yield _choice(values, output, "this output", SOURCES)


def _of_context(values: Values, context: Value | None) -> Iterator[Choice]:
    if context is None:
        return
    yield _choice(values, context, "this context", CONTEXTS)
    repositories = values.object(context, "repositories")
    if repositories is not None:
        yield _choice(values, repositories, "`repositories`", SELECTORS)


def _choice(values: Values, value: Value, name: str, names: tuple[str, ...]) -> Choice:
    found = [field for each in names if (field := values.field(value, each)) is not None]
    found.sort(key=lambda field: field.head)
    empty = all(values.lacks(value, each) for each in names)
    return Choice(value, name, names, tuple(found), empty)
