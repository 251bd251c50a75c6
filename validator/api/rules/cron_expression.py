"""Cron expressions that the platform rejects, or that never fire."""

from __future__ import annotations

from collections.abc import Iterator

from validator.api.model import ApiDocument
from validator.api.values import Value
from validator.api.workflow_examples import at_times, example
from validator.cron.expression import CronError, Expression, parse
from validator.cron.schedule import never
from validator.editing import edits
from validator.finding import Edit, Fix, Problem, Severity, Span
from validator.parsing.nodes import Scalar
from validator.rule import Rule
from validator.shell.source_map import SourceMap
from validator.wording import quoted


def check_invalid(document: ApiDocument) -> Iterator[Problem]:
    for cron in _expressions(document):
        error = _read(cron.text)
        if isinstance(error, CronError):
            span = _place(document, cron, error)
            fixes = () if error.meant is None else _fixes(document, cron, error.meant)
            yield Problem("invalid-cron", error.message, span, cron.pointer, fixes=fixes)


def _read(text: str) -> Expression | CronError:
    try:
        return parse(text)
    except CronError as error:
        return error


def _place(document: ApiDocument, cron: Value, error: CronError) -> Span:
    """The place of the part concerned; the whole value if that is empty or has no text."""
    assert isinstance(cron.node, Scalar)
    if not document.text or error.start >= error.end:
        return cron.span
    return SourceMap(document.text, cron.node).span(error.start, error.end)


def _fixes(document: ApiDocument, cron: Value, meant: str) -> tuple[Fix, ...]:
    """Write the expression that was evidently meant, unless that has further mistakes."""
    assert isinstance(cron.node, Scalar)
    if not document.text or cron.node.anchored or isinstance(_read(meant), CronError):
        return ()
    if cron.node.plain:
        written = f'"{meant}"' if meant[0] in "*?@" else meant
        edit = Edit(cron.span, written)
    else:
        edit = _edit(document.text, cron.node, meant)
    # The line break of a block is also the end of the field.
    if {"\n", "\r"}.intersection(document.text[edit.span.start : edit.span.end]):
        return ()
    return edits.fixes(f"Write {quoted(' '.join(meant.split()))}", (edit,))


def _edit(text: str, node: Scalar, meant: str) -> Edit:
    """Change the part that differs, so that escapes and blocks stay as they are."""
    same = _length_in_common(node.text, meant)
    rest = _length_in_common(node.text[same:][::-1], meant[same:][::-1])
    span = SourceMap(text, node).span(same, len(node.text) - rest)
    return Edit(span, meant[same : len(meant) - rest])


def _length_in_common(one: str, other: str) -> int:
    """With how many characters both begin."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))


def check_never(document: ApiDocument) -> Iterator[Problem]:
    for cron in _expressions(document):
        expression = _read(cron.text)
        if isinstance(expression, Expression) and never(expression):
            message = "no day fits this cron expression, so it never fires; correct day or month"
            if not (expression.minutes and expression.hours):
                message = "a field of this cron expression has no value, so it never fires"
            yield Problem("cron-never-fires", message, cron.span, cron.pointer)


def _expressions(document: ApiDocument) -> Iterator[Value]:
    seen: set[int] = set()
    for workflow in document.workflows:
        for trigger in workflow.triggers:
            # An anchored trigger is used several times.
            if trigger.cron is not None and id(trigger.cron.node) not in seen:
                seen.add(id(trigger.cron.node))
                yield trigger.cron


RULES = (
    Rule(
        name="cron-never-fires",
        severity=Severity.WARNING,
        group="workflows",
        summary="A cron expression fits no day",
        why="31 February never comes, so the trigger never starts the automation. The platform "
        "accepts it, because each field by itself is valid.",
        bad=example(at_times("0 9 31 2 *")),
        good=example(at_times("0 9 28 2 *")),
    ),
    Rule(
        name="invalid-cron",
        severity=Severity.ERROR,
        group="workflows",
        summary="A cron expression is not valid",
        why="The platform reads five fields (minute, hour, day of the month, month, day of the "
        "week), or `@hourly`, `@daily`, `@weekly`, `@monthly`, `@yearly`, or `@every` with a "
        "duration. There is no field for seconds, Sunday is `0`, and a range does not wrap "
        "around. `TZ=Europe/Berlin ` in front sets a time zone, which must exist.",
        source="the syntax of robfig/cron",
        bad=example(at_times("0 9 * * 8")),
        good=example(at_times("0 9 * * 1")),
        fixable=True,
    ),
)

CHECKS = {"cron-never-fires": check_never, "invalid-cron": check_invalid}
