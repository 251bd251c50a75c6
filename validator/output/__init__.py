"""The output formats: one module each, with a class that receives reports and writes them."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Protocol

from validator.report import Report

FORMATS = ("concise", "github", "gitlab", "json", "junit", "sarif", "text")
"""The names of the formats; each is a module of this package with a class `Output`."""


class Output(Protocol):
    """A format; it receives the reports of a run one by one."""

    def report(self, report: Report) -> None:
        """Write the output for one document."""

    def finish(self, totals: Totals) -> None:
        """Write the output at the end of the run."""


class Totals:
    """The results of a run so far.

    Numbers of documents, of documents with findings, of findings of each severity, and of findings
    that were fixed (with `preview`, would be), that a baseline contains, that have a safe fix, and
    that have only unsafe ones; of documents with scripts that are not checked because shellcheck
    is not installed; at the end of the run, its exit code.
    """

    def __init__(self, *, preview: bool = False) -> None:
        self.preview = preview
        self.files = 0
        self.files_with_findings = 0
        self.errors = 0
        self.warnings = 0
        self.hints = 0
        self.fixed = 0
        self.known = 0
        self.fixable = 0
        self.unsafely_fixable = 0
        self.unchecked_scripts = 0
        self.exit_code = 0

    def add(self, report: Report) -> None:
        """Count a document and its findings."""
        self.files += 1
        self.files_with_findings += bool(report.findings)
        self.errors += report.counts.errors
        self.warnings += report.counts.warnings
        self.hints += report.counts.hints
        self.fixed += report.fixed
        self.known += report.known
        self.fixable += report.counts.fixable
        self.unsafely_fixable += report.counts.unsafely_fixable
        self.unchecked_scripts += report.unchecked_scripts


def create(
    name: str,
    write: Callable[[str], object],
    *,
    color: bool,
    links: Callable[[], bool] = lambda: False,
    width: int | None = None,
) -> Output:
    """The output of a format.

    `write` receives pieces of text; `color` says whether to use colours, and `links`, called when
    there is something to link, whether to use hyperlinks. `width` is the number of columns for
    code, None for that of the terminal.
    """
    module = import_module(f"{__name__}.{name}")
    output: Output = module.Output(write, color=color, links=links, width=width)
    return output
