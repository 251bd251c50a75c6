"""`automation-validator graph`: a picture of a file's items and their dependencies."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from validator import drawing
from validator.cli.choice import OneOf
from validator.cli.click_options import options
from validator.cli.option import COLOR, CONFIGURATION, OUTPUT_FILE, STDIN_FILENAME
from validator.cli.output_options import refuse_to_overwrite

if TYPE_CHECKING:
    from validator.model.automations import Document
    from validator.report import Report


@click.command(short_help="Draw tasks, services and their dependencies.")
@click.argument("file", type=click.Path(allow_dash=True, readable=False), required=False)
@click.option(
    "--format",
    "format_",
    type=OneOf(tuple(drawing.ENDINGS), "format"),
    help="Output format; inferred from the ending of the output file by default, else mermaid.",
)
@options(OUTPUT_FILE, COLOR, *CONFIGURATION, STDIN_FILENAME)
@click.pass_context
def graph(
    context: click.Context,
    file: str | None,
    format_: str | None,
    output_file: str,
    color: str | None,
    config_path: str | None,
    isolated: bool,
    stdin_filename: str | None,
) -> None:
    """Draw the tasks and services of an automations file.

    The picture shows what starts each of them and, by arrows, what runs before what; dependency
    cycles and unknown references are marked. FILE may be a folder that contains one automations
    file, by default the current one, or `-` for standard input.

    A file with errors is drawn as far as it can be read, and the errors go to standard error.

    Exit codes: 0 drawn, 1 the file has errors, 2 wrong usage, or a FILE that does
    not exist, 3 a bug in this program.
    """
    from validator.cli import source_file
    from validator.cli.output_file import format_of, write

    data, report, config = source_file.read(
        file, stdin_filename, config_path=config_path, isolated=isolated, color=color
    )
    refuse_to_overwrite(output_file, report.path or "", "drawn")
    format_ = format_ or format_of(output_file, drawing.ENDINGS, "mermaid")
    document = source_file.document_of(data, report, config)
    # A page shows the findings too, so there is something to show of any file.
    if document is not None or format_ == drawing.PAGE:
        write(output_file, _drawn(document, report, format_))
    context.exit(source_file.tell_errors(report, color))


def _drawn(document: Document | None, report: Report, format_: str) -> str:
    if document is None or format_ == drawing.PAGE:
        from validator.drawing.page.page import page

        return page(document, report)
    try:
        return drawing.draw(drawing.diagram_of(document), format_)
    except drawing.TooLarge as error:
        raise click.UsageError(str(error)) from error
