"""Rules of one's own in editors: no page explains them, as pages do those of the program."""

from __future__ import annotations

from validator.finding import Span
from validator.language.features.hover import Hover
from validator.language.markup import Markup, joined, prose
from validator.rule import Rule
from validator.server.documents import OpenDocument


def described(rule: Rule) -> Markup:
    """A rule of one's own: what is wrong, why, and where that is declared."""
    source = f"Source: {rule.source}." if rule.source else ""
    return joined([prose(f"{rule.summary}."), prose(rule.why), prose(source)], "\n\n")


def hover(document: OpenDocument, offset: int, other: Hover | None) -> Hover | None:
    """What the rules with findings at an offset say, after what is said there otherwise.

    None if there is nothing to say. The editor itself shows the messages of findings.
    """
    report = document.report
    if report is None or not report.own_rules:
        return other
    for finding in report.findings:
        place = finding.place
        if not finding.own or place is None:
            continue
        span = Span(place.start.offset, place.end.offset)
        if span.start <= offset <= span.end:
            said = described(report.own_rules[finding.rule])
            before = [] if other is None else [other.text]
            other = Hover(span if other is None else other.span, joined([*before, said], "\n\n"))
    return other
