"""Outputs of one report with the same key."""

from __future__ import annotations

from collections.abc import Iterator

from validator.api.model import ApiDocument
from validator.api.values import Value, Values
from validator.api.workflow_examples import example
from validator.finding import Note, Problem, Severity
from validator.rule import Rule
from validator.wording import quoted


def check(document: ApiDocument) -> Iterator[Problem]:
    for workflow in document.workflows:
        for action in workflow.actions:
            for outputs in action.reports:
                yield from _repeated(workflow.values, outputs)


def _repeated(values: Values, outputs: tuple[Value, ...]) -> Iterator[Problem]:
    seen: dict[str, Value] = {}
    for output in outputs:
        key = values.text(output, "key")
        if key is None:
            continue
        first = seen.setdefault(key.text, key)
        if first is not key:
            message = f"the report already has an output {quoted(key.text)}; rename one"
            note = Note(first.span, "it is first here")
            yield Problem("duplicate-output", message, key.span, key.pointer, (note,))


_REPORT = """\
report:
  outputs:
    - {key: tests_passed, title: Passed, boolean: {}, command: npm test}
    - {key: tests_failed, title: Failed, integer: {}, prompt: Count the failed tests.}
"""

RULES = (
    Rule(
        name="duplicate-output",
        severity=Severity.WARNING,
        group="workflows",
        summary="Two outputs of a report have the same key",
        why="The key names the output in the report, so only one of the two values is kept.",
        bad=example(step=_REPORT.replace("tests_failed", "tests_passed")),
        good=example(step=_REPORT),
    ),
)

CHECKS = {"duplicate-output": check}
