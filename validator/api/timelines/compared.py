"""Executions and the file that they are compared with, for the rules on both."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from validator.api import phase
from validator.api.model import ApiDocument, Execution, Plan, Step
from validator.api.timelines.matching import Matching, identity_of
from validator.api.timestamp import Instant, instant
from validator.api.values import Value
from validator.finding import Note, Problem, Severity
from validator.model import graph
from validator.model.automations import Document
from validator.model.plan import reached_by
from validator.parsing.text import Text

_MAX_VISITED = 5_000_000
"""How many dependencies of the file are looked at, for all executions together."""


class Interval(NamedTuple):
    """When an execution ran: `end` is None if it has not ended, or this is not known.

    `document` is the document that contains it.
    """

    document: ApiDocument
    execution: Execution
    start: Instant
    end: Instant | None


class Ran(NamedTuple):
    """When a task ran in an environment: its first execution, and the first end of any of them."""

    first: Interval
    end: Instant | None

    def certainly_at(self, moment: Instant, document: ApiDocument) -> bool:
        """Whether the task ran at a moment of a document, and had not ended before.

        Another document may be older, so that an execution in it may have ended since.
        """
        if self.end is not None and self.end <= moment:
            return False
        if self.first.end is None and self.first.document is not document:
            return False
        return self.first.start <= moment


@dataclass
class Compared:
    """Documents with executions, and the automations file that they are compared with."""

    documents: Sequence[ApiDocument]
    file: Document
    references: Mapping[str, str]
    _left: int = _MAX_VISITED
    _needs: dict[str, frozenset[str] | None] = field(default_factory=dict)
    _reached: dict[str, frozenset[str]] = field(default_factory=dict)

    @cached_property
    def matching(self) -> Matching:
        """Which items of the file the executions are of."""
        executions = [each for document in self.documents for each in document.executions]
        return Matching(self.file, executions, self.references)

    @cached_property
    def ran(self) -> dict[tuple[str, str], Ran]:
        """When each task ran, by its environment and its reference."""
        found: dict[tuple[str, str], Ran] = {}
        for document in self.documents:
            for execution in document.executions:
                reference = self.matching.of_execution(execution)
                begin = None if execution.started is None else instant(execution.started.text)
                if reference is None or begin is None or execution.environment is None:
                    continue
                end = None if execution.completed is None else instant(execution.completed.text)
                if end is None and not _has_not_ended(execution):
                    continue
                own = Interval(document, execution, begin, end)
                key = execution.environment.folded, reference
                if key not in found:
                    found[key] = Ran(own, end)
                    continue
                first, ends = found[key].first, {found[key].end, end} - {None}
                first = own if begin < first.start else first
                found[key] = Ran(first, min(filter(None, ends), default=None))
        return found

    def ran_apart(self, execution: Execution, reference: str) -> bool:
        """Whether an item has an execution of its own in the environment of another execution."""
        environment = execution.environment
        return environment is not None and (environment.folded, reference) in self.ran

    def contradiction(
        self, rule: str, execution: Execution, here: Value, message: str, notes: tuple[Note, ...]
    ) -> Problem:
        """A problem of an execution; a warning if it certainly ran another version of the file.

        If a command is another one, the file has changed since, and its plan with it, perhaps.
        """
        severity = None
        step = self.matching.differing(execution)
        if step is not None and step.command is not None:
            severity = Severity.WARNING
            note = Note(
                step.command.place, "this is not the command in the file, which has changed"
            )
            notes = (*notes, note)
        return Problem(rule, message, here.place, here.pointer, notes, severity=severity)

    def steps(self, plan: Plan) -> dict[str, Step] | None:
        """The steps of a plan by the references of their items.

        None if it is not known which item each of them is of, or if two are of the same one.
        """
        if not plan.complete:
            return None
        found: dict[str, Step] = {}
        for step in plan.steps:
            reference = self.matching.of_step(step)
            if reference is None or reference in found or identity_of(step) is None:
                return None
            found[reference] = step
        return found

    def needs(self, reference: str) -> frozenset[str] | None:
        """What an item of the file needs, also through others.

        None if it is not known: the file could not be read completely, or is too large.
        """
        if reference not in self._needs:
            found = None
            if self.file.whole and self._left > 0:
                found = frozenset(graph.closure(self.file.graph, [reference]))
                self._left -= sum(1 + len(self.file.graph[each]) for each in found)
            self._needs[reference] = found
        return self._needs[reference]

    def direct(self, reference: str) -> Sequence[str] | None:
        """What an item of the file needs directly; None once too much has been looked at.

        A task can need very many others, and have very many executions.
        """
        found = self.file.graph[reference]
        self._left -= len(found)
        return found if self._left >= 0 else None

    def started_by(self, trigger: str) -> frozenset[str]:
        """The references of what a trigger starts, also because something else needs it."""
        if trigger not in self._reached:
            self._reached[trigger] = frozenset(reached_by(self.file, trigger))
        return self._reached[trigger]

    def line(self, reference: str, need: str | None = None) -> str:
        """Where an item is in the file, or its dependency on another: "line 12"."""
        item = self.file.by_reference[reference]
        at = item.key.start
        for dependency in item.dependencies:
            if dependency.reference == need:
                at = dependency.node.start
                break
        return f"line {self._text.position(at).line}"

    @cached_property
    def _text(self) -> Text:
        return Text(self.file.text)


def _has_not_ended(execution: Execution) -> bool:
    status = execution.status
    found = None if status is None else status.phase
    return found is not None and found.text in (phase.PENDING, phase.RUNNING)
