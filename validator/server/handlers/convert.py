"""Convert results of the features in `validator.language` to LSP types."""

from __future__ import annotations

from collections.abc import Iterable
from typing import get_args

from lsprotocol import types

from validator.finding import Edit, Span
from validator.language.features.call_hierarchy import Item
from validator.language.features.code_lens import Lens
from validator.language.features.completion import Completion
from validator.language.features.folding import Fold
from validator.language.features.hover import Hover
from validator.language.features.inlay_hints import InlayHint
from validator.language.features.navigation import Definition
from validator.language.features.semantic_tokens import SemanticToken
from validator.language.features.symbols import Found, Symbol
from validator.language.markup import Markup
from validator.language.occurrences import Occurrence
from validator.server.capabilities import Client
from validator.server.documents import OpenDocument
from validator.server.positions import Positions
from validator.shell.highlighting import TokenType

TOKEN_TYPES: tuple[TokenType, ...] = get_args(TokenType)
"""The legend of semantic tokens: standard types, of which all editors know the colours."""

# Kinds that every editor knows: Language Server Protocol 3.17, "CompletionItemKind".
_COMPLETIONS = {
    "boolean": types.CompletionItemKind.Value,
    "field": types.CompletionItemKind.Property,
    "reference": types.CompletionItemKind.Reference,
    "section": types.CompletionItemKind.Module,
    "snippet": types.CompletionItemKind.Snippet,
    "trigger": types.CompletionItemKind.Value,
    "value": types.CompletionItemKind.Value,
}

_SYMBOLS = {
    "field": types.SymbolKind.Property,
    "section": types.SymbolKind.Namespace,
    "service": types.SymbolKind.Class,
    "task": types.SymbolKind.Function,
}


def markup(text: Markup, kind: types.MarkupKind) -> types.MarkupContent:
    """Text as Markdown, or as plain text."""
    return types.MarkupContent(
        kind, text.markdown if kind == types.MarkupKind.Markdown else text.plain
    )


def completion(
    given: Completion, positions: Positions, offset: int, client: Client
) -> types.CompletionItem:
    """A completion at an offset; `given` has placeholders only if the editor supports them."""
    typed = positions.text.value[given.span.start : offset]
    said = given.documentation
    kind = client.completion_format
    return types.CompletionItem(
        given.label,
        kind=_COMPLETIONS[given.kind],
        detail=given.detail or None,
        documentation=(markup(said, kind) if kind else said.plain) if said else None,
        sort_text=given.sort,
        # An editor compares what is typed with the label, which has no quotes.
        filter_text=typed[0] + given.label if typed[:1] in ("'", '"') and typed else None,
        text_edit=types.TextEdit(positions.range(given.span), given.text),
        insert_text_format=types.InsertTextFormat.Snippet if given.snippet else None,
        insert_text_mode=types.InsertTextMode.AsIs if client.as_is else None,
    )


def hover(given: Hover, positions: Positions, client: Client) -> types.Hover:
    """A hover on a span."""
    kind = client.hover_format or types.MarkupKind.PlainText
    return types.Hover(markup(given.text, kind), positions.range(given.span))


def definition(
    given: tuple[Definition, ...], uri: str, positions: Positions, client: Client
) -> list[types.Location] | list[types.LocationLink]:
    """The targets of a reference."""
    if not client.links:
        return [types.Location(uri, positions.range(each.key)) for each in given]
    return [
        types.LocationLink(
            target_uri=uri,
            target_range=positions.range(each.span),
            target_selection_range=positions.range(each.key),
            origin_selection_range=positions.range(each.origin),
        )
        for each in given
    ]


def highlight(given: Occurrence, positions: Positions) -> types.DocumentHighlight:
    """An occurrence of a reference; a declaration is a write."""
    kinds = types.DocumentHighlightKind
    kind = kinds.Write if given.declaration else kinds.Read
    return types.DocumentHighlight(positions.range(given.span), kind)


def symbol(given: Symbol, positions: Positions) -> types.DocumentSymbol:
    """A symbol with its children."""
    return types.DocumentSymbol(
        given.name,
        _SYMBOLS[given.kind],
        positions.range(given.span),
        positions.range(given.key),
        detail=given.detail or None,
        children=[symbol(each, positions) for each in given.children],
    )


def flat(
    given: tuple[Symbol, ...], uri: str, positions: Positions, container: str | None = None
) -> list[types.SymbolInformation]:
    """Symbols as a flat list, for an editor that does not support nested ones."""
    found: list[types.SymbolInformation] = []
    for each in given:
        location = types.Location(uri, positions.range(each.span))
        kind = _SYMBOLS[each.kind]
        found.append(types.SymbolInformation(location, each.name, kind, container_name=container))
        found += flat(each.children, uri, positions, each.name)
    return found


def workspace_symbol(given: Found, uri: str, positions: Positions) -> types.WorkspaceSymbol:
    """A task or service of one of several files."""
    location = types.Location(uri, positions.range(given.symbol.key))
    kind = _SYMBOLS[given.symbol.kind]
    return types.WorkspaceSymbol(location, given.symbol.name, kind, container_name=given.section)


def item(given: Item, uri: str, positions: Positions) -> types.CallHierarchyItem:
    """A task or service in the call hierarchy."""
    return types.CallHierarchyItem(
        given.reference,
        _SYMBOLS[given.role],
        uri,
        positions.range(given.span),
        positions.range(given.key),
        detail=given.name or None,
    )


def fold(given: Fold, positions: Positions) -> types.FoldingRange:
    """Lines that can be folded."""
    lines = positions.range(given.span)
    kind = types.FoldingRangeKind.Comment if given.kind == "comment" else None
    return types.FoldingRange(lines.start.line, lines.end.line, kind=kind)


def selection(given: Iterable[Span], positions: Positions) -> types.SelectionRange:
    """Spans, the innermost first, as nested ranges."""
    outer: types.SelectionRange | None = None
    for span in reversed(list(given)):
        outer = types.SelectionRange(positions.range(span), outer)
    assert outer is not None
    return outer


def lens(given: Lens, uri: str, positions: Positions, plan_command: str | None) -> types.CodeLens:
    """A line of text above a task or service; it shows its plan, if the editor can show that."""
    arguments: list[types.LSPAny] | None = [uri, given.reference] if plan_command else None
    # A command without a name does nothing.
    command = types.Command(given.title, plan_command or "", arguments=arguments)
    return types.CodeLens(positions.range(given.span), command)


def inlay_hint(given: InlayHint, positions: Positions) -> types.InlayHint:
    """A hint, apart from the text before it."""
    where = positions.range(Span(given.offset, given.offset)).start
    return types.InlayHint(where, given.label, padding_left=True)


def edit(made: Iterable[Edit], document: OpenDocument, client: Client) -> types.WorkspaceEdit:
    """Edits of a document, bound to its version if the editor supports that."""
    edits = [
        types.TextEdit(document.positions.range(each.span), each.text) for each in sorted(made)
    ]
    if not client.changes:
        return types.WorkspaceEdit(changes={document.uri: edits})
    named = types.OptionalVersionedTextDocumentIdentifier(document.uri, document.version)
    return types.WorkspaceEdit(document_changes=[types.TextDocumentEdit(named, edits)])


def with_new_file(made: types.WorkspaceEdit, uri: str, content: str) -> types.WorkspaceEdit:
    """An edit together with a new file, which does not replace one that exists."""
    start = types.Position(0, 0)
    named = types.OptionalVersionedTextDocumentIdentifier(uri)
    text = types.TextDocumentEdit(named, [types.TextEdit(types.Range(start, start), content)])
    create = types.CreateFile(uri, options=types.CreateFileOptions(overwrite=False))
    return types.WorkspaceEdit(document_changes=[create, text, *(made.document_changes or ())])


def tokens(found: list[SemanticToken], positions: Positions) -> types.SemanticTokens:
    """Tokens as five numbers each: line and character relative to the one before, and so on."""
    data: list[int] = []
    line = character = 0
    for span, type_ in found:
        where = positions.range(span)
        new_line = where.start.line != line
        data += [
            where.start.line - line,
            where.start.character - (0 if new_line else character),
            where.end.character - where.start.character,
            TOKEN_TYPES.index(type_),
            0,
        ]
        line, character = where.start.line, where.start.character
    return types.SemanticTokens(data)
