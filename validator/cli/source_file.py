"""The one file for `graph`, `plan` or `why`: found, read and checked, with its errors on stderr."""

from __future__ import annotations

import os
from collections.abc import Iterable

import click

from validator.cli import CLEAN, FINDINGS, USAGE
from validator.cli.messages import say
from validator.cli.options import chosen_configurations, config_for
from validator.cli.output_options import refuse_to_overwrite
from validator.cli.reports import STDIN
from validator.cli.stdin import read_input
from validator.cli.writing import tell
from validator.configuration.config import Config
from validator.configuration.configurations import Configurations
from validator.engine import check_text, not_checked, unreadable
from validator.finding import Severity
from validator.kinds import DEFAULT_KIND, KNOWN_PATHS, kind_at
from validator.model.automations import Document
from validator.model.load import read_document
from validator.model.plan import group_numbers
from validator.report import Report
from validator.rules import BLOCKING
from validator.search.found import Found
from validator.search.search import Search


def read(
    path: str | None,
    stdin_filename: str | None,
    *,
    config_path: str | None = None,
    isolated: bool = False,
    color: str | None = None,
) -> tuple[bytes, Report, Config]:
    """The bytes of a file, of the automations file in a folder, or of standard input, `-`.

    Returns its bytes, its report and its configuration. A file that can't be read gives no bytes
    and a report that says so. Without a path, the current folder is searched, or standard input is
    read if that is named. A path that does not exist ends the run as wrong usage.
    """
    if path is None:
        path = "." if stdin_filename is None else "-"
    if stdin_filename is not None and path != "-":
        raise click.UsageError("--stdin-filename names standard input; FILE must be `-` then.")
    configurations = chosen_configurations(config_path, isolated=isolated, shellcheck="off")
    found = Found(stdin_filename or STDIN) if path == "-" else _the_one(path, configurations)
    name = found.path
    config = config_for(name, configurations).of_kind(DEFAULT_KIND)
    if found.skipped:
        report = not_checked(name, found.problems, config)
        return b"", report, config
    try:
        data = read_input("-" if path == "-" else name, config.limits.max_bytes)
    except OSError as error:
        report = unreadable(name, f"can't be read: {error.strerror or error}", config)
        if path != "-" and not os.path.lexists(name):
            from validator.cli.near_path import tell_near

            tell_errors(report, color)
            tell_near([name])
            raise click.exceptions.Exit(USAGE) from error
        return b"", report, config
    return data, check_text(data, path=name, config=config), config


def document_of(
    data: bytes, report: Report, config: Config, *, masked: bool = True
) -> Document | None:
    """The model of a file without the secrets that its report found; with them if not `masked`.

    None if it can't be read, or is in another format and has errors. An empty file sets up nothing.
    """
    hidden = report.text.secrets if masked else ()
    document = read_document(data, config.limits, hidden=hidden)
    other_format = any(each.rule == "other-format" for each in report.findings)
    # The configuration may take this for a warning.
    if other_format and not report.ok and document is not None and not document.automations:
        return None
    return read_document("tasks:\n") if document is None and report.ok else document


def sound_document(
    data: bytes, report: Report, config: Config, *, output: str, used: str, color: str | None
) -> Document:
    """The model of a file without errors; with errors, they are written and the run ends.

    Raises click.UsageError if the output would replace the file, which is `used`.
    """
    if not report.ok:
        raise click.exceptions.Exit(tell_errors(report, color))
    refuse_to_overwrite(output, report.path or "", used)
    document = document_of(data, report, config)
    assert document is not None
    return document


def tell_incomplete(what: str, *shown: tuple[Document, Iterable[str]]) -> int:
    """Say on stderr that what is shown is incomplete, if it is; returns the exit code.

    `shown` are documents whose reports have no errors, each with the references of what is shown of
    it. It is incomplete if the configuration disables a rule that reports this: something can't be
    read, two items have one reference, a dependency does not exist or is on a cycle.
    """
    if not any(_is_incomplete(document, references) for document, references in shown):
        return CLEAN
    say(f"{what} is incomplete; `automation-validator check --isolated` says why.")
    return FINDINGS


def _is_incomplete(document: Document, references: Iterable[str]) -> bool:
    known = document.by_reference
    if not document.whole:
        return True
    runnable = group_numbers(document)
    return any(
        reference not in runnable
        or any(each.reference not in known for each in known[reference].dependencies)
        for reference in references
    )


def _the_one(path: str, configurations: Configurations) -> Found:
    """The file itself, or the only automations file in a folder; otherwise the skipped file."""
    config_for(path, configurations)
    search = Search([path], configurations.of_folder, upward=path == ".")
    found = list(search)
    files = [each for each in found if not each.skipped]
    if os.path.isdir(path):
        # There may be AI automations too, and the configuration may include other kinds.
        files = [each for each in files if _may_be_automations(each.path, configurations)]
    if not files:
        from validator.cli.searched import tell_nothing_found

        problems = [problem for each in found for problem in each.problems]
        for each in found:
            if any(problem.rule in BLOCKING for problem in each.problems):
                return each
        others = [problem.message for problem in problems]
        tell_nothing_found(search, [path], "Error", others, KNOWN_PATHS)
        raise click.exceptions.Exit(USAGE)
    if len(files) > 1:
        raise click.UsageError(
            f"{len(files)} automations files found; name one, such as {files[0].path}"
        )
    return files[0]


def _may_be_automations(path: str, configurations: Configurations) -> bool:
    config = configurations.of(path)
    kind = None if config is None else config.for_path(path).kind
    return (kind or kind_at(path)) in (None, DEFAULT_KIND)


def tell_errors(report: Report, color: str | None) -> int:
    """Write the errors of a report to standard error, if there are any; returns the exit code.

    `color` is the value of --color, None without it.
    """
    if report.ok:
        return CLEAN
    errors = tuple(each for each in report.findings if each.severity == Severity.ERROR)
    shown = report.replace(findings=errors)
    return tell([shown], color)
