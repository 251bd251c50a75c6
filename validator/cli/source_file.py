"""The one file that `graph` or `plan` looks at: found, read and checked, its errors told aside."""

from __future__ import annotations

import os

import click

from validator.cli import CLEAN, stdin
from validator.cli.options import chosen_configurations, config_for
from validator.cli.reports import STDIN
from validator.cli.writing import write_reports
from validator.config import Config
from validator.configurations import Configurations
from validator.engine import Report, check_text, unreadable
from validator.files import find_files, read_bytes
from validator.finding import Severity
from validator.kinds import DEFAULT_KIND


def read(path: str, stdin_filename: str | None) -> tuple[bytes, Report, Config]:
    """The bytes of a file, of the automations file in a folder, or of standard input, `-`.

    With them their report, and the configuration. A file that can't be read gives no bytes and a
    report that says so.
    """
    configurations = chosen_configurations()
    name = (stdin_filename or STDIN) if path == "-" else _the_one(path, configurations)
    config = config_for(name, configurations)
    try:
        if path == "-":
            data, _ = stdin.read(config.limits.max_bytes)
        else:
            data = read_bytes(name, config.limits.max_bytes)
    except OSError as error:
        return b"", unreadable(name, f"can't be read: {error.strerror or error}"), config
    return data, check_text(data, path=name, kind=DEFAULT_KIND, config=config), config


def _the_one(path: str, configurations: Configurations) -> str:
    """The file itself, or the only automations file in a folder."""
    config_for(path, configurations)
    found = list(find_files([path], configurations.of_folder))
    if os.path.isdir(path):
        # The configuration may have other documents found as well.
        found = [each for each in found if _may_be_automations(each, configurations)]
    if not found:
        raise click.UsageError("no automations file found; name one")
    if len(found) > 1:
        raise click.UsageError(
            f"{len(found)} automations files found; name one, such as {found[0]}"
        )
    return found[0]


def _may_be_automations(path: str, configurations: Configurations) -> bool:
    config = configurations.of(path)
    return config is None or config.for_path(path).kind in (None, DEFAULT_KIND)


def tell_errors(report: Report) -> int:
    """Write the errors of a report to standard error, if there are any; returns the exit code."""
    if report.ok:
        return CLEAN
    errors = tuple(each for each in report.findings if each.severity == Severity.ERROR)
    shown = report.replace(findings=errors)
    return write_reports([shown], "text", lambda _: Severity.ERROR, aside=True)
