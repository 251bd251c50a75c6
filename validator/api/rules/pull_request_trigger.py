"""Triggers for pull requests that can't fire, and contexts that need such a trigger."""

from __future__ import annotations

from collections.abc import Iterator

from validator.api.model import ApiDocument
from validator.api.values import Value, Values, spelling
from validator.api.workflow_examples import PULL_REQUEST, example
from validator.finding import Problem, Severity
from validator.parsing.nodes import Sequence
from validator.rule import PROVIDER, Rule
from validator.wording import quoted


def incomplete(document: ApiDocument) -> Iterator[Problem]:
    for workflow in document.workflows:
        for trigger in workflow.triggers:
            if trigger.pull_request is not None:
                yield from _missing(workflow.values, trigger.pull_request)


def _missing(values: Values, here: Value) -> Iterator[Problem]:
    events = values.field(here, "events")
    empty = events is not None and isinstance(events.node, Sequence) and not events.node.items
    if empty or values.lacks(here, "events"):
        place = here if events is None else events
        message = "this trigger has no events, so it never fires; add at least one to `events`"
        yield Problem("incomplete-pull-request", message, place.head, place.pointer)
    if values.lacks(here, "webhookId") and values.lacks(here, "integrationId"):
        one, other = spelling(here, "webhookId"), spelling(here, "integrationId")
        message = (
            f"nothing reports the events to this trigger; add {quoted(one)} or {quoted(other)}"
        )
        yield Problem("incomplete-pull-request", message, here.head, here.pointer)


def without(document: ApiDocument) -> Iterator[Problem]:
    for workflow in document.workflows:
        for trigger in workflow.triggers:
            here = trigger.from_trigger
            if here is not None and trigger.other:
                name = spelling(trigger.value, "pullRequest")
                message = (
                    f"{quoted(here.name)} works only in a trigger with {quoted(name)}; "
                    "use `projects` or `repositories` instead"
                )
                yield Problem("from-trigger-without-pull-request", message, here.head, here.pointer)


RULES = (
    Rule(
        name="from-trigger-without-pull-request",
        severity=Severity.ERROR,
        group="workflows",
        summary="`fromTrigger` is in a trigger that is not about pull requests",
        why="With `fromTrigger`, the automation runs on the pull request that started it. A "
        "`manual` or a `time` trigger has none.",
        source=PROVIDER,
        bad=example("manual: {}\ncontext: {fromTrigger: {}}\n"),
        good=example(PULL_REQUEST),
    ),
    Rule(
        name="incomplete-pull-request",
        severity=Severity.ERROR,
        group="workflows",
        summary="A trigger for pull requests has no events, or nothing that reports them",
        why="It fires when a webhook or an integration reports one of its events. Without events, "
        "or without `webhookId` and `integrationId`, it never does.",
        source=PROVIDER,
        bad=example(PULL_REQUEST.replace("[PULL_REQUEST_EVENT_OPENED]", "[]")),
        good=example(PULL_REQUEST),
    ),
)

CHECKS = {
    "from-trigger-without-pull-request": without,
    "incomplete-pull-request": incomplete,
}
