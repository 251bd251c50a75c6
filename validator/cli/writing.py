"""Write the reports of a run in a format, and determine the exit code."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Sequence

from validator import output
from validator.cli import FINDINGS, INTERNAL, USAGE
from validator.cli.messages import echo
from validator.cli.mistakes import usage_error
from validator.cli.streams import columns, is_terminal
from validator.configuration.config import ConfigError
from validator.finding import Severity
from validator.report import Report, Totals

TYPE_CHECKING = False

if TYPE_CHECKING:
    from typing import TextIO

    from validator.cli.progress import Progress

WITH_SUMMARY = ("github", "text")
"""The formats that have a summary for people."""

STDOUT = "-"
"""In place of the path of a file: standard output."""


class Style:
    """How the reports of a run are written.

    `format` is None for the usual one. `options` are those of the formats, of the same names as in
    `validator.output`. With `statistics`, the numbers of findings per rule are written instead of
    the findings. `searched` are the folders that were searched, `path` is the file to write to.
    `color` is the value of --color, None without it. With `exit_zero`, findings don't fail the run.
    `progress` says whether files are counted on a terminal.
    """

    def __init__(
        self,
        format_: str | None = None,
        *,
        statistics: bool = False,
        searched: Sequence[str] = (),
        path: str = STDOUT,
        color: str | None = None,
        exit_zero: bool = False,
        progress: bool = True,
        **options: bool,
    ) -> None:
        self.format = format_
        self.statistics = statistics
        self.searched = searched
        self.path = path
        self.color = color
        self.exit_zero = exit_zero
        self.progress = progress
        self.options = options


def write_reports(
    reports: Iterable[Report],
    style: Style,
    fails_from: Callable[[Report], Severity],
    *,
    aside: bool = False,
    changes_fail: bool = False,
    unusable: Sequence[ConfigError] = (),
    used_wrongly: Callable[[], bool] = lambda: False,
) -> int:
    """Write reports as they come, with `aside` to standard error; returns the exit code.

    Raises InputError if the output file can't be written.
    `fails_from` is the minimum severity in a report that fails the run. With `changes_fail`, a
    file that fixes would change fails it as well. `unusable` are the errors of configurations,
    complete once all reports are made; `used_wrongly`, called then, says whether paths fail the
    run.
    """
    progress = _progress() if style.progress else None
    pieces: list[str] = []

    def write(text: str) -> None:
        if progress:
            progress.clear()
        echo(text, aside=aside)

    stream = None if style.path != STDOUT else sys.stderr if aside else sys.stdout
    writer = _writer(style, fails_from, write if stream else pieces.append, stream)
    totals = Totals(preview=changes_fail)
    failing = internal = False
    # All findings count, but only those that are shown are kept.
    for report in reports if style.statistics else map(Report.cut, reports):
        totals.add(report)
        if progress:
            progress.step()
        writer.report(report)
        failing = failing or (report.worst is not None and report.worst >= fails_from(report))
        failing = failing or (changes_fail and report.fixed > 0)
        internal = internal or any(each.rule == "internal-error" for each in report.findings)
    if progress:
        progress.clear()
    wrong = used_wrongly()
    # Known when the search has ended.
    totals.searched = style.searched
    if internal:
        totals.exit_code = INTERNAL
    elif unusable or wrong:
        totals.exit_code = USAGE
    elif failing and not style.exit_zero:
        totals.exit_code = FINDINGS
    writer.finish(totals)
    if not stream:
        from validator.cli import output_file

        output_file.write(style.path, "".join(pieces))
    return totals.exit_code


def tell(reports: Iterable[Report], color: str | None = None) -> int:
    """Write findings to standard error, for other commands than `check`; returns the exit code.

    `color` is the value of --color, None without it.
    """
    style = Style("text", color=color, other_command=True)
    return write_reports(reports, style, lambda _: Severity.ERROR, aside=True)


def _progress() -> Progress | None:
    """What shows the progress of the run, if there is a terminal."""
    if not is_terminal(sys.stderr):
        return None
    from validator.cli.progress import Progress

    return Progress(sys.stderr)


def _writer(
    style: Style,
    fails_from: Callable[[Report], Severity],
    write: Callable[[str], object],
    stream: TextIO | None,
) -> output.Output:
    """The output in a style; `stream` is where it goes, None for a file."""
    if style.statistics:
        from validator.output import statistics

        if style.format not in (None, *statistics.FORMATS):
            raise usage_error("--statistics needs --format text or json.")
        return statistics.Output(write, as_json=style.format == "json", **style.options)
    format_ = style.format or _usual_format()
    if style.options.get("show_fixes") and format_ not in WITH_SUMMARY:
        raise usage_error("--show-fixes needs --format text or github, or --statistics.")
    return output.create(
        format_,
        write,
        color=wants_color(stream, style.color),
        links=lambda: _wants_hyperlinks(stream, style.color),
        width=columns(stream),
        fails_from=fails_from,
        **style.options,
    )


def _usual_format() -> str:
    """The format without `--format`."""
    return "github" if os.environ.get("GITHUB_ACTIONS") == "true" else "text"


def _wants_hyperlinks(stream: TextIO | None, color: str | None) -> bool:
    if stream is None or color == "never":
        return False
    # Needed only if there are findings.
    from validator.cli.hyperlinks import wants_hyperlinks

    return wants_hyperlinks(stream)


def wants_color(stream: TextIO | None, option: str | None) -> bool:
    """Whether to write colours to a stream, or to a file, given as None: only if asked for.

    The value of the option `--color` decides, None or `auto` if it does not; then NO_COLOR, then
    FORCE_COLOR or CLICOLOR_FORCE, then CLICOLOR, which is on or off for terminals, and then whether
    the stream is a terminal.
    """
    if option in ("always", "never"):
        return option == "always"
    if stream is None:
        return False
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR") or os.environ.get("CLICOLOR_FORCE", "0") != "0":
        return True
    return os.environ.get("CLICOLOR") != "0" and is_terminal(stream)
