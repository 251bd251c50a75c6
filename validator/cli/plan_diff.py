"""The option --diff of `plan`: what a change of a file does to its plans."""

from __future__ import annotations

from collections.abc import Iterator

from validator.cli import old_version, source_file
from validator.cli.lines import Output
from validator.cli.messages import say
from validator.cli.old_version import Version
from validator.cli.output_options import refuse_to_overwrite
from validator.model.automations import Document
from validator.model.plan import reached_by
from validator.model.plan_change import PlanChange, compare_plans


def run(
    old: str,
    new: Version,
    trigger: str | None,
    output: Output,
    *,
    stdin: bool,
    config_path: str | None,
    isolated: bool,
) -> int:
    """Write what has changed since an old version; returns the exit code.

    With `trigger`, only what is in its plan. `stdin` says whether the new version is from standard
    input.
    """
    before = old_version.read(
        old, new, stdin=stdin, config_path=config_path, isolated=isolated, color=output.color
    )
    for version in (before, new):
        refuse_to_overwrite(output.file, version.name, "compared")
    codes = [source_file.tell_errors(each.report, output.color) for each in (before, new)]
    if any(codes):
        if not before.report.ok:
            say(f"{before.name} has errors, so there is no plan to compare with.")
        return max(codes)
    documents = [_document(each) for each in (before, new)]
    change = compare_plans(*documents)
    if trigger is not None:
        change = change.of_trigger(trigger)
    change = _masked(change, documents, (before, new))
    output.write(_lines(change, before, new, output))
    shown = [
        (each, each.by_reference if trigger is None else reached_by(each, trigger))
        for each in documents
    ]
    return source_file.tell_incomplete("The plan", *shown)


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


def _lines(change: PlanChange, before: Version, new: Version, output: Output) -> Iterator[str]:
    if output.format == "json":
        from validator.drawing.changes import json

        return json.draw(change)
    if output.format == "markdown":
        from validator.drawing.changes import markdown

        return markdown.draw(change, new.name, before.name)
    from validator.drawing.changes import text

    return text.draw(change, color=output.colored, width=output.width)
