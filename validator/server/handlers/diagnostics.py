"""Convert findings to diagnostics."""

from __future__ import annotations

from functools import cache
from typing import Protocol

from validator.addresses import rule_page, shellcheck_page
from validator.describe import page_of_rule
from validator.finding import Finding, Place, Severity, Span
from validator.report import Report
from validator.rules import is_code
from validator.server.capabilities import Client
from validator.server.jsonrpc import Json, present
from validator.server.positions import Positions, Range
from validator.server.uris import uri_of

SOURCE = "automation-validator"

UNNECESSARY = frozenset(
    {"duplicate-dependency", "duplicate-trigger", "redundant-dependency", "unused-suppression"}
)
"""Rules whose findings are on text that can be removed without changing the meaning."""

# `DiagnosticSeverity` and `DiagnosticTag` of the protocol.
_SEVERITIES = {Severity.ERROR: 1, Severity.WARNING: 2, Severity.HINT: 4}
_UNNECESSARY = 1

# Maximum number of related places, and of those in the message if the editor does not show them
# itself.
_MOST_RELATED = 100
_MOST_LINES = 10


class Located(Protocol):
    """A document with findings, open or not."""

    @property
    def uri(self) -> str: ...

    @property
    def positions(self) -> Positions: ...


def diagnostics(report: Report, document: Located, client: Client) -> list[Json]:
    """The findings of a document as diagnostics, depending on what the editor supports."""
    return [diagnostic(finding, document, client) for finding in report.findings]


def diagnostic(finding: Finding, document: Located, client: Client) -> Json:
    """A finding as a diagnostic."""
    message = finding.message
    related = None
    if finding.related and client.related:
        related = [
            {
                "location": {"uri": document.uri, "range": _range(each.place, document)},
                "message": each.message,
            }
            for each in finding.related[:_MOST_RELATED]
        ]
    elif finding.related:
        lines = [
            f"line {each.place.start.line}: {each.message}"
            for each in finding.related
            if each.place
        ]
        message = "\n".join([message, *lines[:_MOST_LINES]])
    tagged = client.tags and finding.rule in UNNECESSARY
    return present(
        range=_range(finding.place, document),
        message=message,
        severity=_SEVERITIES[finding.severity],
        code=finding.name,
        codeDescription=_description(finding) if client.described else None,
        source=SOURCE,
        tags=[_UNNECESSARY] if tagged else None,
        relatedInformation=related,
    )


def _description(finding: Finding) -> Json | None:
    """Where the finding is explained: on the web, or on the page that comes with the program."""
    page = finding.address or (None if finding.own else _page(finding.rule))
    return None if page is None else {"href": page}


def address_of(name: str) -> str | None:
    """Where a rule, or a code of shellcheck, is explained."""
    if is_code(name):
        return shellcheck_page(name)
    return rule_page(name) or _page(name)


@cache
def _page(rule: str) -> str | None:
    try:
        return uri_of(page_of_rule(rule))
    except FileNotFoundError:
        return None


def span_of(place: Place | None) -> Span:
    """The span of a place; the beginning of the text for a finding without one."""
    return Span(0, 0) if place is None else Span(place.start.offset, place.end.offset)


def _range(place: Place | None, document: Located) -> Range:
    return document.positions.range(span_of(place))
