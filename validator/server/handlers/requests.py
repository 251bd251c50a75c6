"""Handlers of requests that concern several documents, or a document's check."""

from __future__ import annotations

import asyncio

from lsprotocol import types
from pygls.exceptions import JsonRpcContentModified

from validator.server.handlers.kinds import KINDS
from validator.server.language_server import Session

RENAMED_FILES = types.FileOperationRegistrationOptions(
    [types.FileOperationFilter(types.FileOperationPattern("**/*"), scheme="file")]
)
"""All files and folders: a script may have any name, and a folder may contain scripts."""


def register(session: Session) -> None:
    """Register these functions with the server."""

    @session.feature(types.TEXT_DOCUMENT_CODE_ACTION, types.CodeActionOptions(KINDS))
    async def code_actions(params: types.CodeActionParams) -> list[types.CodeAction]:
        document = session.served(params.text_document.uri)
        if document is None or document.config is None or not session.client.literals:
            return []
        from validator.server.handlers.code_actions import Actions

        report = await session.checks.report(document)
        actions = Actions(document, report, document.config, session.client)
        span = document.positions.span(params.range)
        found = await session.checks.run(document, lambda: actions.at(span, params.context))
        if not session.documents.is_current(document):
            raise JsonRpcContentModified("the document has changed since")
        return found

    @session.feature(types.WORKSPACE_WILL_RENAME_FILES, RENAMED_FILES)
    async def rename_files(params: types.RenameFilesParams) -> types.WorkspaceEdit | None:
        from validator.server.handlers.file_rename import edits

        return await asyncio.to_thread(
            edits, params.files, session.folders, session.documents, session.client
        )

    @session.feature(types.WORKSPACE_SYMBOL)
    async def symbols(params: types.WorkspaceSymbolParams) -> list[types.WorkspaceSymbol]:
        from validator.server import workspace_files
        from validator.server.handlers import workspace_symbols

        folders = workspace_files.roots(session.workspace)
        return await asyncio.to_thread(
            workspace_symbols.matching, params.query, folders, session.documents
        )
