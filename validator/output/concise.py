"""One line per finding, for editors and for grep."""

from __future__ import annotations

from collections.abc import Callable

from validator.display import inert, visible, where
from validator.finding import Finding
from validator.output.marks import fixable_mark
from validator.report import Report, Totals


class Output:
    """Writes findings as `path:line:column: severity[rule] message`, and nothing else.

    A fixable finding has the mark `[*]` before its message; with `unsafe`, also if it has only an
    unsafe fix.
    """

    def __init__(
        self, write: Callable[[str], object], *, unsafe: bool = False, **_: object
    ) -> None:
        self._write = write
        self._unsafe = unsafe

    def report(self, report: Report) -> None:
        for finding in report.findings:
            mark = fixable_mark(finding, unsafe=self._unsafe)
            self._write(inert(line(report, finding, mark)) + "\n")

    def finish(self, _totals: Totals) -> None:
        pass


def line(report: Report, finding: Finding, mark: str = "") -> str:
    """A finding as one line of visible characters; `mark` comes before its message."""
    place = where(report.path, finding)
    return f"{place}: {finding.severity}[{finding.rule}]{mark} {visible(finding.message)}"
