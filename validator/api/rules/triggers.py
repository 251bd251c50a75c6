"""The triggers of a task or a service."""

from __future__ import annotations

from collections.abc import Iterator

from validator.api.model import ApiDocument, Automation, Trigger
from validator.finding import Fix, Problem, Span
from validator.rules import duplicate_trigger, trigger_not_allowed


def for_tasks_only(document: ApiDocument) -> Iterator[Problem]:
    for service in document.automations:
        if service.role != "service":
            continue
        for trigger in service.triggers:
            for field in trigger.on:
                if field.name in ("beforeSnapshot", "before_snapshot"):
                    assert field.key is not None
                    yield trigger_not_allowed.problem(
                        field.name,
                        service.name,
                        field.key.span,
                        field.pointer,
                        (),
                        _without(document, service, trigger) if len(trigger.on) == 1 else (),
                    )


def repeated(document: ApiDocument) -> Iterator[Problem]:
    for automation in document.automations:
        seen: dict[str, Trigger] = {}
        for trigger in automation.triggers:
            if trigger.name is None:
                continue
            first = seen.setdefault(trigger.name, trigger)
            if first is not trigger:
                yield duplicate_trigger.problem(
                    trigger.on[0].name,
                    _span(trigger),
                    trigger.value.pointer,
                    _span(first),
                    _without(document, automation, trigger),
                )


def _span(trigger: Trigger) -> Span:
    """The span of the one field that is set."""
    (field,) = trigger.on
    return Span(field.head.start, field.span.end)


def _without(document: ApiDocument, automation: Automation, trigger: Trigger) -> tuple[Fix, ...]:
    return document.without(automation.trigger_list, trigger.value)


CHECKS = {"duplicate-trigger": repeated, "trigger-not-allowed": for_tasks_only}
