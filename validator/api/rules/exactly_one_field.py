"""Parts of AI automations in which exactly one of some fields is to be set."""

from __future__ import annotations

from collections.abc import Iterator

from validator.api.model import ApiDocument
from validator.api.values import spelling
from validator.api.workflow_examples import example
from validator.api.workflows import Choice
from validator.contract.spelling import camel_case
from validator.editing import edits
from validator.finding import Edit, Note, Problem, Severity, Span
from validator.parsing.nodes import Mapping, Scalar, pointer
from validator.rule import SDK, Rule
from validator.wording import listed, quoted


def check(document: ApiDocument) -> Iterator[Problem]:
    for choice in (each for workflow in document.workflows for each in workflow.choices):
        if len(choice.found) > 1:
            names = [each.name for each in choice.found]
            first, second, *_ = choice.found
            message = f"{choice.name} has {listed(names, 'and')}; keep exactly one"
            note = Note(first.head, f"{quoted(first.name)} is here")
            yield Problem("exactly-one-field", message, second.head, second.pointer, (note,))
        elif choice.empty and (blank := _blank(choice)) is not None:
            key, node = blank
            may_be = camel_case(key.text) in _MAY_BE_EMPTY
            advice = f"write {quoted(f'{key.text}: {{}}')}" if may_be else "give it a value"
            message = f"{quoted(key.text)} is empty, so it is not set; {advice}"
            at = pointer((*choice.value.path, key.text))
            filled = _filled(key, node, document.text) if may_be else None
            fixes = edits.fixes("Write `{}`", filled, safe=False)
            yield Problem("exactly-one-field", message, key.span, at, fixes=fixes)
        elif choice.empty:
            names = [spelling(choice.value, each) for each in choice.names]
            message = f"{choice.name} has none of {listed(names, 'and')}; give it one"
            here = choice.value
            yield Problem("exactly-one-field", message, here.head, here.pointer)


# What needs no fields of its own.
_MAY_BE_EMPTY = ("boolean", "float", "fromTrigger", "integer", "manual", "projects", "string")


def _blank(choice: Choice) -> tuple[Scalar, Scalar] | None:
    """The one field that is there without a value, with that value."""
    members = choice.value.node.members if isinstance(choice.value.node, Mapping) else {}
    found = [
        (key, value)
        for name, (key, value) in members.items()
        if isinstance(value, Scalar) and value.kind == "null" and camel_case(name) in choice.names
    ]
    return found[0] if len(found) == 1 else None


def _filled(key: Scalar, value: Scalar, text: str) -> tuple[Edit, ...] | None:
    """Write an empty mapping as the value of a key."""
    if not text or value.anchored:
        return None
    # A value that is not written lies on its key.
    if key.end < value.start < value.end:
        return (Edit(value.span, "{}"),)
    colon = key.end + 1
    return (Edit(Span(colon, colon), " {}"),) if text[key.end : colon] == ":" else None


RULES = (
    Rule(
        name="exactly-one-field",
        severity=Severity.ERROR,
        group="workflows",
        summary="A part of an AI automation does not have exactly one of some fields",
        why="A trigger is `manual`, `time` or `pullRequest`; its context is `projects`, "
        "`repositories`, `agent` or `fromTrigger`; repositories are given by `repositoryUrls` or "
        "`repoSelector`; a step is a `task`, an `agent`, a `pullRequest` or a `report`; an output "
        "has one type, and `prompt` or `command`. The platform rejects several at once, and has "
        "nothing to do if there is none. Split a step that has two into two steps. A field without "
        "a value, such as `manual:`, is not set: write `manual: {}`.",
        source=SDK,
        bad=example(step="task: {command: npm test}\nagent: {prompt: Fix the tests.}\n"),
        good=example(step="task: {command: npm test}\n"),
        fixable=True,
    ),
)

CHECKS = {"exactly-one-field": check}
