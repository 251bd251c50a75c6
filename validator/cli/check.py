"""`automation-validator check`: findings of files, and an exit code."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal

import click

from validator import output
from validator.cli import CLEAN, USAGE
from validator.cli.choice import OneOf
from validator.cli.options import (
    chosen_configurations,
    complete_rules,
    configuration_options,
    severity,
    tell_rules,
    valid_patterns,
)
from validator.cli.reports import STDIN, Wanted, reports
from validator.cli.streams import carry_on
from validator.cli.writing import write_reports
from validator.finding import Severity
from validator.kinds import KINDS
from validator.report import Report
from validator.search.search import Search

if TYPE_CHECKING:
    from validator.baseline import Baseline
    from validator.cli.fix import Fixing


@click.command(short_help="Check files and folders.")
@click.argument(
    "paths", nargs=-1, type=click.Path(allow_dash=True, readable=False), metavar="[PATH]..."
)
@click.option(
    "--kind",
    type=OneOf(tuple(KINDS), "document kind"),
    metavar="KIND",
    help="Document kind (see `schema --help`); inferred from the content by default.",
)
@click.option(
    "--format",
    "format_",
    type=OneOf(output.FORMATS, "format"),
    help="Output format; text by default, github in GitHub Actions.",
)
@click.option("--fix", is_flag=True, help="Make safe fixes, in place.")
@click.option("--unsafe-fixes", is_flag=True, help="Make unsafe fixes too, with --fix or --diff.")
@click.option("--diff", is_flag=True, help="Show what --fix would change, and change nothing.")
@click.option(
    "--select",
    multiple=True,
    metavar="RULE,...",
    shell_complete=complete_rules,
    help="Use only these rules and groups, separated by commas; may be repeated.",
)
@click.option(
    "--ignore",
    multiple=True,
    metavar="RULE,...",
    shell_complete=complete_rules,
    help="Leave out these rules and groups, separated by commas; may be repeated.",
)
@click.option(
    "--fail-on",
    callback=severity,
    type=OneOf([str(each) for each in reversed(Severity)], "severity"),
    help="Minimum severity that makes the exit code 1.  [default: error]",
)
@click.option(
    "--shellcheck",
    type=OneOf(("auto", "on", "off"), "setting"),
    help="Check scripts with shellcheck; auto, if it is installed.  [default: auto]",
)
@click.option(
    "--exclude",
    multiple=True,
    metavar="PATTERN",
    help="Leave out files and folders in a search, as .gitignore does; may be repeated.",
)
@click.option(
    "--force-exclude",
    is_flag=True,
    help="Leave out excluded files even if they are named (for pre-commit).",
)
@configuration_options
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
@click.option(
    "--jobs",
    type=click.IntRange(min=1),
    metavar="N",
    help="Use N processes; by default one per core if there are many files.",
)
@click.option(
    "--fail-if-empty", is_flag=True, help="Exit with 2 if folders contain no file to check."
)
@click.option(
    "--stdin-filename", metavar="NAME", help="Name standard input; without a PATH, read it."
)
@click.pass_context
def check(
    context: click.Context,
    paths: tuple[str, ...],
    kind: str | None,
    format_: str | None,
    fix: bool,
    unsafe_fixes: bool,
    diff: bool,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    fail_on: Severity | None,
    shellcheck: Literal["auto", "on", "off"] | None,
    exclude: tuple[str, ...],
    force_exclude: bool,
    config_path: str | None,
    isolated: bool,
    baseline: str | None,
    write_baseline: str | None,
    jobs: int | None,
    fail_if_empty: bool,
    stdin_filename: str | None,
) -> None:
    """Check automation files, and the documents of the API.

    A PATH is a file, a folder to search for automations files, or `-` for standard input. Without
    one, the current folder is searched; if it contains no automations file, the one of its
    repository is checked.

    Exit codes: 0 nothing found at or above --fail-on, 1 something found, 2 wrong usage, a PATH that
    does not exist, or output that can't be written, 3 a bug in this program.
    """
    _check_modes(fix=fix, unsafe=unsafe_fixes, diff=diff)
    paths = paths or ((".",) if stdin_filename is None else ("-",))
    stdin = (stdin_filename or STDIN) if "-" in paths else None
    if stdin_filename is not None and stdin is None:
        raise click.UsageError("--stdin-filename names standard input; add `-` to the paths.")
    named = [path for path in paths if path != "-"]
    if fix:
        # Files are fixed even if the output of the run is lost.
        carry_on()
    # An error in a configuration ends the whole run, before anything is written.
    configurations = chosen_configurations(
        config_path,
        kind=kind,
        isolated=isolated,
        shellcheck=shellcheck,
        select=select,
        ignore=ignore,
        used_by=named if stdin is None else [*named, stdin],
    )

    def fails_from(report: Report) -> Severity:
        config = configurations.of(report.path or STDIN)
        return fail_on or (config.fail_on if config is not None else Severity.ERROR)

    def uses(report: Report, rule: str) -> bool:
        config = configurations.of(report.path or STDIN)
        return config is not None and config.for_path(report.path).uses(rule)

    search = Search(
        named,
        configurations.of_folder,
        upward=named == ["."],
        exclude=valid_patterns(exclude),
        force_exclude=force_exclude,
    )
    whole = baseline is not None or write_baseline is not None
    known = None if write_baseline is not None else _known(baseline)
    fixing = _fixing(unsafe_fixes, named if diff else None, known) if fix or diff else None
    wanted = Wanted(configurations, stdin, fixing, jobs, whole=whole)
    made = reports(search, wanted)

    def used_wrongly() -> bool:
        found_any = search.checked or search.unreadable or configurations.errors
        # With --force-exclude, it is no mistake that nothing is left to check.
        left_out = force_exclude and search.excluded
        empty = stdin is None and not found_any and not left_out
        if empty or search.warnings:
            from validator.cli.searched import tell

            tell(search, named, empty=empty)
        tell_rules(search.missing, select, ignore)
        return bool(search.missing) or (empty and fail_if_empty)

    # However the run ends, the processes that it uses end with it.
    context.call_on_close(made.close)
    found: Iterator[Report] = made
    if write_baseline is not None:
        from validator.cli.baseline import write

        write(write_baseline, found, configurations.errors)
        context.exit(USAGE if used_wrongly() else CLEAN)
    if known is not None:
        from validator.cli.baseline import report_stale, without_known

        found = without_known(known, found, uses)
    # When fixing `-`, standard output is for its text; with --diff, for the changes.
    aside = diff or (fix and stdin is not None)
    exit_code = write_reports(
        found,
        format_,
        fails_from,
        aside=aside,
        changes_fail=diff,
        unusable=configurations.errors,
        used_wrongly=used_wrongly,
    )
    if known is not None:
        report_stale(known)
    context.exit(exit_code)


def _check_modes(*, fix: bool, unsafe: bool, diff: bool) -> None:
    """Raise click.UsageError for fix options that can't be used together, or not alone."""
    if fix and diff:
        raise click.UsageError("--fix and --diff can't be used together.")
    if unsafe and not (fix or diff):
        raise click.UsageError("--unsafe-fixes has no effect without --fix or --diff; add one.")


def _known(path: str | None) -> Baseline | None:
    """The baseline of known findings, if there is one."""
    if path is None:
        return None
    from validator.cli.baseline import read

    return read(path)


def _fixing(unsafe: bool, shown: list[str] | None, known: Baseline | None) -> Fixing:
    """How to fix; `shown` are the paths if only a diff is shown."""
    from validator.cli.diff import Diff
    from validator.cli.fix import Fixing

    return Fixing(unsafe, None if shown is None else Diff(shown), known)
