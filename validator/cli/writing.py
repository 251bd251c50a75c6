"""Write the reports of a run in a format, and determine the exit code."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Sequence
from typing import TextIO

import click

from validator import output
from validator.cli import FINDINGS, INTERNAL, USAGE
from validator.cli.progress import Progress, is_terminal
from validator.configuration.config import ConfigError
from validator.finding import Severity
from validator.report import Report, Totals


def write_reports(
    reports: Iterable[Report],
    format_: str | None,
    fails_from: Callable[[Report], Severity],
    *,
    aside: bool = False,
    changes_fail: bool = False,
    unusable: Sequence[ConfigError] = (),
    used_wrongly: Callable[[], bool] = lambda: False,
    unsafe: bool = False,
    all_rules: bool = False,
    searched: Sequence[str] = (),
) -> int:
    """Write reports as they come, with `aside` to standard error; returns the exit code.

    `fails_from` is the minimum severity in a report that fails the run. With `changes_fail`, a
    file that fixes would change fails it as well. `unusable` are the errors of configurations,
    complete once all reports are made; `used_wrongly`, called then, says whether paths fail the
    run. `unsafe` says whether unsafe fixes are wanted, `searched` which folders were searched.
    """
    progress = Progress(sys.stderr)

    def write(text: str) -> None:
        progress.clear()
        click.echo(text, nl=False, color=True, err=aside)

    stream = sys.stderr if aside else sys.stdout
    writer = output.create(
        format_ or _usual_format(),
        write,
        color=wants_color(stream),
        links=lambda: _wants_hyperlinks(stream),
        unsafe=unsafe,
        all_rules=all_rules,
    )
    totals = Totals(preview=changes_fail, searched=searched)
    failing = internal = False
    # All findings count, but only those that are shown are kept.
    for report in map(Report.cut, reports):
        totals.add(report)
        progress.step()
        writer.report(report)
        failing = failing or (report.worst is not None and report.worst >= fails_from(report))
        failing = failing or (changes_fail and report.fixed > 0)
        internal = internal or any(each.rule == "internal-error" for each in report.findings)
    progress.clear()
    wrong = used_wrongly()
    if internal:
        totals.exit_code = INTERNAL
    elif unusable or wrong:
        totals.exit_code = USAGE
    elif failing:
        totals.exit_code = FINDINGS
    writer.finish(totals)
    return totals.exit_code


def _usual_format() -> str:
    """The format without `--format`."""
    return "github" if os.environ.get("GITHUB_ACTIONS") == "true" else "text"


def _wants_hyperlinks(stream: TextIO) -> bool:
    # Needed only if there are findings.
    from validator.cli.hyperlinks import wants_hyperlinks

    return wants_hyperlinks(stream)


def wants_color(stream: TextIO) -> bool:
    """Whether to write colours to a stream: NO_COLOR and FORCE_COLOR decide, then the terminal."""
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or is_terminal(stream)
