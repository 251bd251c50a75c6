"""The output formats: one module each, with a class that is given reports and writes them."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Protocol

from validator.report import Report

FORMATS = ("concise", "github", "gitlab", "json", "junit", "sarif", "text")
"""The names of the formats; each is a module of this package with a class `Output`."""


class Output(Protocol):
    """What a format does with the reports of a run, given to it one by one."""

    def report(self, report: Report) -> None:
        """Write what is to be said of one document."""

    def finish(self, totals: Totals) -> None:
        """Write what is to be said at the end of the run."""


class Totals:
    """What a run has found so far.

    Numbers of documents, of documents with findings, of findings of each severity, and of those
    that were mended (with `preview`, would be), that are known from a baseline, that have a safe
    fix and that have another one; of documents with scripts that are not checked because shellcheck
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
    name: str, write: Callable[[str], object], *, color: bool, width: int | None = None
) -> Output:
    """The output of a format.

    `write` takes pieces of text; `color` tells whether colours are wanted, `width` how many
    columns there are for code, None as many as the terminal has.
    """
    module = import_module(f"{__name__}.{name}")
    output: Output = module.Output(write, color=color, width=width)
    return output
