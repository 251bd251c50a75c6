"""The options --baseline and --write-baseline."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import click

from validator.baseline import BaselineError, read_baseline, write_baseline
from validator.engine import Report


def without_known(path: str, reports: Iterable[Report]) -> Iterator[Report]:
    """The reports without the findings that a baseline knows."""
    try:
        baseline = read_baseline(path)
    except BaselineError as error:
        raise click.UsageError(str(error)) from error
    return map(baseline.new, reports)


def write(path: str, reports: Iterable[Report]) -> None:
    """Write a baseline of all findings, and say so."""
    try:
        count = write_baseline(path, reports)
    except OSError as error:
        raise click.UsageError(f"{path}: can't be written: {error.strerror}") from error
    click.echo(f"Wrote {count:,} finding{'' if count == 1 else 's'} to {path}.", err=True)
