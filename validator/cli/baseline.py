"""The options --baseline and --write-baseline."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import click

from validator.baseline import BaselineError, read_baseline, write_baseline
from validator.cli.messages import say
from validator.config import ConfigError
from validator.engine import Report


def without_known(path: str, reports: Iterable[Report]) -> Iterator[Report]:
    """The reports without the findings that a baseline knows."""
    try:
        baseline = read_baseline(path)
    except BaselineError as error:
        raise click.UsageError(str(error)) from error
    return map(baseline.new, reports)


def write(path: str, reports: Iterable[Report], unusable: Sequence[ConfigError]) -> None:
    """Write a baseline of all findings, and say so.

    `unusable` are the errors of configurations, once all reports are there: then none is written.
    """
    found = list(reports)
    if unusable:
        from validator.cli.errors import unusable as as_error

        raise as_error(unusable[0])
    try:
        count = write_baseline(path, found)
    except OSError as error:
        raise click.UsageError(f"{path}: can't be written: {error.strerror}") from error
    say(f"Wrote {count:,} finding{'' if count == 1 else 's'} to {path}.")
