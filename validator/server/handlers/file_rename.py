"""The edits of scripts that name a file, or a file in a folder, that is being renamed."""

from __future__ import annotations

import os
import posixpath
import re
from collections.abc import Iterator, Sequence

from validator.finding import Edit
from validator.language.features.document_links import FileLink
from validator.language.snapshot import View
from validator.server.capabilities import Client
from validator.server.documents import Documents
from validator.server.handlers.links import linked_files
from validator.server.jsonrpc import Json
from validator.server.positions import Positions
from validator.server.uris import path_of
from validator.server.workspace_files import folder_of_scripts, views

# What needs no quotes, neither in a script nor in YAML.
_PLAIN = re.compile(r"[\w./@%+-]+")


def edits(
    renames: Sequence[tuple[str, str]],
    folders: Sequence[str],
    documents: Documents,
    client: Client,
) -> Json | None:
    """The edits in all automations files of the workspace, open or not; None if there are none.

    `renames` are the old and the new URI of each file or folder. A path whose new name would need
    quotes is left alone, and so is one that leaves its repository.
    """
    moved = [
        (old.rstrip(os.sep), new.rstrip(os.sep))
        for old_uri, new_uri in renames
        if (old := path_of(old_uri)) and (new := path_of(new_uri))
    ]
    found = {
        file.uri: (file.version, _edits(file.view, file.positions, folders, moved))
        for file in views(folders, documents)
    }
    changed = {uri: made for uri, made in found.items() if made[1]}
    if not changed:
        return None
    if not client.changes:
        return {"changes": {uri: each for uri, (_, each) in changed.items()}}
    return {
        "documentChanges": [
            {"textDocument": {"uri": uri, "version": version}, "edits": made}
            for uri, (version, made) in changed.items()
        ]
    }


def _edits(
    view: View, positions: Positions, folders: Sequence[str], moved: list[tuple[str, str]]
) -> list[Json]:
    return [
        {"range": positions.range(span), "newText": text}
        for span, text in _renamed(view, folders, moved)
    ]


def _renamed(view: View, folders: Sequence[str], moved: list[tuple[str, str]]) -> Iterator[Edit]:
    folder = None if view.path is None else folder_of_scripts(view.path)
    if folder is None:
        return
    for link, path in linked_files(view, folders):
        for old, new in moved:
            if path == old or path.startswith(old + os.sep):
                written = _written(link, new + path[len(old) :], folder, view)
                if written is not None:
                    yield Edit(link.span, written)
                break


def _written(link: FileLink, path: str, folder: str, view: View) -> str | None:
    """A path as it is written in place of a link; None if it can't be."""
    name = os.path.relpath(path, folder).replace(os.sep, "/")
    if name.startswith("../") or not _PLAIN.fullmatch(name):
        return None
    name = posixpath.relpath(name, link.base or ".")
    before = view.text.value[slice(*link.span)]
    # Without a folder, a shell looks for a command of that name elsewhere.
    explicit = before.startswith("./") or ("/" in before and "/" not in name)
    return f"./{name}" if explicit and not name.startswith("../") else name
