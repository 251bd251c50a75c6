"""The options --baseline and --write-baseline."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial

from validator.baseline import Baseline, BaselineError, read_baseline, write_baseline
from validator.cli.errors import InputError, Unusable
from validator.cli.messages import say
from validator.configuration.config import ConfigError
from validator.report import Report
from validator.wording import counted


def read(path: str) -> Baseline:
    """Read a baseline file. Raises click.ClickException if it can't be used."""
    try:
        return read_baseline(path)
    except BaselineError as error:
        raise InputError(str(error)) from error


def without_known(
    baseline: Baseline, reports: Iterable[Report], uses: Callable[[Report, str], bool]
) -> Iterator[Report]:
    """The reports without the findings that a baseline contains.

    `uses` says whether a rule is enabled for the file of a report.
    """
    for report in reports:
        yield baseline.new(report, partial(uses, report))


def report_stale(baseline: Baseline) -> None:
    """Report on stderr how many entries no longer match a finding; after the last report."""
    stale = baseline.stale()
    if stale:
        entries = "entry" if stale == 1 else "entries"
        verb = "matches" if stale == 1 else "match"
        say(
            f"{stale:,} {entries} of the baseline {verb} nothing any more; write it again with "
            "--write-baseline."
        )


def write(path: str, reports: Iterable[Report], errors: Sequence[ConfigError]) -> None:
    """Write a baseline of all findings, and report that.

    `errors` are those of configurations, complete once all reports are made: if there are any,
    no baseline is written.
    """

    def complete() -> Iterator[Report]:
        yield from reports
        if errors:
            raise Unusable(errors[0])

    try:
        written = write_baseline(path, complete())
    except BaselineError as error:
        raise InputError(str(error)) from error
    except OSError as error:
        raise InputError(f"{path}: can't be written: {error.strerror or error}") from error
    say(f"Wrote {counted(written.findings, 'finding')} to {path}.")
    if written.blocking:
        say(
            f"{counted(written.blocking, 'error')} can't be in a baseline: the documents "
            "were not completely checked."
        )
