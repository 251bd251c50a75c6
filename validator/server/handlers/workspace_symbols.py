"""The symbols of all automations files in the editor's workspace folders, open or not."""

from __future__ import annotations

from validator.language.features import symbols
from validator.server.documents import Documents
from validator.server.handlers import convert
from validator.server.jsonrpc import Json
from validator.server.workspace_files import views


def matching(query: str, folders: list[str], documents: Documents) -> list[Json]:
    """The tasks and services of all files that match a query; open files in their current state."""
    return [
        convert.workspace_symbol(each, file.uri, file.positions)
        for file in views(folders, documents)
        for each in symbols.matching(file.view, query)
    ]
