"""AI automations that several kinds of triggers start at the same time."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import NamedTuple

from validator.api.model import ApiDocument
from validator.api.values import Value, Values
from validator.api.workflow_examples import PULL_REQUEST, at_times, example
from validator.api.workflows import Trigger, Workflow
from validator.finding import Note, Problem, Severity
from validator.rule import Rule
from validator.wording import quoted


def check(document: ApiDocument) -> Iterator[Problem]:
    for workflow in document.workflows:
        both = next(_overlapping(workflow), None)
        if both is None or not workflow.actions:
            continue
        timed, event = both
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


def _overlapping(workflow: Workflow) -> Iterator[tuple[Trigger, Trigger]]:
    """Triggers for a time and for pull requests that may start runs in the same repository."""
    timed = [each for each in workflow.triggers if each.cron is not None]
    events = [each for each in workflow.triggers if each.pull_request is not None]
    places = {each.value.path: _Place.of(workflow.values, each) for each in (*timed, *events)}
    for one, other in product(timed, events):
        if places[one.value.path].may_be(places[other.value.path]):
            yield one, other


class _Place(NamedTuple):
    """Where a trigger starts runs: the `kind` of names, and the names; none if that is unknown."""

    kind: str = ""
    names: frozenset[str] = frozenset()

    @staticmethod
    def of(values: Values, trigger: Trigger) -> _Place:
        context = values.object(trigger.value, "context")
        repositories = values.object(context, "repositories")
        lists = {
            "projectIds": values.object(context, "projects"),
            "repoUrls": values.object(repositories, "repositoryUrls"),
        }
        for kind, holder in lists.items():
            entries = list(values.entries(holder, kind))
            texts = list(values.texts(holder, kind))
            if texts and len(texts) == len(entries):
                return _Place(kind, frozenset(map(_folded, texts)))
        return _Place()

    def may_be(self, other: _Place) -> bool:
        """Whether two places may have something in common."""
        known = bool(self.names and other.names) and self.kind == other.kind
        return not known or not self.names.isdisjoint(other.names)


def _folded(name: Value) -> str:
    """An id or an address for comparisons."""
    return name.folded.removesuffix("/").removesuffix(".git")


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
