"""A report for GitLab's Code Quality, which merge requests show."""

from __future__ import annotations

import os
from collections.abc import Callable
from hashlib import sha256
from typing import Any

from validator.display import visible
from validator.finding import Finding, Severity
from validator.finding_json import dumps
from validator.fingerprint import fingerprints
from validator.output.repository_paths import Root
from validator.report import Report, Totals

_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.HINT: "info"}


class Output:
    """Writes one JSON list, one issue per line."""

    def __init__(self, write: Callable[[str], object], **_: object) -> None:
        self._write = write
        self._separator = ""
        self._root = Root()
        write("[")

    def report(self, report: Report) -> None:
        if not report.findings:
            return
        path = self._root.path(report.path or "<text>")
        for finding, fingerprint in zip(report.findings, fingerprints(report), strict=True):
            self._write(f"{self._separator}\n  {dumps(_issue(path, finding, fingerprint))}")
            self._separator = ","

    def finish(self, _totals: Totals) -> None:
        self._write("\n]\n")


def _description(finding: Finding) -> str:
    """The message, with the address of the rule's page: a report has no field for it."""
    address = f" ({finding.address})" if finding.address else ""
    return f"{visible(finding.message)}{address}"


def _issue(path: str, finding: Finding, fingerprint: str) -> dict[str, Any]:
    name = os.fsencode(path)
    place = finding.place
    return {
        "description": _description(finding),
        "check_name": finding.rule,
        # GitLab drops an issue with the same fingerprint as another, even of another file.
        "fingerprint": sha256(name + b"\0" + fingerprint.encode()).hexdigest()[:32],
        "severity": _SEVERITIES[finding.severity],
        "location": {
            "path": name.decode("utf-8", "replace"),
            "lines": {
                "begin": place.start.line if place else 1,
                "end": place.end.line if place else 1,
            },
        },
    }
