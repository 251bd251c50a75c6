"""`automation-validator check`: findings of files, and an exit code."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TextIO

import click

from validator import output, schemas
from validator.cli.options import chosen_config, severity
from validator.config import Config
from validator.engine import Report, check_text
from validator.files import check_file, find_files
from validator.finding import Severity

CLEAN, FINDINGS, USAGE, INTERNAL = range(4)
"""The exit codes."""


@dataclass(frozen=True)
class _Wanted:
    """What the run is asked to do with each file."""

    kind: str | None
    config: Config
    stdin_filename: str | None
    fix: bool
    unsafe: bool
    diff: bool


@click.command(short_help="Check files and folders.")
@click.argument("paths", nargs=-1, type=click.Path(allow_dash=True), metavar="[PATH]...")
@click.option("--kind", type=click.Choice(schemas.KINDS), help="What the documents are.")
@click.option(
    "--format",
    "format_",
    type=click.Choice(output.FORMATS),
    default="text",
    show_default=True,
    help="How findings are written.",
)
@click.option("--fix", is_flag=True, help="Mend what can be mended safely, in place.")
@click.option("--unsafe-fixes", is_flag=True, help="With --fix or --diff: mend the rest too.")
@click.option("--diff", is_flag=True, help="Show what --fix would change, and change nothing.")
@click.option("--select", multiple=True, metavar="RULE", help="Use only these rules.")
@click.option("--ignore", multiple=True, metavar="RULE", help="Leave these rules out.")
@click.option(
    "--fail-on",
    callback=severity,
    type=click.Choice([str(each) for each in reversed(Severity)]),
    help="The least severity of a finding that makes the exit code 1.  [default: error]",
)
@click.option(
    "--config",
    "config_path",
    type=click.Path(exists=True, dir_okay=False),
    help="The configuration file, instead of the one found.",
)
@click.option("--isolated", is_flag=True, help="Look for no configuration file.")
@click.option(
    "--baseline",
    type=click.Path(exists=True, dir_okay=False),
    help="Do not report the findings in this file.",
)
@click.option(
    "--write-baseline",
    type=click.Path(dir_okay=False),
    help="Write all findings to this file and report none.",
)
@click.option("--stdin-filename", metavar="NAME", help="What to call standard input, given as `-`.")
@click.pass_context
def check(
    context: click.Context,
    paths: tuple[str, ...],
    kind: str | None,
    format_: str,
    fix: bool,
    unsafe_fixes: bool,
    diff: bool,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    fail_on: Severity | None,
    config_path: str | None,
    isolated: bool,
    baseline: str | None,
    write_baseline: str | None,
    stdin_filename: str | None,
) -> None:
    """Check automation files.

    A PATH is a file, a folder in which the automations files are looked for, or `-` for standard
    input. Without one, the current folder is searched.

    Exit codes: 0 nothing found at or above --fail-on, 1 something found, 2 wrong usage, 3 a
    defect of this program.
    """
    if fix and diff:
        raise click.UsageError("--fix and --diff exclude each other.")
    config = chosen_config(config_path, isolated=isolated, select=select, ignore=ignore)
    wanted = _Wanted(kind, config, stdin_filename, fix, unsafe_fixes, diff)
    reports = _reports(paths or (".",), wanted)
    if write_baseline is not None:
        from validator.cli.baseline import write

        write(write_baseline, reports)
        return
    if baseline is not None:
        from validator.cli.baseline import without_known

        reports = without_known(baseline, reports)
    # Where `-` is mended, standard output is for its text; with --diff, for the changes.
    aside = diff or (fix and "-" in paths)
    context.exit(_run(reports, format_, fail_on or config.fail_on, aside=aside, diff=diff))


def _run(
    reports: Iterable[Report], format_: str, fail_on: Severity, *, aside: bool, diff: bool
) -> int:
    """Write the reports as they come, `aside` to standard error; returns the exit code."""
    writer = output.create(
        format_,
        lambda text: click.echo(text, nl=False, color=True, err=aside),
        color=_wants_color(sys.stderr if aside else sys.stdout),
        width=shutil.get_terminal_size((100, 24)).columns,
    )
    totals = output.Totals()
    failing = internal = False
    for report in reports:
        totals.add(report)
        writer.report(report)
        failing = (
            failing
            or (diff and report.fixed > 0)
            or any(each.severity >= fail_on for each in report.findings)
        )
        internal = internal or any(each.rule == "internal-error" for each in report.findings)
    if not totals.files:
        click.echo("no automations files found", err=True)
    writer.finish(totals)
    if internal:
        return INTERNAL
    return FINDINGS if failing else CLEAN


def _reports(paths: Iterable[str], wanted: _Wanted) -> Iterator[Report]:
    files = [path for path in paths if path != "-"]
    kind, config = wanted.kind, wanted.config
    if len(files) < len(list(paths)):
        data = sys.stdin.buffer.read(config.limits.max_bytes + 1)
        path = wanted.stdin_filename or "<stdin>"
        if wanted.fix or wanted.diff:
            from validator.cli.fix import fix_stdin

            yield fix_stdin(data, path, kind, config, unsafe=wanted.unsafe, diff=wanted.diff)
        else:
            yield check_text(data, path=path, kind=kind, config=config)
    for path in find_files(files, config):
        if wanted.fix or wanted.diff:
            from validator.cli.fix import fix_file

            yield fix_file(path, kind, config, unsafe=wanted.unsafe, diff=wanted.diff)
        else:
            yield check_file(path, kind=kind, config=config)


def _wants_color(stream: TextIO) -> bool:
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or stream.isatty()
