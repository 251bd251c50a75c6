"""The capabilities of the editor."""

from __future__ import annotations

from dataclasses import dataclass

from validator.server.params import find

MARKDOWN = "markdown"
PLAIN_TEXT = "plaintext"
"""The formats of text, `MarkupKind`."""

_ENCODINGS = ("utf-8", "utf-16", "utf-32")


@dataclass(frozen=True)
class Client:
    """The capabilities of the client that responses depend on; by default, none of them.

    `encoding` is that of positions: the first that it names and we know.

    Diagnostics: `related` shows further places, `tags` unnecessary text, `described` links to the
    documentation of a rule, `versions` reads the document version; `pulls` requests them itself,
    `refresh` can be asked to request them again.
    Code actions: `literals` accepts them with their edits, `preferred` marks one of them, `changes`
    accepts edits of a known version. Completion: `snippets` accepts placeholders, `as_is` leaves
    indentation alone. `completion_format` and `hover_format` are the best text formats there, None
    for text without a format. `links` accepts a definition together with its origin, `nested`
    accepts symbols in symbols. `watches` can be asked to watch files, `refreshes_hints` to request
    inlay hints again. `creates` can create files as part of an edit. `prepares` asks where a name
    is before it is renamed, `renames` says which files are about to be renamed.
    """

    encoding: str = "utf-16"
    related: bool = False
    tags: bool = False
    described: bool = False
    versions: bool = False
    pulls: bool = False
    refresh: bool = False
    changes: bool = False
    literals: bool = False
    preferred: bool = False
    watches: bool = False
    refreshes_hints: bool = False
    creates: bool = False
    snippets: bool = False
    as_is: bool = False
    completion_format: str | None = None
    hover_format: str | None = None
    links: bool = False
    nested: bool = False
    prepares: bool = False
    renames: bool = False

    @staticmethod
    def of(capabilities: object) -> Client:
        """The capabilities given in an `initialize` request."""

        def has(name: str) -> bool:
            return find(capabilities, *name.split(".")) not in (None, False)

        def listed(name: str) -> list[object]:
            found = find(capabilities, *name.split("."))
            return found if isinstance(found, list) else []

        def format_of(name: str) -> str | None:
            formats = listed(name)
            return next((each for each in (MARKDOWN, PLAIN_TEXT) if each in formats), None)

        push = "textDocument.publishDiagnostics"
        pull = "textDocument.diagnostic"
        action = "textDocument.codeAction"
        item = "textDocument.completion.completionItem"
        encodings = listed("general.positionEncodings")
        return Client(
            encoding=next((str(each) for each in encodings if each in _ENCODINGS), "utf-16"),
            related=has(f"{push}.relatedInformation") or has(f"{pull}.relatedInformation"),
            tags=has(f"{push}.tagSupport") or has(f"{pull}.tagSupport"),
            described=has(f"{push}.codeDescriptionSupport")
            or has(f"{pull}.codeDescriptionSupport"),
            versions=has(f"{push}.versionSupport"),
            pulls=has(pull),
            refresh=has("workspace.diagnostics.refreshSupport"),
            changes=has("workspace.workspaceEdit.documentChanges"),
            literals=has(f"{action}.codeActionLiteralSupport"),
            preferred=has(f"{action}.isPreferredSupport"),
            refreshes_hints=has("workspace.inlayHint.refreshSupport"),
            creates="create" in listed("workspace.workspaceEdit.resourceOperations"),
            watches=has("workspace.didChangeWatchedFiles.dynamicRegistration"),
            snippets=has(f"{item}.snippetSupport"),
            as_is=has(f"{item}.insertTextModeSupport"),
            completion_format=format_of(f"{item}.documentationFormat"),
            hover_format=format_of("textDocument.hover.contentFormat"),
            links=has("textDocument.definition.linkSupport"),
            nested=has("textDocument.documentSymbol.hierarchicalDocumentSymbolSupport"),
            prepares=has("textDocument.rename.prepareSupport"),
            renames=has("workspace.fileOperations.willRename"),
        )
