"""Workflow commands, which GitHub Actions shows as annotations on the lines of a pull request."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from validator.display import inert, inert_within, visible, where
from validator.finding import Finding, Place, Severity
from validator.output.marks import fixable_mark
from validator.output.repository_paths import Root
from validator.output.text import ending
from validator.report import Report, Totals

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.HINT: "notice"}


class Output:
    """Writes the place and the command of each finding, and the summary as text.

    The log shows a command without its properties, so the place is written for it. An annotation is
    shown at its place, and has only the message.
    """

    def __init__(self, write: Callable[[str], object], **options: Any) -> None:
        self._write = write
        self._options = options
        self._unsafe = options.get("unsafe", False)
        # The runner expects paths relative to its workspace.
        self._root = Root("GITHUB_WORKSPACE")

    def report(self, report: Report) -> None:
        if not report.findings:
            return
        path = None if report.path is None else self._root.path(report.path)
        for finding in report.findings:
            place = inert(f"{where(report.path, finding)} {finding.rule}")
            mark = fixable_mark(finding, unsafe=self._unsafe)
            self._write(f"{place}{mark}\n{_command(finding, path)}\n")

    def finish(self, totals: Totals) -> None:
        self._write(ending(totals, self._options))


def _command(finding: Finding, path: str | None) -> str:
    """The command; `path` is the file's path for the runner."""
    properties: dict[str, object] = {}
    if path is not None:
        properties["file"] = path
    if finding.place is not None:
        properties |= _lines(finding.place)
    properties["title"] = finding.rule
    shown = ",".join(f"{name}={_property(str(value))}" for name, value in properties.items())
    message = "\n".join(filter(None, (visible(finding.message), finding.address)))
    return f"::{_COMMANDS[finding.severity]} {shown}::{_escaped(message)}"


def _lines(place: Place) -> dict[str, object]:
    """The lines of a place, and its columns if it is on one line, as GitHub requires."""
    start, end = place
    if start.line == end.line:
        # For GitHub the last column is included.
        last = max(start.column, end.column - 1)
        return {"line": start.line, "col": start.column, "endLine": end.line, "endColumn": last}
    return {"line": start.line, "endLine": end.line - (end.column == 1)}


def _escaped(text: str) -> str:
    """Text for a command's message, escaped like in the runner's own library."""
    return inert_within(text).replace("%", "%25").replace("\n", "%0A")


def _property(text: str) -> str:
    """Text for the value of a command's property."""
    return _escaped(visible(text)).replace(":", "%3A").replace(",", "%2C")
