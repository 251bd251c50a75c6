"""Handlers of requests that concern several documents, or a document's check."""

from __future__ import annotations

import asyncio

from validator.server.jsonrpc import CONTENT_MODIFIED, Json, RequestError
from validator.server.language_server import Session
from validator.server.params import find, objects, range_of, string


def register(session: Session) -> None:
    """Register these functions with the server."""

    async def code_actions(params: Json) -> list[Json]:
        document = session.served(string(params, "textDocument", "uri"))
        given, context = range_of(params, "range"), find(params, "context")
        if document is None or document.config is None or not session.client.literals:
            return []
        from validator.server.handlers.code_actions import Actions, Context

        report = await session.checks.report(document)
        actions = Actions(document, report, document.config, session.client)
        span, asked = document.positions.span(given), Context.of(context)
        found = await session.checks.run(document, lambda: actions.at(span, asked))
        if not session.documents.is_current(document):
            raise RequestError("the document has changed since", CONTENT_MODIFIED)
        return found

    async def rename_files(params: Json) -> Json | None:
        from validator.server.handlers.file_rename import edits

        renames = [
            (string(each, "oldUri"), string(each, "newUri")) for each in objects(params, "files")
        ]
        return await asyncio.to_thread(
            edits, renames, session.folders, session.documents, session.client
        )

    async def symbols(params: Json) -> list[Json]:
        from validator.server.handlers import workspace_symbols

        return await asyncio.to_thread(
            workspace_symbols.matching, string(params, "query"), session.folders, session.documents
        )

    session.on("textDocument/codeAction", code_actions)
    session.on("workspace/willRenameFiles", rename_files)
    session.on("workspace/symbol", symbols)
