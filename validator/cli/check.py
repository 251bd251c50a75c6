"""`automation-validator check`: findings of files, and an exit code."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Literal, NoReturn

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
from validator.cli.output_options import style_of, style_options
from validator.cli.reports import STDIN, Wanted, reports
from validator.cli.streams import carry_on
from validator.cli.writing import write_reports
from validator.finding import Severity
from validator.kinds import KINDS
from validator.report import Report
from validator.search.search import Search

if TYPE_CHECKING:
    from validator.baseline import Baseline
    from validator.cli.add_ignore import Suppressing
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
@click.option(
    "--unsafe-fixes",
    is_flag=True,
    help="Make unsafe fixes too, with --fix or --diff; without these, mark what they fix.",
)
@click.option("--diff", is_flag=True, help="Show what --fix would change, and change nothing.")
@click.option(
    "--add-ignore", is_flag=True, help="Add comments that suppress all findings, in place."
)
@click.option("--reason", metavar="TEXT", help="The reason in the comments of --add-ignore.")
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
@click.option("--watch", is_flag=True, help="Check again after each change, until Ctrl-C.")
@click.option(
    "--stdin-filename", metavar="NAME", help="Name standard input; without a PATH, read it."
)
@click.option("--show-files", is_flag=True, help="List the files that would be checked.")
@click.option(
    "--show-settings", is_flag=True, help="Show the settings of each file, and their origin."
)
@style_options
@click.pass_context
def check(
    context: click.Context,
    /,
    paths: tuple[str, ...],
    kind: str | None,
    format_: str | None,
    fix: bool,
    unsafe_fixes: bool,
    diff: bool,
    add_ignore: bool,
    reason: str | None,
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
    watch: bool,
    stdin_filename: str | None,
    show_files: bool,
    show_settings: bool,
    **shown: Any,
) -> None:
    """Check automation files, and the documents of the API.

    A PATH is a file, a folder to search for automations files, or `-` for standard input. Without
    one, the current folder is searched; if it contains no automations file, the one of its
    repository is checked.

    Exit codes: 0 nothing found at or above --fail-on, 1 something found, 2 wrong usage, a PATH that
    does not exist, or output that can't be written, 3 a bug in this program.
    """
    suppressing = _suppressing(reason, add_ignore, fix or diff or write_baseline is not None)
    named, stdin = _inputs(paths, stdin_filename)
    if watch:
        _watch(context, named, stdin, fix or diff or add_ignore or write_baseline is not None)
    style = style_of(format_, named, fix=fix, diff=diff, unsafe=unsafe_fixes, **shown)
    configurations = chosen_configurations(
        config_path,
        kind=kind,
        isolated=isolated,
        shellcheck=shellcheck,
        select=select,
        ignore=ignore,
        fail_on=fail_on,
        used_by=named if stdin is None else [*named, stdin],
    )

    def fails_from(report: Report) -> Severity:
        config = configurations.of(report.path or STDIN)
        return Severity.ERROR if config is None else config.fail_on

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

    def used_wrongly() -> bool:
        found_any = search.checked or search.unreadable or configurations.errors
        # With --force-exclude, it is no mistake that nothing is left to check.
        left_out = force_exclude and search.excluded
        empty = stdin is None and not found_any and not left_out
        if empty or search.warnings:
            from validator.cli.searched import tell

            tell(search, named, empty=empty)
        if search.above:
            style.searched = [search.above]
        tell_rules(search.missing, select, ignore)
        return bool(search.missing) or (empty and fail_if_empty)

    if show_files or show_settings:
        from validator.cli import listing
        from validator.cli.origin import Origin

        origin = Origin(config_path, isolated=isolated) if show_settings else None
        listed = listing.files(search, stdin, configurations)
        listing.write(listed, style.path, configurations, origin)
        context.exit(USAGE if used_wrongly() or configurations.errors else CLEAN)
    whole = baseline is not None or write_baseline is not None or style.statistics
    known = None if write_baseline is not None else _known(baseline)
    changing = fix or diff or suppressing is not None
    shown_paths = named if diff else None
    fixing = _fixing(unsafe_fixes, shown_paths, known, suppressing) if changing else None
    wanted = Wanted(configurations, stdin, fixing, jobs, whole=whole)
    made = reports(search, wanted)
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
    found = _told(found, config_path, isolated=isolated, verbose=shown["verbose"])
    # When fixing `-`, standard output is for its text; with --diff, for the changes.
    aside = diff or (fixing is not None and stdin is not None)
    exit_code = write_reports(
        found,
        style,
        fails_from,
        aside=aside,
        changes_fail=diff,
        unusable=configurations.errors,
        used_wrongly=used_wrongly,
    )
    if known is not None:
        report_stale(known)
    if suppressing is not None:
        suppressing.tell()
    context.exit(exit_code)


def _told(
    found: Iterator[Report], config_path: str | None, *, isolated: bool, verbose: bool
) -> Iterator[Report]:
    """The same reports; with `verbose`, what each used is said as it comes."""
    if not verbose:
        return found
    from validator.cli.origin import Origin
    from validator.cli.verbose import followed

    return followed(found, Origin(config_path, isolated=isolated))


def _inputs(paths: tuple[str, ...], stdin_filename: str | None) -> tuple[list[str], str | None]:
    """The paths to check, and the name of standard input if it is checked too."""
    paths = paths or ((".",) if stdin_filename is None else ("-",))
    stdin = (stdin_filename or STDIN) if "-" in paths else None
    if stdin_filename is not None and stdin is None:
        raise click.UsageError("--stdin-filename names standard input; add `-` to the paths.")
    return [path for path in paths if path != "-"], stdin


def _known(path: str | None) -> Baseline | None:
    """The baseline of known findings, if there is one."""
    if path is None:
        return None
    from validator.cli.baseline import read

    return read(path)


def _watch(context: click.Context, paths: list[str], stdin: str | None, changing: bool) -> NoReturn:
    """Run the command again and again; `changing` if it does more than checking."""
    if changing or stdin is not None:
        raise click.UsageError("--watch only checks files; leave out what writes some, and `-`.")
    from validator.cli.watch import check_again_and_again

    once = {**context.params, "paths": tuple(paths), "watch": False}
    check_again_and_again(paths, lambda: context.invoke(check, **once))


def _suppressing(reason: str | None, add_ignore: bool, otherwise: bool) -> Suppressing | None:
    """How findings are suppressed, if they are; `otherwise` if the run changes something else.

    Raises click.UsageError for options that can't be used together, or not alone.
    """
    if not add_ignore:
        if reason is not None:
            raise click.UsageError("--reason has no effect without --add-ignore; add it.")
        return None
    if otherwise:
        raise click.UsageError(
            "--add-ignore can't be used together with --fix, --diff or --write-baseline."
        )
    from validator.cli.add_ignore import Suppressing

    return Suppressing(reason or "")


def _fixing(
    unsafe: bool,
    shown: list[str] | None,
    known: Baseline | None,
    suppressing: Suppressing | None,
) -> Fixing:
    """How to fix; `shown` are the paths if only a diff is shown."""
    from validator.cli.diff import Diff
    from validator.cli.fix import Fixing

    if shown is None:
        # Files are fixed even if the output of the run is lost.
        carry_on()
    return Fixing(unsafe, None if shown is None else Diff(shown), known, suppressing)
