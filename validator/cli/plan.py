"""`automation-validator plan`: what runs, when and in which order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

import click

from validator.cli.choice import OneOf, no_such
from validator.cli.click_options import options
from validator.cli.known_reference import complete_references, known_reference
from validator.cli.lines import Output
from validator.cli.option import COLOR, CONFIGURATION, OUTPUT_FILE, STDIN_FILENAME
from validator.drawing import changes, plans, timelines

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from validator.model.automations import Document
    from validator.model.plan import Plan

_FORMATS: dict[str, Mapping[str, Sequence[str]]] = {
    "": plans.ENDINGS,
    "--diff": changes.ENDINGS,
    "--executions": timelines.ENDINGS,
    "--if-fails": plans.ENDINGS,
}
"""The options that show something else than plans, and none, each with its formats."""

_ENDINGS = {name: some for formats in _FORMATS.values() for name, some in formats.items()}
"""The endings of all formats."""

_APART = (
    ("--trigger", "--task"),
    ("--diff", "--task"),
    ("--diff", "--executions"),
    ("--executions", "--trigger"),
    ("--executions", "--task"),
    ("--if-fails", "--diff"),
    ("--if-fails", "--executions"),
)
"""Options that can't be used together."""


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
    "--diff",
    "old",
    type=click.Path(allow_dash=True, readable=False),
    metavar="OLD",
    help="What has changed since OLD: a file, or git:REV, git:REV:PATH, git:REV... (merge base).",
)
@click.option(
    "--executions",
    type=click.Path(allow_dash=True, dir_okay=False, readable=False),
    multiple=True,
    metavar="FILE",
    help="Show these executions as a timeline, and where they contradict the file; repeatable.",
)
@click.option(
    "--format",
    "format_",
    type=OneOf(tuple(sorted(_ENDINGS)), "format"),
    metavar="FORMAT",
    help="text, json or mermaid; text, json or markdown with --diff; text, json, svg or html with "
    "--executions. By default, inferred from the ending of the output file, else text.",
)
@options(OUTPUT_FILE, COLOR, *CONFIGURATION, STDIN_FILENAME)
@click.pass_context
def plan(
    context: click.Context,
    file: str | None,
    trigger: str | None,
    task: str | None,
    if_fails: str | None,
    old: str | None,
    executions: tuple[str, ...],
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

    With --diff, it says instead what has changed since an old version, OLD: a file, or the same
    file in a commit, git:REV. git:REV... is the merge base of REV and HEAD, as for a pull request.

    With --executions, it shows what ran when instead: task executions as the platform's API
    returns them, alone or in a list. Its tasks and services may be given too, for their references.

    A file with errors has no plan; the errors go to standard error.

    Exit codes: 0 planned, 1 the file has errors or executions contradict it, 2 wrong
    usage, or a FILE that does not exist, 3 a bug in this program.
    """
    from validator.cli import source_file
    from validator.cli.output_file import format_by_ending, format_of

    given = {
        "--trigger": trigger,
        "--task": task,
        "--if-fails": if_fails,
        "--diff": old,
        "--executions": executions,
    }
    shown = _shown(
        [name for name, value in given.items() if value not in (None, ())],
        format_ or format_by_ending(output_file, _ENDINGS),
        f"--format {format_}" if format_ else f"--output-file {output_file}",
    )
    stdin = file == "-" or (file is None and stdin_filename is not None)
    if stdin and "-" in executions:
        raise click.UsageError("FILE and --executions can't both be standard input.")
    trigger = None if trigger is None else _known_trigger(trigger)
    source = source_file.read(
        file, stdin_filename, config_path=config_path, isolated=isolated, color=color
    )
    output = Output(format_ or format_of(output_file, _FORMATS[shown], "text"), output_file, color)
    if old is not None:
        from validator.cli import plan_diff
        from validator.cli.old_version import Version

        new = Version(*source)
        code = plan_diff.run(
            old, new, trigger, output, stdin=stdin, config_path=config_path, isolated=isolated
        )
        context.exit(code)
    document = source_file.sound_document(*source, output=output_file, used="planned", color=color)
    if executions:
        from validator.cli import plan_executions

        code = plan_executions.show(
            executions, document, output, config_path=config_path, isolated=isolated
        )
        context.exit(code)
    planned = _plans(document, trigger, task)
    single = bool(trigger or task)
    if if_fails is None:
        output.write(_lines(document, planned, output, single=single))
    else:
        from validator.cli import plan_failure

        failed = known_reference(if_fails, document, "--if-fails")
        output.write(plan_failure.lines(document, planned, failed, output, single=single))
    steps = (step.reference for each in planned for step in (*each.steps, *each.unordered))
    references = steps if single else document.by_reference
    context.exit(source_file.tell_incomplete("The plan", (document, references)))


def _shown(given: list[str], format_: str | None, asked: str) -> str:
    """The option that says what is shown, "" without one.

    `asked` is the option that says the format. Raises click.UsageError for options that can't be
    used together.
    """
    for one, other in _APART:
        if one in given and other in given:
            raise click.UsageError(f"{one} and {other} can't be used together.")
    shown = next((option for option in given if option in _FORMATS), "")
    if format_ is None or format_ in _FORMATS[shown]:
        return shown
    if shown:
        raise click.UsageError(f"{shown} and {asked} can't be used together.")
    needed = next(option for option, formats in _FORMATS.items() if format_ in formats)
    raise click.UsageError(f"{asked} needs {needed}.")


def _plans(document: Document, trigger: str | None, task: str | None) -> list[Plan]:
    from validator.model.plan import of_document, of_task, of_trigger

    if trigger is not None:
        return [of_trigger(document, trigger)]
    if task is not None:
        return [of_task(document, known_reference(task, document, "--task"))]
    return list(of_document(document))


def _lines(
    document: Document, planned: list[Plan], output: Output, *, single: bool
) -> Iterator[str]:
    """The lines of plans; `single` if only one was requested."""
    if output.format == "json":
        from validator.drawing.plans import plan_json

        return plan_json.draw_one(planned[0]) if single else plan_json.draw(planned)
    if output.format == "mermaid":
        from validator.drawing.plans import plan_mermaid

        return plan_mermaid.draw(planned)
    from validator.drawing.plans import plan_text

    whole = None if single else document
    return plan_text.draw(planned, whole, color=output.colored, width=output.width)


def _known_trigger(name: str) -> str:
    """The trigger with a name, in the file format's spelling."""
    from validator.model.automations import SPELLINGS, TRIGGERS

    found = SPELLINGS.get(name, name)
    if found not in TRIGGERS:
        raise click.BadParameter(no_such("trigger", name, TRIGGERS), param_hint="--trigger")
    return found
