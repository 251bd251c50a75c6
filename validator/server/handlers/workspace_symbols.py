"""The symbols of all automations files in the editor's workspace folders, open or not."""

from __future__ import annotations

from collections.abc import Iterator

from lsprotocol import types
from pygls.uris import from_fs_path
from pygls.workspace import Workspace

from validator.configuration.configurations import Configurations
from validator.files.reading import read_bytes
from validator.language.features import symbols
from validator.language.snapshot import View
from validator.parsing.limits import Limits
from validator.parsing.text import decode
from validator.search.search import find_files
from validator.server.documents import Documents, path_of
from validator.server.handlers import convert
from validator.server.positions import Positions


def roots(given: Workspace) -> list[str]:
    """The editor's workspace folders; older editors have only one."""
    folders = [each.uri for each in given.folders.values()] or [given.root_uri or ""]
    return [path for each in folders if (path := path_of(each)) is not None]


def matching(query: str, folders: list[str], documents: Documents) -> list[types.WorkspaceSymbol]:
    """The tasks and services of all files that match a query; open files in their current state."""
    opened = {each.path: each for each in documents if each.path and each.config is not None}
    found: list[types.WorkspaceSymbol] = []
    for document in opened.values():
        found += _symbols(query, document.view, document.uri, document.positions)
    for path, limits in _others(folders, set(opened)):
        positions = Positions(_read(path, limits), documents.encoding)
        view = View.of(positions.value, path, limits=limits)
        found += _symbols(query, view, from_fs_path(path) or "", positions)
    return found


def _symbols(query: str, view: View, uri: str, positions: Positions) -> list[types.WorkspaceSymbol]:
    return [
        convert.workspace_symbol(each, uri, positions) for each in symbols.matching(view, query)
    ]


def _others(folders: list[str], known: set[str]) -> Iterator[tuple[str, Limits]]:
    """The files that are not open, with their limits.

    Each file is returned once, even if one folder contains another.
    """
    seen = set(known)
    configurations = Configurations()
    for folder in folders:
        for path in find_files([folder], configurations.of_folder):
            if path not in seen:
                seen.add(path)
                config = configurations.of(path)
                yield path, Limits() if config is None else config.limits


def _read(path: str, limits: Limits) -> str:
    """The text of a file; empty if it can't be read."""
    try:
        data = read_bytes(path, limits.max_bytes)
    except OSError:
        return ""
    return "" if len(data) > limits.max_bytes else decode(data)[0]
