"""Editors as simulated by tests: their capabilities, and their messages to the server."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable
from copy import deepcopy
from functools import cache
from pathlib import Path

from lsprotocol import types
from pytest_lsp import LanguageClient, client_capabilities
from pytest_lsp.client import DEFAULT_CLIENT_FEATURES, register_lsp_features

from tests.server.protocol import converter, plain
from validator.server import capabilities as what_clients_can

SERVER = [sys.executable, "-m", "validator", "lsp"]

PLACE = ".ona/automations.yaml"

NAMES = ("visual-studio-code", "neovim@v0.6", "neovim@v0.11", "emacs", "bare")
"""Editors with different capabilities; `bare` has none of the optional ones."""


def capabilities(name: str) -> types.ClientCapabilities:
    """The capabilities of an editor."""
    return deepcopy(_capabilities(name))


@cache
def _capabilities(name: str) -> types.ClientCapabilities:
    if name == "bare":
        return types.ClientCapabilities()
    found: types.ClientCapabilities = client_capabilities(name)
    return found


class Client(LanguageClient):
    """A client that keeps everything that is published and registered, in order."""

    def __init__(self) -> None:
        super().__init__(converter_factory=converter)
        self.published: list[types.PublishDiagnosticsParams] = []
        self.registered: list[types.Registration] = []

        def publish(params: types.PublishDiagnosticsParams) -> None:
            self.published.append(params)

        def register(params: types.RegistrationParams) -> None:
            self.registered.extend(params.registrations)

        features = dict(DEFAULT_CLIENT_FEATURES)
        features[types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS] = publish
        features[types.CLIENT_REGISTER_CAPABILITY] = register
        register_lsp_features(self, features)


class Editor:
    """An editor in a folder. `can` are its capabilities, as the server reads them."""

    def __init__(self, client: Client, folder: Path, given: types.ClientCapabilities) -> None:
        self.client = client
        self.folder = folder
        self.given = given
        self.can = what_clients_can.Client.of(plain(given))
        self._opened: list[str] = []

    async def initialize(
        self, *more_folders: Path, settings: object = None
    ) -> types.InitializeResult:
        """Begin the session, if the server is the test's own."""
        folders = [
            types.WorkspaceFolder(each.as_uri(), each.name) for each in (self.folder, *more_folders)
        ]
        params = types.InitializeParams(
            self.given, workspace_folders=folders, initialization_options=settings
        )
        result: types.InitializeResult = await self.client.initialize_session(params)
        return result

    @property
    def published(self) -> list[types.PublishDiagnosticsParams]:
        """What was published for the folder's documents, unless cleared."""
        return [each for each in self.client.published if each.uri.startswith(self.uri(""))]

    def uri(self, path: str = PLACE) -> str:
        return (self.folder / path).as_uri()

    def open(self, text: str, path: str = PLACE) -> str:
        """Open a document; returns its URI."""
        uri = self.uri(path)
        item = types.TextDocumentItem(uri, "yaml", 1, text)
        self.client.text_document_did_open(types.DidOpenTextDocumentParams(item))
        self._opened.append(uri)
        return uri

    def close(self, uri: str) -> None:
        named = types.TextDocumentIdentifier(uri)
        self.client.text_document_did_close(types.DidCloseTextDocumentParams(named))

    def close_all(self) -> None:
        for uri in self._opened:
            self.close(uri)

    def change(
        self, uri: str, version: int, *changes: types.TextDocumentContentChangeEvent
    ) -> None:
        named = types.VersionedTextDocumentIdentifier(version, uri)
        self.client.text_document_did_change(types.DidChangeTextDocumentParams(named, changes))

    def replace(self, uri: str, version: int, text: str) -> None:
        """Send a document's whole text."""
        self.change(uri, version, types.TextDocumentContentChangeWholeDocument(text))

    def insert(self, uri: str, version: int, line: int, character: int, text: str) -> None:
        """Type a text at a position."""
        at = types.Position(line, character)
        self.change(uri, version, types.TextDocumentContentChangePartial(types.Range(at, at), text))

    async def diagnostics(self, uri: str) -> list[types.Diagnostic]:
        """The diagnostics published for a document, now or next."""
        await self.until(lambda: any(each.uri == uri for each in self.published))
        last = [each for each in self.published if each.uri == uri][-1]
        self.client.published[:] = [each for each in self.client.published if each.uri != uri]
        return list(last.diagnostics)

    async def until(self, true: Callable[[], bool]) -> None:
        """Wait for a condition; raises TimeoutError after 20 seconds."""

        async def wait() -> None:
            while not true():
                await asyncio.sleep(0.005)

        await asyncio.wait_for(wait(), 20)

    async def pull(self, uri: str, previous: str | None = None) -> types.DocumentDiagnosticReport:
        """Request the diagnostics of a document."""
        params = types.DocumentDiagnosticParams(
            types.TextDocumentIdentifier(uri), previous_result_id=previous
        )
        report: types.DocumentDiagnosticReport
        report = await self.client.text_document_diagnostic_async(params)
        return report

    async def actions(
        self,
        uri: str,
        line: int,
        character: int = 0,
        only: list[str] | None = None,
        trigger: types.CodeActionTriggerKind = types.CodeActionTriggerKind.Invoked,
    ) -> list[types.CodeAction]:
        """Request the code actions at a position."""
        at = types.Position(line, character)
        context = types.CodeActionContext([], only, trigger)
        params = types.CodeActionParams(
            types.TextDocumentIdentifier(uri), types.Range(at, at), context
        )
        found = await self.client.text_document_code_action_async(params)
        return [each for each in found or () if isinstance(each, types.CodeAction)]
