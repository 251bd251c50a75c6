"""The capabilities of the editor."""

from __future__ import annotations

from dataclasses import dataclass

from lsprotocol import types
from pygls.capabilities import get_capability


@dataclass(frozen=True)
class Client:
    """The capabilities of the client that responses depend on; by default, none of them.

    Diagnostics: `related` shows further places, `tags` unnecessary text, `described` links to the
    documentation of a rule, `versions` reads the document version; `pulls` requests them itself,
    `refresh` can be asked to request them again.
    Code actions: `literals` accepts them with their edits, `preferred` marks one of them, `changes`
    accepts edits of a known version. Completion: `snippets` accepts placeholders, `as_is` leaves
    indentation alone. `completion_format` and `hover_format` are the best text formats there, None
    for text without a format. `links` accepts a definition together with its origin, `nested`
    accepts symbols in symbols. `watches` can be asked to watch files, `refreshes_hints` to request
    inlay hints again. `creates` can create files as part of an edit.
    """

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
    completion_format: types.MarkupKind | None = None
    hover_format: types.MarkupKind | None = None
    links: bool = False
    nested: bool = False

    @staticmethod
    def of(capabilities: types.ClientCapabilities) -> Client:
        """The capabilities given in an `initialize` request."""

        def has(name: str) -> bool:
            return get_capability(capabilities, name) not in (None, False)

        def format_of(name: str) -> types.MarkupKind | None:
            formats = get_capability(capabilities, name) or ()
            best = (types.MarkupKind.Markdown, types.MarkupKind.PlainText)
            return next((each for each in best if each in formats), None)

        push = "text_document.publish_diagnostics"
        pull = "text_document.diagnostic"
        action = "text_document.code_action"
        item = "text_document.completion.completion_item"
        return Client(
            related=has(f"{push}.related_information") or has(f"{pull}.related_information"),
            tags=has(f"{push}.tag_support") or has(f"{pull}.tag_support"),
            described=has(f"{push}.code_description_support")
            or has(f"{pull}.code_description_support"),
            versions=has(f"{push}.version_support"),
            pulls=has(pull),
            refresh=has("workspace.diagnostics.refresh_support"),
            changes=has("workspace.workspace_edit.document_changes"),
            literals=has(f"{action}.code_action_literal_support"),
            preferred=has(f"{action}.is_preferred_support"),
            refreshes_hints=has("workspace.inlay_hint.refresh_support"),
            creates=types.ResourceOperationKind.Create
            in (get_capability(capabilities, "workspace.workspace_edit.resource_operations") or ()),
            watches=has("workspace.did_change_watched_files.dynamic_registration"),
            snippets=has(f"{item}.snippet_support"),
            as_is=has(f"{item}.insert_text_mode_support"),
            completion_format=format_of(f"{item}.documentation_format"),
            hover_format=format_of("text_document.hover.content_format"),
            links=has("text_document.definition.link_support"),
            nested=has("text_document.document_symbol.hierarchical_document_symbol_support"),
        )
