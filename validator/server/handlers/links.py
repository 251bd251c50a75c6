"""Links from scripts to files of the workspace, and from comments to the pages of rules."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from validator import suppression
from validator.finding import Span
from validator.language.features.document_links import FileLink, file_links
from validator.language.snapshot import View
from validator.server.handlers.diagnostics import address_of
from validator.server.workspace_files import file_in, folder_of_scripts


def linked_files(view: View, folders: Sequence[str]) -> Iterator[tuple[FileLink, str]]:
    """The places in scripts that name files of the workspace, each with the path of its file."""
    folder = None if view.path is None else folder_of_scripts(view.path)
    if folder is None:
        return
    known: dict[str, str | None] = {}
    for each in file_links(view):
        if each.path not in known:
            known[each.path] = file_in(folder, each.path, folders)
        path = known[each.path]
        if path is not None:
            yield each, path


def linked_rules(view: View) -> Iterator[tuple[Span, str]]:
    """The rules in comments that suppress findings, each with the address of its page."""
    if view.stale:
        return
    for name, span in suppression.names(view.text, view.document.root):
        address = address_of(name)
        if address is not None:
            yield span, address
