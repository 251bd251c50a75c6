"""The answers to requests on an open document: imported at the first one, not at the start."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from lsprotocol import types
from pygls.exceptions import JsonRpcException

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
from validator.server.options import Options


class Asked(NamedTuple):
    """A request: its parameters, the current document, and the editor's capabilities.

    `folders` are the editor's workspace folders, `options` its settings.
    """

    params: Any
    document: OpenDocument
    client: Client
    folders: Sequence[str] = ()
    options: Options = Options()

    @property
    def offset(self) -> int:
        """The offset of the requested position."""
        return self.document.positions.offset(self.params.position)


def _completion(asked: Asked) -> list[types.CompletionItem]:
    offset, client, document = asked.offset, asked.client, asked.document
    names = suppressions.complete(document, offset)
    found = complete(document.view, offset, snippets=client.snippets) if names is None else names
    return [convert.completion(each, document.positions, offset, client) for each in found]


def _hover(asked: Asked) -> types.Hover | None:
    document, offset = asked.document, asked.offset
    found = suppressions.hover(document, offset) or hover(document.view, offset)
    found = own_findings.hover(document, offset, found)
    return None if found is None else convert.hover(found, document.positions, asked.client)


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


def _prepare_rename(asked: Asked) -> types.PrepareRenamePlaceholder | None:
    found = rename.prepare(asked.document.view, asked.offset)
    if isinstance(found, rename.Refused):
        raise _refusal(found)
    if found is None:
        return None
    return types.PrepareRenamePlaceholder(
        asked.document.positions.range(found.span), found.reference
    )


def _rename(asked: Asked) -> types.WorkspaceEdit | None:
    found = rename.rename(asked.document.view, asked.offset, asked.params.new_name)
    if isinstance(found, rename.Refused):
        raise _refusal(found)
    return convert.edit(found, asked.document, asked.client) if found else None


def _refusal(refused: rename.Refused) -> JsonRpcException:
    return JsonRpcException(refused.reason, types.LSPErrorCodes.RequestFailed)


def _callee(asked: Asked) -> list[types.CallHierarchyItem]:
    document = asked.document
    found = call_hierarchy.prepare(document.view, asked.offset)
    return [convert.item(each, document.uri, document.positions) for each in found]


def _incoming(asked: Asked) -> list[types.CallHierarchyIncomingCall]:
    positions, uri = asked.document.positions, asked.document.uri
    return [
        types.CallHierarchyIncomingCall(
            convert.item(call.item, uri, positions), [positions.range(each) for each in call.spans]
        )
        for call in call_hierarchy.incoming(asked.document.view, asked.params.item.name)
    ]


def _outgoing(asked: Asked) -> list[types.CallHierarchyOutgoingCall]:
    positions, uri = asked.document.positions, asked.document.uri
    return [
        types.CallHierarchyOutgoingCall(
            convert.item(call.item, uri, positions), [positions.range(each) for each in call.spans]
        )
        for call in call_hierarchy.outgoing(asked.document.view, asked.params.item.name)
    ]


def _folds(asked: Asked) -> list[types.FoldingRange]:
    found = folds(asked.document.view.text)
    return [convert.fold(each, asked.document.positions) for each in found]


def _selections(asked: Asked) -> list[types.SelectionRange]:
    positions = asked.document.positions
    offsets = map(positions.offset, asked.params.positions)
    return [convert.selection(selection(asked.document.view, at), positions) for at in offsets]


def _semantic_tokens(asked: Asked) -> types.SemanticTokens:
    found = semantic_tokens(asked.document.view)
    return convert.tokens(found, asked.document.positions)


def _lenses(asked: Asked) -> list[types.CodeLens]:
    document, command = asked.document, asked.options.plan_command
    found = lenses(document.view)
    return [convert.lens(each, document.uri, document.positions, command) for each in found]


def _inlay_hints(asked: Asked) -> list[types.InlayHint]:
    document, on = asked.document, asked.options
    found = inlay_hints(document.view, document.positions.span(asked.params.range))
    wanted = {"order": on.order, "cron": on.cron}
    return [convert.inlay_hint(each, document.positions) for each in found if wanted[each.kind]]


def _document_links(asked: Asked) -> list[types.DocumentLink]:
    document = asked.document
    positions = document.positions
    found = [
        types.DocumentLink(positions.range(each.span), Path(path).as_uri())
        for each, path in linked_files(document.view, asked.folders)
    ]
    found += [
        types.DocumentLink(positions.range(span), page)
        for span, page in linked_rules(document.view)
    ]
    return found


ANSWERS: dict[str, Callable[[Asked], object]] = {
    types.CALL_HIERARCHY_INCOMING_CALLS: _incoming,
    types.CALL_HIERARCHY_OUTGOING_CALLS: _outgoing,
    types.TEXT_DOCUMENT_CODE_LENS: _lenses,
    types.TEXT_DOCUMENT_COMPLETION: _completion,
    types.TEXT_DOCUMENT_DEFINITION: _definition,
    types.TEXT_DOCUMENT_DOCUMENT_HIGHLIGHT: _highlights,
    types.TEXT_DOCUMENT_DOCUMENT_LINK: _document_links,
    types.TEXT_DOCUMENT_DOCUMENT_SYMBOL: _symbols,
    types.TEXT_DOCUMENT_FOLDING_RANGE: _folds,
    types.TEXT_DOCUMENT_HOVER: _hover,
    types.TEXT_DOCUMENT_INLAY_HINT: _inlay_hints,
    types.TEXT_DOCUMENT_PREPARE_CALL_HIERARCHY: _callee,
    types.TEXT_DOCUMENT_PREPARE_RENAME: _prepare_rename,
    types.TEXT_DOCUMENT_REFERENCES: _references,
    types.TEXT_DOCUMENT_RENAME: _rename,
    types.TEXT_DOCUMENT_SELECTION_RANGE: _selections,
    types.TEXT_DOCUMENT_SEMANTIC_TOKENS_FULL: _semantic_tokens,
}
"""The handlers of requests on a document, by method name."""
