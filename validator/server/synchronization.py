"""Synchronize documents with the editor, starting with `initialize`, and publish diagnostics."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial
from typing import Any

from lsprotocol import types

from validator.configuration.config import FILE_NAME, PROJECT_FILE_NAME
from validator.kinds import KNOWN_PATHS, WORKFLOW_PATHS
from validator.report import Report
from validator.server.capabilities import Client
from validator.server.documents import OpenDocument
from validator.server.handlers.diagnostics import diagnostics
from validator.server.handlers.workspace_diagnostics import WorkspaceDiagnostics
from validator.server.language_server import Session
from validator.server.options import SECTION
from validator.server.parent import watch

_NAMES = (FILE_NAME, PROJECT_FILE_NAME)


class Synchronization:
    """Handle document notifications, and publish diagnostics.

    An editor that pulls diagnostics gets a response instead, see `_pull`.
    """

    def __init__(self, session: Session) -> None:
        self._session = session
        self._publishing: dict[str, asyncio.Task[None]] = {}
        self._published: set[str] = set()
        self._workspace = WorkspaceDiagnostics(session)

    def register(self) -> None:
        """Register the handlers with the server."""
        handlers: dict[str, Callable[[Any], None]] = {
            types.INITIALIZE: self._initialize,
            types.INITIALIZED: self._initialized,
            types.TEXT_DOCUMENT_DID_OPEN: self._open,
            types.TEXT_DOCUMENT_DID_CHANGE: self._change,
            types.TEXT_DOCUMENT_DID_CLOSE: self._close,
            types.TEXT_DOCUMENT_DID_SAVE: self._save,
            types.WORKSPACE_DID_CHANGE_WATCHED_FILES: self._files_changed,
            types.WORKSPACE_DID_CHANGE_CONFIGURATION: self._settings_changed,
            types.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS: self._folders_changed,
        }
        for method, handler in handlers.items():
            # pygls sets attributes on handlers, which methods don't support.
            self._session.feature(method)(partial(handler))

    def _initialize(self, params: types.InitializeParams) -> None:
        session = self._session
        session.client = Client.of(params.capabilities)
        session.configure(params.initialization_options)
        if params.process_id is not None:
            watch(params.process_id, session.abandon)
        encoding = types.PositionEncodingKind(session.workspace.position_encoding)
        session.documents.encoding = encoding.value
        options = params.initialization_options
        # Whatever is not exactly this is not trust.
        trusted = isinstance(options, dict) and options.get("trusted") is True
        session.documents.configurations.trusted = trusted
        if session.client.pulls:
            session.feature(types.TEXT_DOCUMENT_DIAGNOSTIC)(partial(self._pull))
            if session.options.workspace:
                session.feature(types.WORKSPACE_DIAGNOSTIC)(partial(self._workspace.pull))

    def _initialized(self, _params: types.InitializedParams) -> None:
        """Ask the editor to watch configuration and automations files, if it can."""
        self._workspace.publish_soon()
        if not self._session.client.watches:
            return
        names = (*_NAMES, *KNOWN_PATHS, *WORKFLOW_PATHS)
        watchers = [types.FileSystemWatcher(f"**/{name}") for name in names]
        registration = types.Registration(
            "configuration",
            types.WORKSPACE_DID_CHANGE_WATCHED_FILES,
            types.DidChangeWatchedFilesRegistrationOptions(watchers),
        )
        self._session.client_register_capability(types.RegistrationParams([registration]))

    def _open(self, params: types.DidOpenTextDocumentParams) -> None:
        given = params.text_document
        self._publish_soon(self._session.documents.open(given.uri, given.version, given.text))

    def _change(self, params: types.DidChangeTextDocumentParams) -> None:
        named = params.text_document
        changed = self._session.documents.change(named.uri, named.version, params.content_changes)
        if changed is not None:
            self._publish_soon(changed)

    def _close(self, params: types.DidCloseTextDocumentParams) -> None:
        uri = params.text_document.uri
        self._session.documents.close(uri)
        task = self._publishing.pop(uri, None)
        if task is not None:
            task.cancel()
        if uri in self._published:
            self._published.discard(uri)
            self._session.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, []))
        self._workspace.closed(uri)

    def _save(self, _params: types.DidSaveTextDocumentParams) -> None:
        """A saved file may be a configuration, which not every editor can watch."""
        if not self._session.client.watches:
            self._reload()

    def _files_changed(self, params: types.DidChangeWatchedFilesParams) -> None:
        """Check again what a changed file concerns: a configuration all, another only itself."""
        if any(each.uri.endswith(_NAMES) for each in params.changes):
            self._reload()
        else:
            self._workspace.changed()
            self._refresh()

    def _settings_changed(self, params: types.DidChangeConfigurationParams) -> None:
        """Take over the editor's settings, if they are in the notification."""
        given = params.settings
        if isinstance(given, dict) and SECTION in given:
            self._session.configure(given[SECTION])
            self._refresh_hints()
        self._reload()

    def _folders_changed(self, _params: object) -> None:
        self._workspace.changed()
        self._refresh()

    def _reload(self) -> None:
        """Check all documents again: a configuration may have changed."""
        documents = self._session.documents
        documents.renew()
        for document in documents:
            self._publish_soon(document)
        self._workspace.changed(everything=True)
        self._refresh()

    def _refresh(self) -> None:
        """Have the editor ask for diagnostics again, if it can be asked to."""
        if self._session.client.pulls and self._session.client.refresh:
            self._session.workspace_diagnostic_refresh(None)

    def _refresh_hints(self) -> None:
        """Have the editor ask for inlay hints again, if it can be asked to."""
        if self._session.client.refreshes_hints:
            self._session.workspace_inlay_hint_refresh(None)

    def _publish_soon(self, document: OpenDocument) -> None:
        if self._session.client.pulls:
            return
        uri = document.uri
        before = self._publishing.get(uri)
        if before is not None:
            before.cancel()
        self._publishing[uri] = asyncio.get_running_loop().create_task(self._publish(uri))

    async def _publish(self, uri: str) -> None:
        """Publish the findings of a document after a pause, unless there was an edit since."""
        session = self._session
        document = await session.checks.settled(uri)
        if document is None:
            return
        report = await session.checks.report(document)
        self._send(document, report)
        whole = await session.checks.whole_report(document)
        if whole.findings != report.findings:
            self._send(document, whole)

    def _send(self, document: OpenDocument, report: Report) -> None:
        """Publish a report, if no edit has come since."""
        session, uri = self._session, document.uri
        served = document.config is not None
        if session.documents.is_current(document) and (served or uri in self._published):
            self._published.add(uri)
            params = types.PublishDiagnosticsParams(
                uri,
                diagnostics(report, document, session.client),
                version=document.version if session.client.versions else None,
            )
            session.text_document_publish_diagnostics(params)

    async def _pull(self, params: types.DocumentDiagnosticParams) -> types.DocumentDiagnosticReport:
        """The findings of a document after a pause; or that they are unchanged."""
        session = self._session
        document = await session.checks.settled(params.text_document.uri)
        if document is None:
            return types.RelatedFullDocumentDiagnosticReport([])
        report = await session.checks.whole_report(document)
        result_id = str(document.serial)
        if result_id == params.previous_result_id:
            return types.RelatedUnchangedDocumentDiagnosticReport(result_id)
        found = diagnostics(report, document, session.client)
        return types.RelatedFullDocumentDiagnosticReport(found, result_id=result_id)
