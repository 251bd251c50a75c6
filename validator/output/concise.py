"""One line per finding, for editors and for grep."""

from __future__ import annotations

from collections.abc import Callable

from validator.display import inert, visible, where
from validator.finding import Finding
from validator.report import Report, Totals


class Output:
    """Writes findings as `path:line:column: severity[rule] message`, and nothing else."""

    def __init__(self, write: Callable[[str], object], **_: object) -> None:
        self._write = write

    def report(self, report: Report) -> None:
        for finding in report.findings:
            self._write(inert(line(report, finding)) + "\n")

    def finish(self, _totals: Totals) -> None:
        pass


def line(report: Report, finding: Finding) -> str:
    """A finding as one line of visible characters."""
    place = where(report.path, finding)
    return f"{place}: {finding.severity}[{finding.rule}] {visible(finding.message)}"
