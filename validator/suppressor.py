"""Add comments to a text that suppress its findings."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from operator import attrgetter

from validator.configuration.config import Config
from validator.editing.composition import apply, compose
from validator.engine import check_text
from validator.finding import Edit, Finding, Problem
from validator.fixer import Fixed
from validator.parsing import reader
from validator.report import Report
from validator.rules import BLOCKING
from validator.suppression import OUT_OF_REACH, NewComments

_MOST_ROUNDS = 10
"""Maximum number of times that comments are added: suppressed findings may hide others."""


def suppress(
    text: str,
    reason: str = "",
    *,
    path: str | None = None,
    config: Config | None = None,
    others: tuple[Problem, ...] = (),
    wanted: Callable[[Report], tuple[Finding, ...]] = attrgetter("findings"),
) -> Fixed:
    """Add a comment with a reason above each line that has findings.

    The parameters are those of `fix_text`; `count` of the result is the number of findings that the
    comments suppress. Findings that no comment suppresses stay, such as syntax errors, and so do
    all those of JSON, which has no comments.
    """
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    check = partial(check_text, path=path, config=config, others=others)
    report = check(text)
    length = len(report.text.value)
    made: tuple[Edit, ...] = ()
    count = 0
    for _ in range(_MOST_ROUNDS):
        edits = _comments(report, suppressible(wanted(report)), reason, path, config or Config())
        if not edits:
            break
        after = check(mark + apply(report.text.value, edits))
        before_count, after_count = (len(suppressible(wanted(each))) for each in (report, after))
        if after_count >= before_count or _is_broken(report, after):
            break
        count += before_count - after_count
        report, made = after, compose(length, made, edits)
    return Fixed(mark + report.text.value, report, count, made)


def suppressible(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """The findings that a comment can suppress, in a format that has comments."""
    return tuple(each for each in findings if each.rule not in OUT_OF_REACH and each.place)


def _comments(
    report: Report, findings: tuple[Finding, ...], reason: str, path: str | None, config: Config
) -> list[Edit]:
    if not findings or reader.is_json(path):
        return []
    root = reader.read(report.text.value, config.limits, path).root
    if root is None:
        return []
    places = ((each.name, each.place) for each in findings)
    found = ((name, place.start.offset) for name, place in places if place is not None)
    return NewComments(report.text, root).all(found, reason)


def _is_broken(before: Report, after: Report) -> bool:
    """Whether comments made a text unreadable that could be read."""
    here, there = ({each.rule for each in report.findings} & BLOCKING for report in (before, after))
    return bool(there - here)
