"""`automation-validator why`: what starts a task or a service, and what it waits for."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from validator.cli.choice import OneOf
from validator.cli.click_options import options
from validator.cli.known_reference import complete_references, known_reference
from validator.cli.lines import Output
from validator.cli.option import COLOR, CONFIGURATION, OUTPUT_FILE, STDIN_FILENAME

if TYPE_CHECKING:
    from validator.model.run_explanation import RunExplanation

ENDINGS = {"json": (".json",), "text": (".txt",)}
"""The formats, each with the endings of its files."""


@click.command(short_help="Explain when a task or a service runs.")
@click.argument("reference", shell_complete=complete_references)
@click.argument("file", type=click.Path(allow_dash=True, readable=False), required=False)
@click.option(
    "--format",
    "format_",
    type=OneOf(tuple(ENDINGS), "format"),
    help="Output format; inferred from the ending of the output file by default, else text.",
)
@options(OUTPUT_FILE, COLOR, *CONFIGURATION, STDIN_FILENAME)
@click.pass_context
def why(
    context: click.Context,
    reference: str,
    file: str | None,
    format_: str | None,
    output_file: str,
    color: str | None,
    config_path: str | None,
    isolated: bool,
    stdin_filename: str | None,
) -> None:
    """Explain when the task or service REFERENCE runs, and when it does not.

    Says what starts it, what must be there first, where it runs, which secrets it sees, and what
    is lost if it fails. REFERENCE is its key in FILE, which may be a folder that contains one
    automations file, by default the current one, or `-` for standard input.

    A file with errors has no explanation; the errors go to standard error.

    Exit codes: 0 explained, 1 the file has errors, 2 wrong usage, an unknown REFERENCE, or a FILE
    that does not exist, 3 a bug in this program.
    """
    from validator.cli import source_file
    from validator.cli.output_file import format_of

    if "." in reference and os.path.isfile(reference):
        # No reference contains a dot.
        wrong = "is missing" if file is None else "comes first"
        raise click.UsageError(f"REFERENCE {wrong}: `why {file or 'REFERENCE'} {reference}`.")
    source = source_file.read(
        file, stdin_filename, config_path=config_path, isolated=isolated, color=color
    )
    document = source_file.sound_document(
        *source, output=output_file, used="explained", color=color
    )
    output = Output(format_ or format_of(output_file, ENDINGS, "text"), output_file, color)
    from validator.model.run_explanation import explain_run

    explained = explain_run(document, known_reference(reference, document, "REFERENCE"))
    output.write(_lines(explained, output))
    needed = [each.reference for each in explained.needs]
    names = (explained.automation.reference, *needed)
    context.exit(source_file.tell_incomplete("The explanation", (document, names)))


def _lines(explained: RunExplanation, output: Output) -> Iterator[str]:
    if output.format == "json":
        from validator.drawing.plans import why_json

        return iter(why_json.draw(explained).rstrip("\n").split("\n"))
    from validator.drawing.plans import sentences_text
    from validator.sentences.run import sections

    return sentences_text.draw(
        explained.automation, sections(explained), color=output.colored, width=output.width
    )
