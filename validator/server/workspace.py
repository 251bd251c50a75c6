"""All automation files of the folders that the editor has open, open or not."""

from __future__ import annotations

from collections.abc import Iterator

from lsprotocol import types
from pygls.uris import from_fs_path
from pygls.workspace import Workspace

from validator.files import find_files, read_bytes
from validator.language import symbols
from validator.language.view import View
from validator.server import convert
from validator.server.documents import Documents, path_of
from validator.server.positions import Positions
from validator.text import decode


def roots(given: Workspace) -> list[str]:
    """The folders that the editor has open; older editors know only the one."""
    folders = [each.uri for each in given.folders.values()] or [given.root_uri or ""]
    return [path for each in folders if (path := path_of(each)) is not None]


def matching(query: str, folders: list[str], documents: Documents) -> list[types.WorkspaceSymbol]:
    """The tasks and services of all files that match a query; of open ones, as they are now."""
    opened = {each.path: each for each in documents if each.path and each.config is not None}
    found: list[types.WorkspaceSymbol] = []
    for path in [*opened, *_others(folders, documents, set(opened))]:
        document = opened.get(path)
        if document is None:
            uri = from_fs_path(path) or ""
            positions = Positions(_read(path), documents.encoding)
            view = View.of(positions.value, path)
        else:
            uri, positions, view = document.uri, document.positions, document.view
        found += [
            convert.workspace_symbol(each, uri, positions) for each in symbols.matching(view, query)
        ]
    return found


def _others(folders: list[str], documents: Documents, known: set[str]) -> Iterator[str]:
    """The paths of files that are not open, each once, though folders may lie in each other."""
    seen = set(known)
    for folder in folders:
        for path in find_files([folder], documents.configurations.of_folder(folder)):
            if path not in seen:
                seen.add(path)
                yield path


def _read(path: str) -> str:
    """The text of a file; empty where there is none that can be read."""
    limit = 5_000_000
    try:
        data = read_bytes(path, limit)
    except OSError:
        return ""
    return "" if len(data) > limit else decode(data)[0]
