"""The answers to requests on an open document: imported at the first one, not at the start."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from validator.language.features import call_hierarchy, navigation, rename, symbols
from validator.language.features.code_lens import lenses
from validator.language.features.completion import complete
from validator.language.features.folding import folds
from validator.language.features.hover import hover
from validator.language.features.inlay_hints import inlay_hints
from validator.language.features.selection import selection
from validator.language.features.semantic_tokens import semantic_tokens
from validator.server.capabilities import Client
from validator.server.documents import OpenDocument
from validator.server.handlers import convert, own_findings, suppressions
from validator.server.handlers.links import linked_files, linked_rules
from validator.server.jsonrpc import Json, RequestError
from validator.server.options import Options
from validator.server.params import find, objects, position, range_of, string
from validator.server.uris import uri_of


class Asked(NamedTuple):
    """A request: its parameters, the current document, and the editor's capabilities.

    `folders` are the editor's workspace folders, `options` its settings.
    """

    params: Json
    document: OpenDocument
    client: Client
    folders: Sequence[str] = ()
    options: Options = Options()

    @property
    def offset(self) -> int:
        """The offset of the requested position."""
        return self.document.positions.offset(position(self.params, "position"))


def _completion(asked: Asked) -> list[Json]:
    offset, client, document = asked.offset, asked.client, asked.document
    names = suppressions.complete(document, offset)
    found = complete(document.view, offset, snippets=client.snippets) if names is None else names
    return [convert.completion(each, document.positions, offset, client) for each in found]


def _hover(asked: Asked) -> Json | None:
    document, offset = asked.document, asked.offset
    found = suppressions.hover(document, offset) or hover(document.view, offset)
    found = own_findings.hover(document, offset, found)
    return None if found is None else convert.hover(found, document.positions, asked.client)


def _definition(asked: Asked) -> list[Json]:
    document = asked.document
    found = navigation.definition(document.view, asked.offset)
    return convert.definition(found, document.uri, document.positions, asked.client)


def _references(asked: Asked) -> list[Json]:
    document = asked.document
    declaration = find(asked.params, "context", "includeDeclaration") is True
    found = navigation.references(document.view, asked.offset, declaration=declaration)
    return [convert.location(document.uri, each, document.positions) for each in found]


def _highlights(asked: Asked) -> list[Json]:
    found = navigation.highlights(asked.document.view, asked.offset)
    return [convert.highlight(each, asked.document.positions) for each in found]


def _symbols(asked: Asked) -> list[Json]:
    document = asked.document
    found = symbols.symbols(document.view)
    if asked.client.nested:
        return [convert.symbol(each, document.positions) for each in found]
    return convert.flat(found, document.uri, document.positions)


def _prepare_rename(asked: Asked) -> Json | None:
    found = rename.prepare(asked.document.view, asked.offset)
    if isinstance(found, rename.Refused):
        raise RequestError(found.reason)
    if found is None:
        return None
    where = asked.document.positions.range(found.span)
    return {"range": where, "placeholder": found.reference}


def _rename(asked: Asked) -> Json | None:
    found = rename.rename(asked.document.view, asked.offset, string(asked.params, "newName"))
    if isinstance(found, rename.Refused):
        raise RequestError(found.reason)
    return convert.edit(found, asked.document, asked.client) if found else None


def _callee(asked: Asked) -> list[Json]:
    document = asked.document
    found = call_hierarchy.prepare(document.view, asked.offset)
    return [convert.item(each, document.uri, document.positions) for each in found]


def _incoming(asked: Asked) -> list[Json]:
    positions, uri = asked.document.positions, asked.document.uri
    name = string(asked.params, "item", "name")
    return [
        {
            "from": convert.item(call.item, uri, positions),
            "fromRanges": [positions.range(each) for each in call.spans],
        }
        for call in call_hierarchy.incoming(asked.document.view, name)
    ]


def _outgoing(asked: Asked) -> list[Json]:
    positions, uri = asked.document.positions, asked.document.uri
    name = string(asked.params, "item", "name")
    return [
        {
            "to": convert.item(call.item, uri, positions),
            "fromRanges": [positions.range(each) for each in call.spans],
        }
        for call in call_hierarchy.outgoing(asked.document.view, name)
    ]


def _folds(asked: Asked) -> list[Json]:
    found = folds(asked.document.view.text)
    return [convert.fold(each, asked.document.positions) for each in found]


def _selections(asked: Asked) -> list[Json]:
    positions = asked.document.positions
    offsets = [positions.offset(position(each)) for each in objects(asked.params, "positions")]
    return [convert.selection(selection(asked.document.view, at), positions) for at in offsets]


def _semantic_tokens(asked: Asked) -> Json:
    found = semantic_tokens(asked.document.view)
    return convert.tokens(found, asked.document.positions)


def _lenses(asked: Asked) -> list[Json]:
    document, command = asked.document, asked.options.plan_command
    found = lenses(document.view)
    return [convert.lens(each, document.uri, document.positions, command) for each in found]


def _inlay_hints(asked: Asked) -> list[Json]:
    document, on = asked.document, asked.options
    found = inlay_hints(document.view, document.positions.span(range_of(asked.params, "range")))
    wanted = {"order": on.order, "cron": on.cron}
    return [convert.inlay_hint(each, document.positions) for each in found if wanted[each.kind]]


def _document_links(asked: Asked) -> list[Json]:
    document = asked.document
    positions = document.positions
    found = [
        {"range": positions.range(each.span), "target": uri_of(path)}
        for each, path in linked_files(document.view, asked.folders)
    ]
    found += [
        {"range": positions.range(span), "target": page}
        for span, page in linked_rules(document.view)
    ]
    return found


ANSWERS: dict[str, Callable[[Asked], object]] = {
    "callHierarchy/incomingCalls": _incoming,
    "callHierarchy/outgoingCalls": _outgoing,
    "textDocument/codeLens": _lenses,
    "textDocument/completion": _completion,
    "textDocument/definition": _definition,
    "textDocument/documentHighlight": _highlights,
    "textDocument/documentLink": _document_links,
    "textDocument/documentSymbol": _symbols,
    "textDocument/foldingRange": _folds,
    "textDocument/hover": _hover,
    "textDocument/inlayHint": _inlay_hints,
    "textDocument/prepareCallHierarchy": _callee,
    "textDocument/prepareRename": _prepare_rename,
    "textDocument/references": _references,
    "textDocument/rename": _rename,
    "textDocument/selectionRange": _selections,
    "textDocument/semanticTokens/full": _semantic_tokens,
}
"""The handlers of requests on a document, by method name."""
