"""`automation-validator plan`: what runs, when and in which order."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

import click

from validator.cli import CLEAN, FINDINGS
from validator.cli.choice import OneOf, no_such
from validator.cli.click_options import options
from validator.cli.known_reference import complete_references, known_reference
from validator.cli.messages import say
from validator.cli.option import COLOR, CONFIGURATION, OUTPUT_FILE
from validator.cli.output_options import refuse_to_overwrite
from validator.cli.streams import columns, write_utf8
from validator.cli.writing import STDOUT, wants_color
from validator.drawing.plans import ENDINGS

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from validator.model.automations import Document
    from validator.model.plan import Plan


def _complete_triggers(
    _context: click.Context, _parameter: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    from click.shell_completion import CompletionItem

    from validator.model.plan import LIFE

    return [
        CompletionItem(phase.trigger, help=phase.when)
        for phase in LIFE
        if phase.trigger.startswith(incomplete)
    ]


@click.command(short_help="Show what runs, when and in which order.")
@click.argument("file", type=click.Path(allow_dash=True, readable=False), required=False)
@click.option(
    "--trigger",
    metavar="TRIGGER",
    shell_complete=_complete_triggers,
    help="Only what this trigger runs.",
)
@click.option(
    "--task",
    metavar="REFERENCE",
    shell_complete=complete_references,
    help="Only what runs when this task is started.",
)
@click.option(
    "--if-fails",
    metavar="REFERENCE",
    shell_complete=complete_references,
    help="What is lost when this task or service fails.",
)
@click.option(
    "--format",
    "format_",
    type=OneOf(tuple(ENDINGS), "format"),
    help="Output format; inferred from the ending of the output file by default, else text.",
)
@options(OUTPUT_FILE, COLOR, *CONFIGURATION)
@click.option(
    "--stdin-filename", metavar="NAME", help="Name standard input; without a FILE, read it."
)
@click.pass_context
def plan(
    context: click.Context,
    file: str | None,
    trigger: str | None,
    task: str | None,
    if_fails: str | None,
    format_: str | None,
    output_file: str,
    color: str | None,
    config_path: str | None,
    isolated: bool,
    stdin_filename: str | None,
) -> None:
    """Show what runs, when and in which order, in an automations file.

    For each trigger, in the order in which they fire, the plan shows groups of steps: the steps
    of a group run at the same time, the groups one after another. FILE may be a folder that
    contains one automations file, by default the current one, or `-` for standard input.

    With --if-fails, the plan shows what does not run when a task or service fails, and whether a
    prebuild then fails too.

    A file with errors has no plan; the errors go to standard error.

    Exit codes: 0 planned, 1 the file has errors, 2 wrong usage, or a FILE that does
    not exist, 3 a bug in this program.
    """
    from validator.cli import source_file
    from validator.cli.output_file import format_of, write

    if trigger is not None and task is not None:
        raise click.UsageError("--trigger and --task can't be used together.")
    trigger = None if trigger is None else _known_trigger(trigger)
    data, report, config = source_file.read(
        file, stdin_filename, config_path=config_path, isolated=isolated, color=color
    )
    if not report.ok:
        context.exit(source_file.tell_errors(report, color))
    refuse_to_overwrite(output_file, report.path or "", "planned")
    format_ = format_ or format_of(output_file, ENDINGS, "text")
    document = source_file.document_of(data, report, config)
    assert document is not None
    plans = _plans(document, trigger, task)
    to_file = output_file != STDOUT
    colored = wants_color(None if to_file else sys.stdout, color)
    single = bool(trigger or task)
    if if_fails is None:
        lines = _lines(document, plans, format_, single=single, to_file=to_file, color=colored)
    else:
        from validator.cli import plan_failure

        failed = known_reference(if_fails, document, "--if-fails")
        width = columns(None if to_file else sys.stdout) or 100
        lines = plan_failure.lines(
            document, plans, failed, format_, single=single, color=colored, width=width
        )
    if to_file:
        pieces: list[str] = []
        _write(lines, pieces.append)
        write(output_file, "".join(pieces))
    else:
        _write(lines, write_utf8 if format_ == "mermaid" else _echo)
    if any(each.unordered or each.unknown for each in plans):
        # The configuration disables the rules that report this.
        say("The plan is incomplete; `automation-validator check --isolated` says why.")
        context.exit(FINDINGS)
    context.exit(CLEAN)


def _write(lines: Iterable[str], write: Callable[[str], None]) -> None:
    """Write lines in batches: one by one is slow, and all together may take much memory."""
    some: list[str] = []
    for line in lines:
        some.append(line + "\n")
        if len(some) >= 1000 or len(line) >= 100_000:
            write("".join(some))
            some.clear()
    if some:
        write("".join(some))


def _echo(text: str) -> None:
    # The lines have colours only if these are wanted.
    click.echo(text, nl=False, color=True)


def _plans(document: Document, trigger: str | None, task: str | None) -> list[Plan]:
    from validator.model.plan import of_document, of_task, of_trigger

    if trigger is not None:
        return [of_trigger(document, trigger)]
    if task is not None:
        return [of_task(document, known_reference(task, document, "--task"))]
    return list(of_document(document))


def _lines(
    document: Document,
    plans: list[Plan],
    format_: str,
    *,
    single: bool,
    to_file: bool,
    color: bool,
) -> Iterator[str]:
    """The lines of plans in a format; `single` if only one was requested."""
    if format_ == "json":
        from validator.drawing.plans import plan_json

        return plan_json.draw_one(plans[0]) if single else plan_json.draw(plans)
    if format_ == "mermaid":
        from validator.drawing.plans import plan_mermaid

        return plan_mermaid.draw(plans)
    from validator.drawing.plans import plan_text

    stream = None if to_file else sys.stdout
    return plan_text.draw(
        plans,
        None if single else document,
        color=color,
        width=columns(stream) or 100,
    )


def _known_trigger(name: str) -> str:
    """The trigger with a name, in the file format's spelling."""
    from validator.model.automations import SPELLINGS, TRIGGERS

    found = SPELLINGS.get(name, name)
    if found not in TRIGGERS:
        raise click.BadParameter(no_such("trigger", name, TRIGGERS), param_hint="--trigger")
    return found
