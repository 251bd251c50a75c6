"""The option --executions of `plan`: a timeline of executions, and where they contradict a file."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

import click

from validator.api.build import build
from validator.api.model import ApiDocument
from validator.api.timeline import RULES, Timeline, contradictions, of_documents
from validator.api.timelines.compared import Compared
from validator.cli import CLEAN, USAGE
from validator.cli.lines import Output
from validator.cli.options import chosen_configurations, config_for
from validator.cli.output_options import refuse_to_overwrite
from validator.cli.stdin import read_input
from validator.cli.writing import Style, write_reports
from validator.configuration.config import Config
from validator.contract import conformance, detection
from validator.engine import check_text, unreadable
from validator.finding import Severity
from validator.model.masking import mask
from validator.parsing import reader
from validator.parsing.nodes import Mapping, Node, dates_as_text
from validator.parsing.text import decode

if TYPE_CHECKING:
    from validator.model.automations import Document
    from validator.report import Report

_EXECUTIONS = ("task-execution", "task-execution-list")
_ITEMS = ("environment", "service", "service-list", "task", "task-list")
_LISTS = {"taskExecutions": "task-execution-list", "task_executions": "task-execution-list"}


class Source(NamedTuple):
    """A document with executions, or with the references of tasks and services.

    `model` is None if the document has errors.
    """

    data: bytes
    config: Config
    report: Report
    model: ApiDocument | None


def read(
    paths: tuple[str, ...],
    *,
    output: str,
    config_path: str | None = None,
    isolated: bool = False,
) -> list[Source]:
    """The documents at some paths; `-` is standard input.

    A path that does not exist, and a document of another kind, end the run as wrong usage.
    """
    configurations = chosen_configurations(config_path, isolated=isolated, shellcheck="off")
    sources: list[Source] = []
    for path in dict.fromkeys(paths):
        config = config_for(path, configurations).for_path(path)
        refuse_to_overwrite(output, path, "read")
        try:
            data = read_input(path, config.limits.max_bytes)
        except OSError as error:
            report = unreadable(path, f"can't be read: {error.strerror or error}", config)
            if path != "-" and not os.path.lexists(path):
                _tell([report], None)
                raise click.exceptions.Exit(USAGE) from error
            sources.append(Source(b"", config, report, None))
            continue
        sources.append(_source(path, data, config))
    return sources


def _source(path: str, data: bytes, config: Config) -> Source:
    name = "<stdin>" if path == "-" else path
    text, problem = decode(data) if len(data) <= config.limits.max_bytes else ("", None)
    root = None if problem is not None else reader.read(text, config.limits, name).root
    kind = _EXECUTIONS[0] if root is None else _kind(path, root)
    report = check_text(data, path=name, kind=kind, config=config)
    if root is None or not report.ok:
        return Source(data, config, report, None)
    dates_as_text(root)
    mask(root, text, report.text.secrets)
    refused = conformance.check(text, root, kind).refused
    return Source(data, config, report, build(root, kind, refused, text))


def _kind(path: str, root: Node) -> str:
    """The kind of a document; one that is of no kind is treated as an execution with mistakes."""
    found = detection.candidates(root, None)
    for kind in (*_EXECUTIONS, *_ITEMS):
        if kind in found:
            return kind
    names = root.members if isinstance(root, Mapping) else {}
    for name, kind in _LISTS.items():
        if name in names:
            return kind
    if not found or "spec" in names or "status" in names:
        return _EXECUTIONS[0]
    raise click.BadParameter(
        f"{path} contains no task execution; it needs one, as the platform's API returns it, or "
        "a list: {taskExecutions: [...]}",
        param_hint="--executions",
    )


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
        report = source.report
        if any(map(source.config.wants, found)):
            report = check_text(
                source.data,
                path=report.path,
                kind=report.kind,
                config=source.config,
                others=found,
            )
        reports.append(report)
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
    return _tell(shown, color) if shown else CLEAN


def _tell(reports: list[Report], color: str | None) -> int:
    style = Style("text", color=color)
    return write_reports(reports, style, lambda _: Severity.ERROR, aside=True)
