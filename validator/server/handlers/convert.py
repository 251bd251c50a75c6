"""Convert results of the features in `validator.language` to LSP types."""

from __future__ import annotations

from collections.abc import Iterable
from typing import get_args

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
from validator.server.capabilities import MARKDOWN, PLAIN_TEXT, Client
from validator.server.documents import OpenDocument
from validator.server.jsonrpc import Json, present
from validator.server.positions import Positions
from validator.shell.highlighting import TokenType

TOKEN_TYPES: tuple[TokenType, ...] = get_args(TokenType)
"""The legend of semantic tokens: standard types, of which all editors know the colours."""

# Kinds that every editor knows: Language Server Protocol 3.17, "CompletionItemKind".
_VALUE = 12
_COMPLETIONS = {
    "boolean": _VALUE,
    "field": 10,  # Property
    "reference": 18,  # Reference
    "section": 9,  # Module
    "snippet": 15,  # Snippet
    "trigger": _VALUE,
    "value": _VALUE,
}
_SNIPPET = 2
"""The `InsertTextFormat` of a text with placeholders."""
_AS_IS = 1
"""The `InsertTextMode` of a text whose indentation is right."""

# The same, "SymbolKind".
_SYMBOLS = {
    "field": 7,  # Property
    "section": 3,  # Namespace
    "service": 5,  # Class
    "task": 12,  # Function
}

# The same, "DocumentHighlightKind".
_READ, _WRITE = 2, 3


def markup(text: Markup, kind: str) -> Json:
    """Text as Markdown, or as plain text: a `MarkupContent`."""
    return {"kind": kind, "value": text.markdown if kind == MARKDOWN else text.plain}


def location(uri: str, span: Span, positions: Positions) -> Json:
    """A `Location`: a span of a file."""
    return {"uri": uri, "range": positions.range(span)}


def completion(given: Completion, positions: Positions, offset: int, client: Client) -> Json:
    """A completion at an offset; `given` has placeholders only if the editor supports them."""
    typed = positions.text.value[given.span.start : offset]
    said = given.documentation
    kind = client.completion_format
    return present(
        label=given.label,
        kind=_COMPLETIONS[given.kind],
        detail=given.detail or None,
        documentation=(markup(said, kind) if kind else said.plain) if said else None,
        sortText=given.sort,
        # An editor compares what is typed with the label, which has no quotes.
        filterText=typed[0] + given.label if typed[:1] in ("'", '"') and typed else None,
        textEdit={"range": positions.range(given.span), "newText": given.text},
        insertTextFormat=_SNIPPET if given.snippet else None,
        insertTextMode=_AS_IS if client.as_is else None,
    )


def hover(given: Hover, positions: Positions, client: Client) -> Json:
    """A hover on a span."""
    kind = client.hover_format or PLAIN_TEXT
    return {"contents": markup(given.text, kind), "range": positions.range(given.span)}


def definition(
    given: tuple[Definition, ...], uri: str, positions: Positions, client: Client
) -> list[Json]:
    """The targets of a reference."""
    if not client.links:
        return [location(uri, each.key, positions) for each in given]
    return [
        {
            "targetUri": uri,
            "targetRange": positions.range(each.span),
            "targetSelectionRange": positions.range(each.key),
            "originSelectionRange": positions.range(each.origin),
        }
        for each in given
    ]


def highlight(given: Occurrence, positions: Positions) -> Json:
    """An occurrence of a reference; a declaration is a write."""
    kind = _WRITE if given.declaration else _READ
    return {"range": positions.range(given.span), "kind": kind}


def symbol(given: Symbol, positions: Positions) -> Json:
    """A symbol with its children."""
    return present(
        name=given.name,
        kind=_SYMBOLS[given.kind],
        range=positions.range(given.span),
        selectionRange=positions.range(given.key),
        detail=given.detail or None,
        children=[symbol(each, positions) for each in given.children],
    )


def flat(
    given: tuple[Symbol, ...], uri: str, positions: Positions, container: str | None = None
) -> list[Json]:
    """Symbols as a flat list, for an editor that does not support nested ones."""
    found: list[Json] = []
    for each in given:
        found.append(
            present(
                location=location(uri, each.span, positions),
                name=each.name,
                kind=_SYMBOLS[each.kind],
                containerName=container,
            )
        )
        found += flat(each.children, uri, positions, each.name)
    return found


def workspace_symbol(given: Found, uri: str, positions: Positions) -> Json:
    """A task or service of one of several files."""
    return present(
        location=location(uri, given.symbol.key, positions),
        name=given.symbol.name,
        kind=_SYMBOLS[given.symbol.kind],
        containerName=given.section,
    )


def item(given: Item, uri: str, positions: Positions) -> Json:
    """A task or service in the call hierarchy."""
    return present(
        name=given.reference,
        kind=_SYMBOLS[given.role],
        uri=uri,
        range=positions.range(given.span),
        selectionRange=positions.range(given.key),
        detail=given.name or None,
    )


def fold(given: Fold, positions: Positions) -> Json:
    """Lines that can be folded."""
    lines = positions.range(given.span)
    kind = "comment" if given.kind == "comment" else None
    return present(startLine=lines["start"]["line"], endLine=lines["end"]["line"], kind=kind)


def selection(given: Iterable[Span], positions: Positions) -> Json:
    """Spans, the innermost first, as nested ranges."""
    outer: Json | None = None
    for span in reversed(list(given)):
        outer = present(range=positions.range(span), parent=outer)
    assert outer is not None
    return outer


def lens(given: Lens, uri: str, positions: Positions, plan_command: str | None) -> Json:
    """A line of text above a task or service; it shows its plan, if the editor can show that."""
    arguments = [uri, given.reference] if plan_command else None
    # A command without a name does nothing.
    command = present(title=given.title, command=plan_command or "", arguments=arguments)
    return {"range": positions.range(given.span), "command": command}


def inlay_hint(given: InlayHint, positions: Positions) -> Json:
    """A hint, apart from the text before it."""
    where = positions.position(given.offset)
    return {"position": where, "label": given.label, "paddingLeft": True}


def edit(made: Iterable[Edit], document: OpenDocument, client: Client) -> Json:
    """Edits of a document, bound to its version if the editor supports that."""
    edits = [
        {"range": document.positions.range(each.span), "newText": each.text}
        for each in sorted(made)
    ]
    if not client.changes:
        return {"changes": {document.uri: edits}}
    named = {"uri": document.uri, "version": document.version}
    return {"documentChanges": [{"textDocument": named, "edits": edits}]}


def with_new_file(made: Json, uri: str, content: str) -> Json:
    """An edit together with a new file, which does not replace one that exists."""
    start = {"line": 0, "character": 0}
    text = {
        "textDocument": {"uri": uri, "version": None},
        "edits": [{"range": {"start": start, "end": start}, "newText": content}],
    }
    create = {"kind": "create", "uri": uri, "options": {"overwrite": False}}
    return {"documentChanges": [create, text, *made["documentChanges"]]}


def tokens(found: list[SemanticToken], positions: Positions) -> Json:
    """Tokens as five numbers each: line and character relative to the one before, and so on."""
    data: list[int] = []
    line = character = 0
    for span, type_ in found:
        start, end = positions.position(span.start), positions.position(span.end)
        new_line = start["line"] != line
        data += [
            start["line"] - line,
            start["character"] - (0 if new_line else character),
            end["character"] - start["character"],
            TOKEN_TYPES.index(type_),
            0,
        ]
        line, character = start["line"], start["character"]
    return {"data": data}
