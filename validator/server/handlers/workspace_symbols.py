"""The symbols of all automations files in the editor's workspace folders, open or not."""

from __future__ import annotations

from lsprotocol import types
from pygls.uris import from_fs_path

from validator.language.features import symbols
from validator.language.snapshot import View
from validator.server.documents import Documents
from validator.server.handlers import convert
from validator.server.positions import Positions
from validator.server.workspace_files import automations_files, read


def matching(query: str, folders: list[str], documents: Documents) -> list[types.WorkspaceSymbol]:
    """The tasks and services of all files that match a query; open files in their current state."""
    opened = {each.path: each for each in documents if each.path and each.config is not None}
    found: list[types.WorkspaceSymbol] = []
    for document in opened.values():
        found += _symbols(query, document.view, document.uri, document.positions)
    for path, limits in automations_files(folders):
        if path in opened:
            continue
        positions = Positions(read(path, limits), documents.encoding)
        view = View.of(positions.value, path, limits=limits)
        found += _symbols(query, view, from_fs_path(path) or "", positions)
    return found


def _symbols(query: str, view: View, uri: str, positions: Positions) -> list[types.WorkspaceSymbol]:
    return [
        convert.workspace_symbol(each, uri, positions) for each in symbols.matching(view, query)
    ]
