"""The one file that `graph` or `plan` looks at: found, read and checked, its errors told aside."""

from __future__ import annotations

import os

import click

from validator.cli import CLEAN, stdin
from validator.cli.writing import write_reports
from validator.config import Config
from validator.engine import Report, check_text, unreadable
from validator.files import find_files, read_bytes
from validator.finding import Severity
from validator.kinds import DEFAULT_KIND


def read(path: str, config: Config, stdin_filename: str | None) -> tuple[bytes, Report]:
    """The bytes of a file, of the automations file in a folder, or of standard input, `-`.

    A file that can't be read gives no bytes and a report that says so.
    """
    name = (stdin_filename or "<stdin>") if path == "-" else _the_one(path, config)
    try:
        if path == "-":
            data, _ = stdin.read(config.limits.max_bytes)
        else:
            data = read_bytes(name, config.limits.max_bytes)
    except OSError as error:
        return b"", unreadable(name, f"can't be read: {error.strerror or error}")
    return data, check_text(data, path=name, kind=DEFAULT_KIND, config=config)


def _the_one(path: str, config: Config) -> str:
    """The file itself, or the only automations file in a folder."""
    found = list(find_files([path], config))
    if os.path.isdir(path):
        # The configuration may have other documents found as well.
        found = [each for each in found if config.for_path(each).kind in (None, DEFAULT_KIND)]
    if not found:
        raise click.UsageError("no automations file found; name one")
    if len(found) > 1:
        raise click.UsageError(
            f"{len(found)} automations files found; name one, such as {found[0]}"
        )
    return found[0]


def tell_errors(report: Report) -> int:
    """Write the errors of a report to standard error, if there are any; returns the exit code."""
    if report.ok:
        return CLEAN
    errors = tuple(each for each in report.findings if each.severity == Severity.ERROR)
    return write_reports([report.replace(findings=errors)], "text", Severity.ERROR, aside=True)
