"""Check the promise of docs/explanation/robustness.md for one input."""

from __future__ import annotations

import json
import re
from functools import cache
from typing import Any

import jsonschema

from tests.reports import written
from validator import Finding, Report, check_text, schemas

# The rules whose message contains the text that they underline.
_NAMED = {
    "duplicate-dependency",
    "duplicate-key",
    "duplicate-reference",
    "invalid-duration",
    "noncanonical-spelling",
    "trigger-not-allowed",
    "unknown-dependency",
    "unknown-field",
}
_WORD = re.compile(r"[\w-]{1,59}")


class Broken(AssertionError):
    """The promise is broken; the message says how."""


def keep(data: bytes | str) -> Report:
    """Check an input and the whole promise; raises `Broken` if it is not kept."""
    report = check_text(data, path="input.yaml")
    if report.findings != check_text(data, path="input.yaml").findings:
        raise Broken("another result the second time")
    for finding in report.findings:
        if finding.rule == "internal-error":
            raise Broken(finding.message)
        _is_exact(finding, report)
    if [f.place.start for f in report.findings if f.place] != sorted(
        f.place.start for f in report.findings if f.place
    ):
        raise Broken("the findings are not in the order of their places")
    if report.findings:
        shown = written("json", report)
        error = next(_output_schema().iter_errors(json.loads(shown)), None)
        if error is not None:
            raise Broken(f"JSON output: {error.message[:200]}")
    return report


def _is_exact(finding: Finding, report: Report) -> None:
    places = [finding.place, *(related.place for related in finding.related)]
    length = len(report.text.value)
    for place in places:
        if place is None or not 0 <= place.start.offset <= place.end.offset <= length:
            raise Broken(f"{finding.rule} lies outside the text")
        for position in (place.start, place.end):
            if report.text.position(position.offset) != position:
                raise Broken(f"{finding.rule}: line and column are not those of the offset")
    for fix in finding.fixes:
        at = 0
        for edit in sorted(fix.edits):
            if not at <= edit.span.start <= edit.span.end <= length:
                raise Broken(f"{finding.rule}: an edit lies outside the text, or on another")
            at = edit.span.end
    assert finding.place is not None
    underlined = report.text.value[finding.place.start.offset : finding.place.end.offset]
    if (
        finding.rule in _NAMED
        and _WORD.fullmatch(underlined)
        and f"`{underlined}`" not in finding.message
    ):
        raise Broken(f"{finding.rule} underlines {underlined!r}: {finding.message}")


@cache
def _output_schema() -> Any:
    return jsonschema.Draft7Validator(schemas.load("json-output.schema.json"))
