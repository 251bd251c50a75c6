"""Strings without the format of their field, such as durations and UUIDs."""

from __future__ import annotations

from collections.abc import Iterator

from validator.contract.compiler import matches
from validator.contract.formats import format_of
from validator.contract.location import Spot
from validator.contract.other_errors import OtherErrors
from validator.contract.replacements import replacements
from validator.contract.rules import invalid_reference
from validator.contract.rules.examples import GOOD, TASK
from validator.contract.schema_errors import Error
from validator.finding import Fix, Problem, Severity
from validator.likeness import Likeness
from validator.parsing.nodes import Mapping, Scalar, pointer
from validator.rule import SDK, Rule
from validator.wording import quoted, with_article


def explain(error: Error, spot: Spot, others: OtherErrors) -> Iterator[Problem]:
    if isinstance(spot.node, Mapping):
        yield invalid_reference.of_error(error, spot, others)
        return
    assert isinstance(spot.node, Scalar)
    text = spot.node.text.strip()
    form = format_of(spot.schemas[-1].value)
    rule = form.rule if text else "empty-value"
    cause = f"{quoted(text)} is not {with_article(form.name)}" if text else f"{spot.name} is empty"
    if matches(error.value, text):
        cause = f"{spot.name} has spaces around it"
    message = f"{cause}; {form.advice(text)}"
    fixes = well_formed(spot)
    yield Problem(rule, message, spot.node.span, pointer(spot.path), fixes=fixes)


def well_formed(spot: Spot) -> tuple[Fix, ...]:
    """Rewrite a string in the format that it evidently was meant to have."""
    assert isinstance(spot.node, Scalar)
    meant = format_of(spot.schemas[-1].value).mend(spot.node.text.strip())
    near = Likeness() if meant is None else Likeness((meant,), slip=True)
    return replacements(spot.node, near, spot.text)


RULES = (
    Rule(
        name="invalid-duration",
        severity=Severity.ERROR,
        group="structure",
        summary="A duration is not a number of seconds followed by `s`",
        why="The platform reads durations in the JSON form of protobuf: a number of seconds and "
        "`s`, from `0s` to `86400s`. It rejects minutes (`5m`), negative and longer ones.",
        source=SDK,
        bad=GOOD.replace("60s", "1m"),
        good=GOOD,
        fixable=True,
    ),
    Rule(
        name="invalid-format",
        severity=Severity.ERROR,
        group="structure",
        summary="A string is not a valid UUID, timestamp, URL or number",
        why="Ids in API documents are UUIDs, times are RFC 3339 timestamps with a time zone, "
        "log addresses are URLs with their scheme, and 64-bit numbers are digits. The API rejects "
        "anything else.",
        source=SDK,
        bad=TASK.replace("T09:30:00Z", " 09:30:00+0100"),
        good=TASK,
        fixable=True,
    ),
)
