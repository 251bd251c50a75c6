"""A timeline: what executions of an environment did when, beside the plan of its file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain, islice
from typing import Any, NamedTuple

from validator.api.build import build
from validator.api.model import ApiDocument, Execution
from validator.api.rules import (
    plan_mismatch,
    started_too_early,
    trigger_mismatch,
    unmatched_execution,
)
from validator.api.timelines.bars import Bar, BarStep, Moment, bar_of
from validator.api.timelines.compared import Compared
from validator.api.timelines.runs import Started, grouped
from validator.api.timelines.waiting import critical_path, slowest, with_waiting
from validator.api.timestamp import Instant, seconds_between
from validator.contract import conformance
from validator.finding import Finding, Problem, Related
from validator.model.automations import SPELLINGS, Document
from validator.parsing.limits import Limits
from validator.rules import INDEX

__all__ = [
    "RULES",
    "Bar",
    "BarStep",
    "Instant",
    "Moment",
    "Run",
    "Timeline",
    "contradictions",
    "of_documents",
    "timeline",
]

_CONTRADICTIONS = {
    "plan-mismatch": plan_mismatch.contradictions,
    "started-too-early": started_too_early.contradictions,
    "trigger-mismatch": trigger_mismatch.contradictions,
    "unmatched-execution": unmatched_execution.contradictions,
}

_MAX_FOUND = 20_000

RULES = tuple(_CONTRADICTIONS)
"""The rules on executions and the file that they are compared with."""


class Run(NamedTuple):
    """Executions that belong together: of one environment, and of one trigger.

    `trigger` and `environment` are as in the executions, the trigger in the file format's spelling
    if it is one of the file's; None if they have none. `bars` are in the order in which they
    began.

    `critical_path` has the numbers of the bars that decided how long it took: the one that ended
    last, after what it waited for, and so on; it is empty as long as not all have ended, or if
    the last one never began, or its reference is not known.
    `slowest` is the number of the bar that took longest, None if none has ended.
    """

    trigger: str | None
    environment: str | None
    bars: tuple[Bar, ...]
    critical_path: tuple[int, ...]
    slowest: int | None

    @property
    def times(self) -> tuple[Instant, Instant] | None:
        """The earliest and the latest time of all its bars; None if they have no times."""
        times = [
            each.instant
            for bar in self.bars
            for each in (bar.created, bar.started, bar.ended)
            if each is not None
        ]
        return (min(times), max(times)) if times else None

    @property
    def seconds(self) -> float:
        """The time from the earliest to the latest of its times."""
        return 0.0 if self.times is None else seconds_between(*self.times)


class Timeline(NamedTuple):
    """The runs of all executions, in their order. Those without any times come last.

    `findings` say where executions contradict the file. Their JSON pointers begin with
    `/taskExecutions` and the number of the execution.
    """

    runs: tuple[Run, ...]
    findings: tuple[Finding, ...] = ()

    @property
    def bars(self) -> tuple[Bar, ...]:
        """The bars of all runs."""
        return tuple(bar for run in self.runs for bar in run.bars)


def timeline(
    executions: Iterable[Any],
    document: Document,
    *,
    references: Mapping[str, str] | None = None,
    limits: Limits | None = None,
) -> Timeline:
    """The timeline of executions of the tasks of an automations file.

    Each execution is a TaskExecution as `check_object` takes it. `document` is the file, as
    `read_document` returns it. `references` are those of tasks and services by their ids, where
    they are known; otherwise the names and commands of steps say which item of the file they are
    of. The same execution given twice counts once, in its latest state. What the schema rejects is
    left out.

    Takes time nearly linear in the number of executions, steps and dependencies. Raises TypeError
    for values that a document can't contain, as `check_object` does, and for one execution or the
    API's object with the list in place of the list; ValueError if the executions exceed the limits,
    such as 200,000 values.
    """
    from validator.parsing import objects

    if isinstance(executions, (Mapping, str, bytes)):
        message = "`executions` takes a list of executions, such as `taskExecutions` of the API"
        raise TypeError(f"{message}, not {type(executions).__name__}")
    kind = "task-execution-list"
    try:
        root = objects.to_nodes({"taskExecutions": list(executions)}, limits)
    except objects.Unreadable as error:
        raise ValueError(f"the executions can't be read: {error}") from error
    refused = conformance.check("", root, kind).refused
    known = {name.lower(): reference for name, reference in (references or {}).items()}
    model = build(root, kind, refused)
    compared = Compared([model], document, known)
    problems = contradictions(model, compared)
    places = {note.span.start for problem in problems for note in problem.notes}
    pointers = objects.pointers(root, places)
    findings = tuple(_finding(each, pointers) for each in problems)
    return of_documents(compared)._replace(findings=findings)


def _finding(problem: Problem, pointers: Mapping[int, str]) -> Finding:
    related = (Related(None, note.message, pointers[note.span.start]) for note in problem.notes)
    return Finding(
        problem.rule,
        problem.severity or INDEX[problem.rule].severity,
        problem.message,
        None,
        problem.pointer,
        tuple(related),
    )


def of_documents(compared: Compared) -> Timeline:
    """The timeline of the executions of several documents of the API."""
    latest: dict[str | int, Execution] = {}
    started: list[Started] = []
    matching = compared.matching
    for document in compared.documents:
        for execution in document.executions:
            key = len(latest) if execution.id is None else execution.id.folded
            if key not in latest or _is_later(execution, latest[key]):
                latest[key] = execution
    for execution in latest.values():
        trigger = None if execution.trigger is None else execution.trigger.text
        task = execution.task.folded if execution.task else matching.of_execution(execution)
        started.append(
            Started(
                bar_of(execution, matching),
                SPELLINGS.get(trigger or "", trigger) or None,
                None if execution.environment is None else execution.environment.folded,
                task,
            )
        )
    return Timeline(tuple(_run(each, compared) for each in grouped(started)))


def _is_later(one: Execution, other: Execution) -> bool:
    """Whether one state of an execution is certainly later than another one."""
    versions = [None if each.status is None else each.status.version for each in (one, other)]
    if versions[0] is not None and versions[1] is not None:
        return versions[0][1] > versions[1][1]
    return one.completed is not None and other.completed is None


def _run(executions: Sequence[Started], compared: Compared) -> Run:
    bars = with_waiting([each.bar for each in executions], compared.direct)
    first = executions[0]
    return Run(first.trigger, first.environment, tuple(bars), critical_path(bars), slowest(bars))


def contradictions(document: ApiDocument, compared: Compared) -> list[Problem]:
    """Where the executions of a document contradict the file; of very many, the first ones."""
    found = chain.from_iterable(check(document, compared) for check in _CONTRADICTIONS.values())
    return list(islice(found, _MAX_FOUND))
