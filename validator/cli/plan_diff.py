"""The option --diff of `plan`: what a change of a file does to its plans."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import NamedTuple

from validator.cli import CLEAN, FINDINGS, old_version, source_file
from validator.cli.messages import echo, say
from validator.cli.mistakes import usage_error
from validator.cli.old_version import Version
from validator.cli.output_file import format_of, write
from validator.cli.output_options import refuse_to_overwrite
from validator.cli.streams import columns, write_utf8
from validator.cli.writing import STDOUT, wants_color
from validator.drawing.changes import ENDINGS
from validator.model.automations import Document
from validator.model.plan import of_document
from validator.model.plan_change import PlanChange, compare_plans


class Settings(NamedTuple):
    """What is shown of a change and how; each None, and `-` for the file, without its option."""

    trigger: str | None
    format: str | None
    output_file: str
    color: str | None


def run(
    old: str,
    file: str | None,
    stdin_filename: str | None,
    settings: Settings,
    *,
    config_path: str | None,
    isolated: bool,
) -> int:
    """Write what has changed since an old version; returns the exit code.

    Raises click.UsageError for options that can't be used together.
    """
    if settings.format not in (None, *ENDINGS):
        raise usage_error(f"--diff and --format {settings.format} can't be used together.")
    data, report, config = source_file.read(
        file, stdin_filename, config_path=config_path, isolated=isolated, color=settings.color
    )
    from_stdin = file == "-" or (file is None and stdin_filename is not None)
    new = Version(data, report, config)
    before = old_version.read(
        old,
        new,
        stdin=from_stdin,
        config_path=config_path,
        isolated=isolated,
        color=settings.color,
    )
    for version in (before, new):
        refuse_to_overwrite(settings.output_file, version.name, "compared")
    codes = [source_file.tell_errors(each.report, settings.color) for each in (before, new)]
    if any(codes):
        if not before.report.ok:
            say(f"{before.name} has errors, so there is no plan to compare with.")
        return max(codes)
    documents = [_document(each) for each in (before, new)]
    change = compare_plans(*documents)
    if settings.trigger is not None:
        change = change.of_trigger(settings.trigger)
    change = _masked(change, documents, (before, new))
    _show(change, before, new, settings)
    if any(plan.unordered or plan.unknown for each in documents for plan in of_document(each)):
        # The configuration disables the rules that report this.
        say("The plan is incomplete; `automation-validator check --isolated` says why.")
        return FINDINGS
    return CLEAN


def _document(version: Version) -> Document:
    # With its secrets: that one has changed is a change of the command.
    document = source_file.document_of(*version, masked=False)
    assert document is not None
    return document


def _masked(
    change: PlanChange, documents: list[Document], versions: tuple[Version, Version]
) -> PlanChange:
    """The same change with `*` in place of secrets in references, names and images."""
    names: dict[str, str] = {}
    for document, version in zip(documents, versions, strict=True):
        secrets = version.report.text.secrets
        if secrets:
            # Few documents have secrets.
            from validator.model.masking import masked_values

            names.update(masked_values(document.root, document.text, secrets))
    if not names:
        return change
    from validator.model.plan_change_names import with_names

    return with_names(change, names)


def _show(change: PlanChange, before: Version, new: Version, settings: Settings) -> None:
    output = settings.output_file
    format_ = settings.format or format_of(output, ENDINGS, "text")
    to_file = output != STDOUT
    color = wants_color(None if to_file else sys.stdout, settings.color)
    lines = _lines(change, before, new, format_, to_file=to_file, color=color)
    text = "".join(f"{line}\n" for line in lines)
    if to_file:
        write(output, text)
    elif format_ == "markdown":
        write_utf8(text)
    else:
        echo(text)


def _lines(
    change: PlanChange, before: Version, new: Version, format_: str, *, to_file: bool, color: bool
) -> Iterator[str]:
    if format_ == "json":
        from validator.drawing.changes import json

        return json.draw(change)
    if format_ == "markdown":
        from validator.drawing.changes import markdown

        return markdown.draw(change, new.name, before.name)
    from validator.drawing.changes import text

    width = columns(None if to_file else sys.stdout) or 100
    return text.draw(change, color=color, width=width)
