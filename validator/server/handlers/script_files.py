"""The files that scripts name: their links, and the edits when they are renamed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from validator.language.features.document_links import FileLink, file_links
from validator.language.snapshot import View
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
