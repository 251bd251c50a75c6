"""Executions that were started by a trigger that does not start their task."""

from __future__ import annotations

from collections.abc import Iterator

from validator.api.model import ApiDocument
from validator.api.timelines.compared import Compared
from validator.finding import Problem, Severity
from validator.model.automations import SPELLINGS, TRIGGERS
from validator.model.plan import LIFE
from validator.rule import Rule
from validator.wording import listed, quoted


def contradictions(document: ApiDocument, compared: Compared) -> Iterator[Problem]:
    """The problems in a document with executions."""
    if not compared.file.whole:
        # A trigger that can't be read may be the one.
        return
    for execution in document.executions:
        here = execution.trigger
        reference = compared.matching.of_execution(execution)
        if here is None or reference is None:
            continue
        trigger = SPELLINGS.get(here.text, here.text)
        # By hand, from the command line, anything can be started.
        if trigger not in TRIGGERS or trigger == "manual":
            continue
        if reference in compared.started_by(trigger):
            continue
        message = (
            f"{quoted(trigger)} has started `{reference}`, but in the file "
            f"{_starting(reference, compared)} ({compared.line(reference)})"
        )
        yield compared.contradiction("trigger-mismatch", execution, here, message, ())


def _starting(reference: str, compared: Compared) -> str:
    """Which triggers start an item in the file, as a phrase."""
    own = list(dict.fromkeys(each.name for each in compared.file.by_reference[reference].triggers))
    others = [
        phase.trigger
        for phase in LIFE
        if phase.trigger not in own and reference in compared.started_by(phase.trigger)
    ]
    names = [*own, *others]
    if not names:
        return "no trigger starts it"
    it = "it, or what needs it" if others else "it"
    if len(names) == 1:
        return f"only {quoted(names[0])} starts {it}"
    return f"only {listed(names, last='and')} start {it}"


RULES = (
    Rule(
        name="trigger-mismatch",
        severity=Severity.ERROR,
        group="executions",
        summary="An execution was started by a trigger that does not start its task",
        why="Found by `plan --executions`. In the file, the trigger starts neither the task nor "
        "anything that needs it. So the execution ran another version of the file, or the "
        "file is not the one that the environment uses. Anything can be started by hand, so "
        "`manual` is never reported. If a command differs too, the file has changed since, "
        "and it is a warning.",
        source="`startedBy` in the shared model TaskExecutionMetadata",
        ignored_by="configuration",
    ),
)
