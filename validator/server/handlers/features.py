"""Register the requests on an open document; `answers` has their answers."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any, get_args

from lsprotocol import types
from pygls.exceptions import JsonRpcContentModified

from validator.kinds import is_written
from validator.server.documents import OpenDocument
from validator.server.language_server import Session
from validator.server.scheduling import LONG
from validator.shell.highlighting import TokenType

METHODS = (
    types.CALL_HIERARCHY_INCOMING_CALLS,
    types.CALL_HIERARCHY_OUTGOING_CALLS,
    types.TEXT_DOCUMENT_CODE_LENS,
    types.TEXT_DOCUMENT_COMPLETION,
    types.TEXT_DOCUMENT_DEFINITION,
    types.TEXT_DOCUMENT_DOCUMENT_HIGHLIGHT,
    types.TEXT_DOCUMENT_DOCUMENT_LINK,
    types.TEXT_DOCUMENT_DOCUMENT_SYMBOL,
    types.TEXT_DOCUMENT_FOLDING_RANGE,
    types.TEXT_DOCUMENT_HOVER,
    types.TEXT_DOCUMENT_INLAY_HINT,
    types.TEXT_DOCUMENT_PREPARE_CALL_HIERARCHY,
    types.TEXT_DOCUMENT_PREPARE_RENAME,
    types.TEXT_DOCUMENT_REFERENCES,
    types.TEXT_DOCUMENT_RENAME,
    types.TEXT_DOCUMENT_SELECTION_RANGE,
    types.TEXT_DOCUMENT_SEMANTIC_TOKENS_FULL,
)
"""The requests on a document, by method name."""

OPTIONS: dict[str, object] = {
    types.TEXT_DOCUMENT_SEMANTIC_TOKENS_FULL: types.SemanticTokensLegend(
        list(get_args(TokenType)), []
    ),
    types.TEXT_DOCUMENT_COMPLETION: types.CompletionOptions(
        trigger_characters=[" ", ":", "-", "[", ",", '"', "'"]
    ),
}


def register(session: Session) -> None:
    """Register the handlers with the server."""
    for method in METHODS:
        session.feature(method, OPTIONS.get(method))(_handler(session, method))


def _handler(session: Session, method: str) -> Callable[[Any], Any]:
    async def handle(params: Any) -> object:
        """Respond for a document that is open and served; with null for any other."""
        named = params.item if hasattr(params, "item") else params.text_document
        document = session.served(named.uri)
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
        if isinstance(found, types.WorkspaceEdit) and not session.documents.is_current(document):
            raise JsonRpcContentModified("the document has changed since")
        return found

    return handle


def _is_written(document: OpenDocument) -> bool:
    """Whether it is not configured to be a document of the API: the features are for files."""
    config = document.config
    kind = None if config is None else config.for_path(document.path).kind
    return kind is None or is_written(kind)
