"""Synchronize documents with the editor, starting with `initialize`, and publish diagnostics."""

from __future__ import annotations

import asyncio

from validator.configuration.config import FILE_NAME, PROJECT_FILE_NAME
from validator.kinds import KNOWN_PATHS, WORKFLOW_PATHS
from validator.report import Report
from validator.server.documents import OpenDocument
from validator.server.handlers.diagnostics import diagnostics
from validator.server.handlers.workspace_diagnostics import WorkspaceDiagnostics
from validator.server.jsonrpc import Json
from validator.server.language_server import Session
from validator.server.options import SECTION
from validator.server.params import find, objects, string

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
        handlers = {
            "initialized": self._initialized,
            "textDocument/didOpen": self._open,
            "textDocument/didChange": self._change,
            "textDocument/didClose": self._close,
            "textDocument/didSave": self._save,
            "workspace/didChangeWatchedFiles": self._files_changed,
            "workspace/didChangeConfiguration": self._settings_changed,
            "workspace/didChangeWorkspaceFolders": self._folders_changed,
            "textDocument/diagnostic": self._pull,
            "workspace/diagnostic": self._workspace.pull,
        }
        for method, handler in handlers.items():
            self._session.on(method, handler)

    def _initialized(self, _params: Json) -> None:
        """Ask the editor to watch configuration and automations files, if it can."""
        self._workspace.publish_soon()
        if not self._session.client.watches:
            return
        names = (*_NAMES, *KNOWN_PATHS, *WORKFLOW_PATHS)
        registration = {
            "id": "configuration",
            "method": "workspace/didChangeWatchedFiles",
            "registerOptions": {"watchers": [{"globPattern": f"**/{name}"} for name in names]},
        }
        self._session.request("client/registerCapability", {"registrations": [registration]})

    def _open(self, params: Json) -> None:
        uri, text = (string(params, "textDocument", each) for each in ("uri", "text"))
        version = _version(params)
        self._publish_soon(self._session.documents.open(uri, version or 0, text))

    def _change(self, params: Json) -> None:
        uri, changes = string(params, "textDocument", "uri"), objects(params, "contentChanges")
        changed = self._session.documents.change(uri, _version(params), changes)
        if changed is not None:
            self._publish_soon(changed)

    def _close(self, params: Json) -> None:
        uri = string(params, "textDocument", "uri")
        self._session.documents.close(uri)
        task = self._publishing.pop(uri, None)
        if task is not None:
            task.cancel()
        if uri in self._published:
            self._published.discard(uri)
            self._session.publish(uri, [])
        self._workspace.closed(uri)

    def _save(self, _params: Json) -> None:
        """A saved file may be a configuration, which not every editor can watch."""
        if not self._session.client.watches:
            self._reload()

    def _files_changed(self, params: Json) -> None:
        """Check again what a changed file concerns: a configuration all, another only itself."""
        if any(string(each, "uri").endswith(_NAMES) for each in objects(params, "changes")):
            self._reload()
        else:
            self._workspace.changed()
            self._refresh()

    def _settings_changed(self, params: Json) -> None:
        """Take over the editor's settings, if they are in the notification."""
        given = params.get("settings")
        if isinstance(given, dict) and SECTION in given:
            self._session.configure(given[SECTION])
            self._refresh_hints()
        self._reload()

    def _folders_changed(self, params: Json) -> None:
        added, removed = (objects(params, "event", each) for each in ("added", "removed"))
        self._session.change_folders(added, removed)
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
            self._session.request("workspace/diagnostic/refresh")

    def _refresh_hints(self) -> None:
        """Have the editor ask for inlay hints again, if it can be asked to."""
        if self._session.client.refreshes_hints:
            self._session.request("workspace/inlayHint/refresh")

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
            version = document.version if session.client.versions else None
            session.publish(uri, diagnostics(report, document, session.client), version)

    async def _pull(self, params: Json) -> Json:
        """The findings of a document after a pause; or that they are unchanged."""
        session = self._session
        document = await session.checks.settled(string(params, "textDocument", "uri"))
        if document is None:
            return {"kind": "full", "items": []}
        report = await session.checks.whole_report(document)
        result_id = str(document.serial)
        if result_id == params.get("previousResultId"):
            return {"kind": "unchanged", "resultId": result_id}
        found = diagnostics(report, document, session.client)
        return {"kind": "full", "items": found, "resultId": result_id}


def _version(params: Json) -> int | None:
    """The version of a document; None if the editor gives none."""
    version = find(params, "textDocument", "version")
    return version if isinstance(version, int) else None
