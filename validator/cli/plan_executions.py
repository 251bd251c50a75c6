"""The option --executions of `plan`: a timeline of executions, and where they contradict a file."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from validator.api.timeline import RULES, Timeline, contradictions, of_documents
from validator.api.timelines.compared import Compared
from validator.cli import CLEAN
from validator.cli import output_file as output_file_of
from validator.cli.execution_source import Source, read
from validator.cli.lines import echo, write_lines
from validator.cli.streams import columns, write_utf8
from validator.cli.writing import STDOUT, Style, wants_color, write_reports
from validator.finding import Severity

if TYPE_CHECKING:
    from validator.model.automations import Document
    from validator.report import Report


def compared(sources: list[Source], document: Document) -> tuple[Timeline, list[Report]]:
    """The timeline of documents without errors, and their reports with contradictions in them."""
    models = [each.model for each in sources if each.model is not None]
    references = {
        item.id.folded: item.reference.text
        for model in models
        for item in model.automations
        if item.id is not None and item.reference is not None
    }
    both = Compared(models, document, references)
    reports = []
    for source in sources:
        assert source.model is not None
        found = tuple(contradictions(source.model, both))
        # Most executions agree with the file.
        wanted = any(map(source.config.wants, found))
        reports.append(source.report_with(found) if wanted else source.report)
    return of_documents(both), reports


def show(
    paths: tuple[str, ...],
    document: Document,
    format_: str,
    *,
    output_file: str,
    color: str | None,
    config_path: str | None,
    isolated: bool,
) -> int:
    """Write the timeline of the executions at some paths, and findings; returns the exit code."""
    sources = read(paths, output=output_file, config_path=config_path, isolated=isolated)
    code = tell([each.report for each in sources], color)
    if any(each.model is None for each in sources):
        return code
    timeline, reports = compared(sources, document)
    _write(timeline, reports, format_, output_file, color)
    return tell(reports, color)


def _write(
    timeline: Timeline, reports: list[Report], format_: str, output_file: str, color: str | None
) -> None:
    to_file = output_file != STDOUT
    stream = None if to_file else sys.stdout
    wanted = wants_color(stream, color)
    lines = _lines(timeline, reports, format_, color=wanted, width=columns(stream) or 100)
    if to_file:
        pieces: list[str] = []
        write_lines(lines, pieces.append)
        output_file_of.write(output_file, "".join(pieces))
    else:
        write_lines(lines, write_utf8 if format_ in ("html", "svg") else echo)


def _lines(
    timeline: Timeline, reports: list[Report], format_: str, *, color: bool, width: int
) -> Iterator[str]:
    """The lines of a timeline in a format. Raises click.UsageError if it is too large for it."""
    if format_ == "json":
        from validator.drawing.timelines import timeline_json

        return timeline_json.draw(timeline)
    if format_ == "svg":
        from validator.drawing import TooLarge
        from validator.drawing.timelines import timeline_svg

        try:
            return iter(timeline_svg.draw(timeline).splitlines())
        except TooLarge as error:
            raise click.UsageError(str(error)) from error
    if format_ == "html":
        from validator.drawing.timelines import timeline_page

        return iter(timeline_page.draw(timeline, reports).splitlines())
    from validator.drawing.timelines import timeline_text

    return timeline_text.draw(timeline, color=color, width=width)


def tell(reports: list[Report], color: str | None) -> int:
    """Write errors, and what contradicts the file, to standard error; returns the exit code."""
    shown = []
    for report in reports:
        findings = tuple(
            each
            for each in report.findings
            if each.severity == Severity.ERROR or each.rule in RULES
        )
        if findings:
            shown.append(report.replace(findings=findings))
    return _tell(shown, color) if shown else CLEAN


def _tell(reports: list[Report], color: str | None) -> int:
    style = Style("text", color=color)
    return write_reports(reports, style, lambda _: Severity.ERROR, aside=True)
