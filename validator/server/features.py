"""The requests of the editor on an open document, each with what answers it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any, NamedTuple

from lsprotocol import types

from validator.language import navigation, symbols
from validator.language.completion import complete
from validator.language.hover import hover
from validator.server import convert
from validator.server.checks import LONG
from validator.server.client import Client
from validator.server.documents import OpenDocument
from validator.server.session import Session


class Asked(NamedTuple):
    """A request: its parameters, the document as it stands, and what the editor can do."""

    params: Any
    document: OpenDocument
    client: Client

    @property
    def offset(self) -> int:
        """The offset of the position that is asked about."""
        return self.document.positions.offset(self.params.position)


def _completion(asked: Asked) -> list[types.CompletionItem]:
    offset, client, document = asked.offset, asked.client, asked.document
    found = complete(document.view, offset, snippets=client.snippets)
    return [convert.completion(each, document.positions, offset, client) for each in found]


def _hover(asked: Asked) -> types.Hover | None:
    found = hover(asked.document.view, asked.offset)
    if found is None:
        return None
    return convert.hover(found, asked.document.positions, asked.client)


def _definition(asked: Asked) -> list[types.Location] | list[types.LocationLink]:
    document = asked.document
    found = navigation.definition(document.view, asked.offset)
    return convert.definition(found, document.uri, document.positions, asked.client)


def _references(asked: Asked) -> list[types.Location]:
    document = asked.document
    declaration = asked.params.context.include_declaration
    found = navigation.references(document.view, asked.offset, declaration=declaration)
    return [types.Location(document.uri, document.positions.range(each)) for each in found]


def _highlights(asked: Asked) -> list[types.DocumentHighlight]:
    found = navigation.highlights(asked.document.view, asked.offset)
    return [convert.highlight(each, asked.document.positions) for each in found]


def _symbols(asked: Asked) -> list[types.DocumentSymbol] | list[types.SymbolInformation]:
    document = asked.document
    found = symbols.symbols(document.view)
    if asked.client.nested:
        return [convert.symbol(each, document.positions) for each in found]
    return convert.flat(found, document.uri, document.positions)


ANSWERS: dict[str, Callable[[Asked], object]] = {
    types.TEXT_DOCUMENT_COMPLETION: _completion,
    types.TEXT_DOCUMENT_DEFINITION: _definition,
    types.TEXT_DOCUMENT_DOCUMENT_HIGHLIGHT: _highlights,
    types.TEXT_DOCUMENT_DOCUMENT_SYMBOL: _symbols,
    types.TEXT_DOCUMENT_HOVER: _hover,
    types.TEXT_DOCUMENT_REFERENCES: _references,
}
"""What answers each request on a document, by the name of its method."""

OPTIONS = {
    types.TEXT_DOCUMENT_COMPLETION: types.CompletionOptions(
        trigger_characters=[" ", ":", "-", "[", ",", '"', "'"]
    ),
}


def register(session: Session) -> None:
    """Make these the server's answers."""
    for method, answer in ANSWERS.items():
        session.feature(method, OPTIONS.get(method))(_handler(session, answer))


def _handler(session: Session, answer: Callable[[Asked], object]) -> Callable[[Any], Any]:
    async def handle(params: Any) -> object:
        """Answer for a document that is open and served; nothing for another."""
        document = session.served(params.text_document.uri)
        if document is None:
            return None
        asked = Asked(params, document, session.client)
        if len(document.text) < LONG:
            return answer(asked)
        # Not behind a check that may be going on in its thread.
        return await asyncio.to_thread(answer, asked)

    return handle
