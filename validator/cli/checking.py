"""What `check` does, apart from reading its command line. It needs click for errors only."""

from __future__ import annotations

from collections.abc import Iterator

from validator.cli import CLEAN, USAGE
from validator.cli.mistakes import usage_error
from validator.cli.options import chosen_configurations, tell_rules, valid_patterns
from validator.cli.output_options import all_kept, style_of
from validator.cli.reports import STDIN, Wanted, reports
from validator.cli.streams import carry_on
from validator.cli.writing import STDOUT, write_reports
from validator.finding import Severity
from validator.report import Report
from validator.search.search import Search

TYPE_CHECKING = False

if TYPE_CHECKING:
    from typing import Any, Literal

    from validator.baseline import Baseline
    from validator.cli.add_ignore import Suppressing
    from validator.cli.fix import Fixing

_NOT_WATCHING = ("fix", "diff", "add_ignore", "write_baseline", "show_files", "show_settings")
"""Options for something else than checking files: what they write would change files again."""


def run(*, watch: bool, **given: Any) -> int:
    """Run `check`, and return its exit code; with `watch`, run it until Ctrl-C.

    The parameters are the values of its options and arguments. Raises click.ClickException.
    """
    if watch:
        from validator.cli.watch import check_again_and_again

        check_again_and_again(_watched(**given), lambda: _check(**given))
    return _check(**given)


def _watched(
    *, paths: tuple[str, ...], stdin_filename: str | None, output_file: str, **given: Any
) -> list[str]:
    """The paths to watch. Raises click.UsageError if the run does more than checking files."""
    named, stdin = _inputs(paths, stdin_filename)
    others = [f"--{name.replace('_', '-')}" for name in _NOT_WATCHING if given[name]]
    others += ["--output-file"] * (output_file != STDOUT) + ["standard input"] * bool(stdin)
    if others:
        from validator.output.text import joined

        raise usage_error(
            f"--watch only checks files; it can't be used together with {joined(others)}."
        )
    return named


def _check(
    *,
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
    fail_on: str | None,
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
    show_files: bool,
    show_settings: bool,
    **shown: Any,
) -> int:
    suppressing = _suppressing(reason, add_ignore, fix or diff or write_baseline is not None)
    named, stdin = _inputs(paths, stdin_filename)
    style = style_of(format_, named, fix=fix, diff=diff, unsafe=unsafe_fixes, **shown)
    configurations = chosen_configurations(
        config_path,
        kind=kind,
        isolated=isolated,
        shellcheck=shellcheck,
        select=select,
        ignore=ignore,
        fail_on=None if fail_on is None else Severity[fail_on.upper()],
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
    files = all_kept(style.path, search, (*named, stdin, config_path, baseline))

    def used_wrongly() -> bool:
        found_any = search.checked or search.unreadable or configurations.errors
        empty = stdin is None and not found_any
        if empty or search.warnings:
            from validator.cli.searched import tell

            tell(search, named, empty=empty, fails=fail_if_empty)
        if search.above:
            style.searched = [search.above]
        if search.missing:
            from validator.cli.near_path import tell_near

            tell_rules(search.missing, select, ignore)
            tell_near(search.missing)
        return bool(search.missing) or (empty and fail_if_empty and not search.left_out)

    if show_files or show_settings:
        from validator.cli import listing
        from validator.cli.origin import Origin

        origin = Origin(config_path, isolated=isolated) if show_settings else None
        listed = listing.files(files, stdin, configurations)
        listing.write(listed, style.path, configurations, origin, exclude)
        return USAGE if used_wrongly() or configurations.errors else CLEAN
    whole = baseline is not None or write_baseline is not None or style.statistics
    known = None if write_baseline is not None else _known(baseline)
    changing = fix or diff or suppressing is not None
    shown_paths = named if diff else None
    fixing = _fixing(unsafe_fixes, shown_paths, known, suppressing) if changing else None
    wanted = Wanted(configurations, stdin, fixing, jobs, whole=whole)
    made = reports(files, wanted)
    try:
        found: Iterator[Report] = made
        if write_baseline is not None:
            from validator.cli.baseline import write

            write(write_baseline, found, configurations.errors)
            return USAGE if used_wrongly() else CLEAN
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
        return exit_code
    finally:
        # However the run ends, the processes that it uses end with it.
        made.close()


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
        raise usage_error("--stdin-filename names standard input; add `-` to the paths.")
    return [path for path in paths if path != "-"], stdin


def _known(path: str | None) -> Baseline | None:
    """The baseline of known findings, if there is one."""
    if path is None:
        return None
    from validator.cli.baseline import read

    return read(path)


def _suppressing(reason: str | None, add_ignore: bool, otherwise: bool) -> Suppressing | None:
    """How findings are suppressed, if they are; `otherwise` if the run changes something else.

    Raises click.UsageError for options that can't be used together, or not alone.
    """
    if not add_ignore:
        if reason is not None:
            raise usage_error("--reason has no effect without --add-ignore; add it.")
        return None
    if otherwise:
        raise usage_error(
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
