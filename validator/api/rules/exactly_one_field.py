"""Parts of AI automations in which exactly one of some fields is to be set."""

from __future__ import annotations

from collections.abc import Iterator

from validator.api.model import ApiDocument
from validator.api.values import spelling
from validator.api.workflow_examples import example
from validator.finding import Note, Problem, Severity
from validator.rule import Rule
from validator.wording import listed, quoted


def check(document: ApiDocument) -> Iterator[Problem]:
    for choice in (each for workflow in document.workflows for each in workflow.choices):
        if len(choice.found) > 1:
            names = [each.name for each in choice.found]
            first, second, *_ = choice.found
            message = f"{choice.name} has {listed(names, 'and')}; keep exactly one"
            note = Note(first.head, f"{quoted(first.name)} is here")
            yield Problem("exactly-one-field", message, second.head, second.pointer, (note,))
        elif choice.empty:
            names = [spelling(choice.value, each) for each in choice.names]
            message = f"{choice.name} has none of {listed(names, 'and')}; give it one"
            here = choice.value
            yield Problem("exactly-one-field", message, here.head, here.pointer)


RULES = (
    Rule(
        name="exactly-one-field",
        severity=Severity.ERROR,
        summary="A part of an AI automation does not have exactly one of some fields",
        why="A trigger is `manual`, `time` or `pullRequest`; its context is `projects`, "
        "`repositories`, `agent` or `fromTrigger`; repositories are given by `repositoryUrls` or "
        "`repoSelector`; a step is a `task`, an `agent`, a `pullRequest` or a `report`; an output "
        "has one type, and `prompt` or `command`. The platform rejects several at once, and has "
        "nothing to do if there is none. Split a step that has two into two steps.",
        bad=example(step="task: {command: npm test}\nagent: {prompt: Fix the tests.}\n"),
        good=example(step="task: {command: npm test}\n"),
    ),
)

CHECKS = {"exactly-one-field": check}
