"""Register the requests on an open document; `answers` has their answers."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

from validator.kinds import is_written
from validator.server.documents import OpenDocument
from validator.server.jsonrpc import CONTENT_MODIFIED, Json, RequestError
from validator.server.language_server import Session
from validator.server.params import string
from validator.server.scheduling import LONG

METHODS = (
    "callHierarchy/incomingCalls",
    "callHierarchy/outgoingCalls",
    "textDocument/codeLens",
    "textDocument/completion",
    "textDocument/definition",
    "textDocument/documentHighlight",
    "textDocument/documentLink",
    "textDocument/documentSymbol",
    "textDocument/foldingRange",
    "textDocument/hover",
    "textDocument/inlayHint",
    "textDocument/prepareCallHierarchy",
    "textDocument/prepareRename",
    "textDocument/references",
    "textDocument/rename",
    "textDocument/selectionRange",
    "textDocument/semanticTokens/full",
)
"""The requests on a document, by method name."""

_EDITS = {"textDocument/rename"}


def register(session: Session) -> None:
    """Register the handlers with the server."""
    for method in METHODS:
        session.on(method, _handler(session, method))


def _handler(session: Session, method: str) -> Callable[[Json], Coroutine[Any, Any, object]]:
    async def handle(params: Json) -> object:
        """Respond for a document that is open and served; with null for any other."""
        named = "item" if method.startswith("callHierarchy/") else "textDocument"
        document = session.served(string(params, named, "uri"))
        if document is None or not _is_written(document):
            return None
        # A server that only has to show diagnostics starts faster without these.
        from validator.server.handlers.answers import ANSWERS, Asked

        answer = ANSWERS[method]
        asked = Asked(params, document, session.client, session.folders, session.options)
        if len(document.text) < LONG:
            return answer(asked)
        # Not in the thread for checks, where one may be running.
        found = await asyncio.to_thread(answer, asked)
        # Displayed results may be outdated by a moment; edits may not.
        if method in _EDITS and not session.documents.is_current(document):
            raise RequestError("the document has changed since", CONTENT_MODIFIED)
        return found

    return handle


def _is_written(document: OpenDocument) -> bool:
    """Whether it is not configured to be a document of the API: the features are for files."""
    config = document.config
    kind = None if config is None else config.for_path(document.path).kind
    return kind is None or is_written(kind)
