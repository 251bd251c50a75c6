"""AI automations that several kinds of triggers start at the same time."""

from __future__ import annotations

from collections.abc import Iterator

from validator.api.model import ApiDocument
from validator.api.workflow_examples import PULL_REQUEST, at_times, example
from validator.finding import Note, Problem, Severity
from validator.rule import Rule
from validator.wording import quoted


def check(document: ApiDocument) -> Iterator[Problem]:
    for workflow in document.workflows:
        timed = next((each for each in workflow.triggers if each.cron is not None), None)
        event = next((each for each in workflow.triggers if each.pull_request is not None), None)
        if timed is None or event is None or not workflow.actions:
            continue
        parallel = workflow.actions[0].limits.parallel
        if parallel is None or parallel[1] <= 1:
            continue
        here = parallel[0]
        message = (
            "a time and a pull request can start this automation at once, which may make duplicate "
            f"pull requests; write {quoted(f'{here.name}: 1')}"
        )
        notes = (
            Note(timed.value.head, "the trigger for a time is here"),
            Note(event.value.head, "the trigger for pull requests is here"),
        )
        yield Problem("overlapping-triggers", message, here.span, here.pointer, notes)


RULES = (
    Rule(
        name="overlapping-triggers",
        severity=Severity.WARNING,
        group="workflows",
        summary="A time and a pull request can start an automation at the same time",
        why="Two runs that do not see each other's work open the same pull request twice. With "
        "`maxParallel: 1` the second waits for the first. Two automations, one for each "
        "trigger, are an alternative.",
        bad=example(at_times("*/30 * * * *"), PULL_REQUEST, limits="maxParallel: 3, maxTotal: 10"),
        good=example(at_times("*/30 * * * *"), PULL_REQUEST),
    ),
)

CHECKS = {"overlapping-triggers": check}
