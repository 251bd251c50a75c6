"""JSON for programs, as `schema/json-output.schema.json` describes it."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from validator.engine import Report
from validator.finding import Finding, Place
from validator.output import Totals

VERSION = 1
"""The version of the format; it grows when a program that reads it would break."""


class Output:
    """Writes one JSON object, a file at a time, so that memory does not grow with the run."""

    def __init__(self, write: Callable[[str], object], **_: object) -> None:
        self._write = write
        self._separator = ""
        write(f'{{"version": {VERSION}, "files": [')

    def report(self, report: Report) -> None:
        content = {
            "path": report.path,
            "kind": report.kind,
            "findings": [as_json(finding) for finding in report.findings],
        }
        # ASCII only: it survives every terminal and keeps odd characters of a path harmless.
        self._write(f"{self._separator}\n  {json.dumps(content)}")
        self._separator = ","

    def finish(self, totals: Totals) -> None:
        content = {
            "files": totals.files,
            "errors": totals.errors,
            "warnings": totals.warnings,
            "hints": totals.hints,
            "fixed": totals.fixed,
        }
        self._write(f'\n], "summary": {json.dumps(content)}}}\n')


def as_json(finding: Finding) -> dict[str, Any]:
    """A finding as JSON values."""
    return {
        "rule": finding.rule,
        "severity": str(finding.severity),
        "message": finding.message,
        "place": finding.place and _place(finding.place),
        "pointer": finding.pointer,
        "related": [
            {"message": each.message, "place": _place(each.place)} for each in finding.related
        ],
        "docs": finding.docs,
    }


def _place(place: Place) -> dict[str, Any]:
    return {"start": place.start._asdict(), "end": place.end._asdict()}
