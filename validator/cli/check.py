"""`automation-validator check`: findings of files, and an exit code."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterable, Iterator

import click

from validator import output, schemas
from validator.cli.progress import Progress
from validator.cli.rule_names import complete_rules, known_rule
from validator.engine import Config, Report, check_text
from validator.files import check_file, find_files
from validator.finding import Severity

CLEAN, FINDINGS, USAGE, INTERNAL = range(4)
"""The exit codes."""

_SEVERITIES = {str(severity): severity for severity in reversed(Severity)}


@click.command(short_help="Check files and folders.")
@click.argument("paths", nargs=-1, type=click.Path(allow_dash=True), metavar="[PATH]...")
@click.option("--kind", type=click.Choice(schemas.KINDS), help="What the documents are.")
@click.option(
    "--format",
    "format_",
    type=click.Choice(output.FORMATS),
    help="How findings are written; text without this option, github in GitHub Actions.",
)
@click.option(
    "--select",
    multiple=True,
    metavar="RULE",
    shell_complete=complete_rules,
    help="Use only these rules.",
)
@click.option(
    "--ignore",
    multiple=True,
    metavar="RULE",
    shell_complete=complete_rules,
    help="Leave these rules out.",
)
@click.option(
    "--fail-on",
    type=click.Choice(list(_SEVERITIES)),
    default="error",
    show_default=True,
    help="The least severity of a finding that makes the exit code 1.",
)
@click.option("--stdin-filename", metavar="NAME", help="What to call standard input, given as `-`.")
@click.pass_context
def check(
    context: click.Context,
    paths: tuple[str, ...],
    kind: str | None,
    format_: str | None,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    fail_on: str,
    stdin_filename: str | None,
) -> None:
    """Check automation files.

    A PATH is a file, a folder in which the automations files are looked for, or `-` for standard
    input. Without one, the current folder is searched.

    Exit codes: 0 nothing found at or above --fail-on, 1 something found, 2 wrong usage, 3 a
    defect of this program.
    """
    config = Config(_rules(select, "--select") or None, _rules(ignore, "--ignore") or frozenset())
    progress = Progress(sys.stderr)

    def write(text: str) -> None:
        progress.clear()
        click.echo(text, nl=False, color=True)

    writer = output.create(
        format_ or _usual_format(),
        write,
        color=_wants_color(),
        width=shutil.get_terminal_size((100, 24)).columns,
    )
    totals = output.Totals()
    worst, failed = Severity.HINT, False
    found = False
    for report in _reports(paths or (".",), kind, config, stdin_filename):
        totals.add(report)
        progress.step()
        writer.report(report)
        found = found or bool(report.findings)
        worst = max(worst, report.worst or worst)
        failed = failed or any(each.rule == "internal-error" for each in report.findings)
    progress.clear()
    if not totals.files:
        click.echo("no automations files found", err=True)
    if failed:
        totals.exit_code = INTERNAL
    elif found and worst >= _SEVERITIES[fail_on]:
        totals.exit_code = FINDINGS
    writer.finish(totals)
    context.exit(totals.exit_code)


def _reports(
    paths: Iterable[str], kind: str | None, config: Config, stdin_filename: str | None
) -> Iterator[Report]:
    files = [path for path in paths if path != "-"]
    if len(files) < len(list(paths)):
        data = sys.stdin.buffer.read(config.limits.max_bytes + 1)
        yield check_text(data, path=stdin_filename or "<stdin>", kind=kind, config=config)
    for path in find_files(files):
        yield check_file(path, kind=kind, config=config)


def _rules(values: tuple[str, ...], option: str) -> frozenset[str]:
    """The rule names of an option, which may be given again or hold names with commas."""
    names = [name.strip() for value in values for name in value.split(",")]
    return frozenset(known_rule(name, option) for name in names)


def _usual_format() -> str:
    """The format without `--format`."""
    return "github" if os.environ.get("GITHUB_ACTIONS") == "true" else "text"


def _wants_color() -> bool:
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or sys.stdout.isatty()
