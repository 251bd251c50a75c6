"""The option --executions of `plan`: a timeline of executions, and where they contradict a file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from validator.api.timeline import RULES, Timeline, contradictions, of_documents
from validator.api.timelines.compared import Compared
from validator.cli import CLEAN, writing
from validator.cli.execution_source import Source, read
from validator.cli.lines import Output
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
    output: Output,
    *,
    config_path: str | None,
    isolated: bool,
) -> int:
    """Write the timeline of the executions at some paths, and findings; returns the exit code."""
    sources = read(paths, output=output.file, config_path=config_path, isolated=isolated)
    code = tell([each.report for each in sources], output.color)
    if any(each.model is None for each in sources):
        return code
    timeline, reports = compared(sources, document)
    output.write(_lines(timeline, reports, output))
    return tell(reports, output.color)


def _lines(timeline: Timeline, reports: list[Report], output: Output) -> Iterator[str]:
    """The lines of a timeline. Raises click.UsageError if it is too large for its format."""
    if output.format == "json":
        from validator.drawing.timelines import timeline_json

        return timeline_json.draw(timeline)
    if output.format == "svg":
        from validator.drawing import TooLarge
        from validator.drawing.timelines import timeline_svg

        try:
            return iter(timeline_svg.draw(timeline).rstrip("\n").split("\n"))
        except TooLarge as error:
            raise click.UsageError(str(error)) from error
    if output.format == "html":
        from validator.drawing.timelines import timeline_page

        return iter(timeline_page.draw(timeline, reports).rstrip("\n").split("\n"))
    from validator.drawing.timelines import timeline_text

    return timeline_text.draw(timeline, color=output.colored, width=output.width)


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
    return writing.tell(shown, color) if shown else CLEAN
