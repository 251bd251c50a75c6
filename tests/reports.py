"""Reports for the tests of the output formats."""

from validator import Edit, Fix, Report, Span, check_text
from validator import output as output_module
from validator.report import Totals

TEXT = """\
tasks:
  build:
    name: Build
    comand: make
    triggeredBy: [manual]
"""


MIXED = """\
services:
  b:
    name: B
    commands: {start: x}
  db:
    name: Db
    triggeredBy: [manual]
  a:
    nam: A
"""
"""A hint on line 2, a warning on line 5 and an error on line 9."""


def report(text: str = TEXT, path: str | None = "a.yaml") -> Report:
    """The report of a text."""
    return check_text(text, path=path)


def fixed(found: Report, *fixes: Fix) -> Report:
    """The report, its first finding with fixes."""
    first, *others = found.findings
    first = first._replace(fixes=fixes)
    return found.replace(findings=(first, *others))


def rename(found: Report, old: str, new: str) -> Fix:
    """A fix that replaces the first occurrence of a word."""
    start = found.text.value.index(old)
    return Fix(f"rename to `{new}`", (Edit(Span(start, start + len(old)), new),))


def written(format_: str, *reports: Report, exit_code: int = 0) -> str:
    """The output of a format for reports."""
    pieces: list[str] = []
    writer = output_module.create(format_, pieces.append, color=False, width=100)
    totals = Totals()
    for each in reports:
        totals.add(each)
        writer.report(each)
    totals.exit_code = exit_code
    writer.finish(totals)
    return "".join(pieces)
