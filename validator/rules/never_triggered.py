"""Automations that nothing starts."""

from __future__ import annotations

from collections.abc import Container, Iterator

from validator.finding import Note, Problem, Severity
from validator.model.automations import TRIGGERS, Document
from validator.rule import Rule
from validator.wording import listed, quoted

_MOST_NAMED = 5


def check(document: Document) -> Iterator[Problem]:
    if not document.whole or all(each.triggers for each in document.automations):
        return
    needed = {
        dependency.reference
        for automation in document.automations
        for dependency in automation.dependencies
    }
    planned: Container[str] | None = None
    for automation in document.distinct:
        if automation.triggers or automation.refused or automation.reference in needed:
            continue
        if automation.role == "service" and automation.field("commands") is None:
            # There is nothing to start; another rule reports that.
            continue
        message = (
            f"nothing triggers the {automation.role} {quoted(automation.reference)}; it runs only "
            "when started by hand: add `triggeredBy`"
        )
        if planned is None:
            from validator.model import plan

            planned = plan.reached_by(document, *TRIGGERS)
        notes = tuple(
            Note(document.by_reference[need].key.span, f"{quoted(need)} is in no plan either")
            for need in document.graph.get(automation.reference, ())
            if need not in planned
        )
        yield Problem("never-triggered", message, automation.key.span, automation.pointer, notes)


def merge(problems: list[Problem]) -> Problem:
    """One hint for all tasks and services that nothing starts."""
    # References contain nothing that a JSON pointer escapes.
    names = [problem.pointer.rpartition("/")[2] for problem in problems]
    more = len(names) - _MOST_NAMED
    shown = listed(names, "and")
    if more > 1:
        shown = f"{', '.join(map(quoted, names[:_MOST_NAMED]))} and {more:,} more"
    message = f"nothing triggers {shown}; they run only when started by hand: add `triggeredBy`"
    first, *others = problems
    notes = [Note(each.span, "nothing triggers this one either") for each in others]
    own = [note for each in problems for note in each.notes]
    return first._replace(message=message, notes=(*notes, *own))


_TASK = "tasks:\n  build:\n    name: Build\n    command: make\n"

RULES = (
    Rule(
        name="never-triggered",
        severity=Severity.HINT,
        group="triggers",
        summary="Nothing starts a task or a service",
        why="It has no triggers and nothing depends on it, so it is in no trigger's plan and "
        "runs only when somebody starts it from the command line. `manual` gives it a button; "
        "other triggers start it automatically. `automation-validator plan` shows the plans.",
        bad=_TASK,
        good=_TASK + "    triggeredBy: [manual]\n",
        check=check,
        merge=merge,
    ),
)
