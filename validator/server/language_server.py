"""The server and its state: the editor, its documents, and their checks."""

from __future__ import annotations

import os

import validator
from validator.display import notice
from validator.server.announcement import server_capabilities
from validator.server.capabilities import Client
from validator.server.closed_files import ClosedFiles
from validator.server.documents import Documents, OpenDocument
from validator.server.jsonrpc import (
    INVALID_REQUEST,
    NOT_INITIALIZED,
    Endpoint,
    Json,
    RequestError,
    present,
)
from validator.server.options import SECTION, Options
from validator.server.params import find, objects, string
from validator.server.parent import watch
from validator.server.scheduling import Checks
from validator.server.settings import CurrentConfigurations
from validator.server.uris import path_of, uri_of

_WARNING = 2


class Session(Endpoint):
    """A language server, for one editor.

    `initialized` says whether it has begun, `ended` whether `shutdown` was requested, and `exited`
    whether the editor has said goodbye.
    """

    def __init__(self) -> None:
        super().__init__()
        self.initialized = self.ended = self.exited = False
        self.client = Client()
        self.options = Options()
        self.configurations = CurrentConfigurations(self.warn)
        self.documents = Documents(self.configurations)
        self.checks = Checks(self.documents)
        self.closed_files = ClosedFiles(self.documents, self.configurations)
        self._root: str | None = None
        self._folders: dict[str, None] = {}
        self.on("initialize", self._initialize)
        self.on("shutdown", self._shutdown)
        self.on("exit", self._exit)

    @property
    def folders(self) -> list[str]:
        """The paths of the editor's workspace folders; older editors have only one."""
        uris = list(self._folders) or [self._root or ""]
        return [path for each in uris if (path := path_of(each)) is not None]

    def change_folders(self, added: list[Json], removed: list[Json]) -> None:
        """Add and remove workspace folders."""
        for each in added:
            self._folders[string(each, "uri")] = None
        for each in removed:
            self._folders.pop(string(each, "uri"), None)

    def configure(self, given: object) -> None:
        """Take over the editor's settings for the server, and say which can't be used."""
        self.options, problems = Options.of(given)
        for problem in problems:
            self.warn(f"in the settings of {SECTION}: {problem}")

    def served(self, uri: str) -> OpenDocument | None:
        """The current version of a document; None if it is not open, or no automations file."""
        document = self.documents.get(uri)
        return None if document is None or document.config is None else document

    def abandon(self) -> None:
        """End this process at once: the editor has ended without notice."""
        self.checks.close()
        # Threads waiting for input would wait forever.
        os._exit(1)

    def warn(self, message: str) -> None:
        """Show a warning in the editor."""
        self.notify("window/showMessage", {"type": _WARNING, "message": notice(message)})

    def publish(self, uri: str, diagnostics: list[Json], version: int | None = None) -> None:
        """Publish the diagnostics of a file, and of which version they are."""
        params = present(uri=uri, diagnostics=diagnostics, version=version)
        self.notify("textDocument/publishDiagnostics", params)

    def refusal(self, method: str) -> RequestError | None:
        """Why a message is too early or too late; None if it is not."""
        if method == "exit":
            return None
        if self.ended:
            return RequestError("the server is shut down", INVALID_REQUEST)
        if not self.initialized and method != "initialize":
            return RequestError("the first request must be `initialize`", NOT_INITIALIZED)
        if self.initialized and method == "initialize":
            return RequestError("the server is already initialized", INVALID_REQUEST)
        return None

    def _initialize(self, params: Json) -> Json:
        self.initialized = True
        self.client = Client.of(params.get("capabilities"))
        self.documents.encoding = self.client.encoding
        path = params.get("rootPath")
        self._root = params.get("rootUri") or (uri_of(path) if path else None)
        if params.get("workspaceFolders"):
            self.change_folders(objects(params, "workspaceFolders"), [])
        options = params.get("initializationOptions")
        self.configure(options)
        process = params.get("processId")
        if isinstance(process, int):
            watch(process, self.abandon)
        # Whatever is not exactly this is not trust.
        self.configurations.trusted = find(options, "trusted") is True
        return {
            "capabilities": server_capabilities(self.client, self.options),
            "serverInfo": {"name": "automation-validator", "version": validator.__version__},
        }

    def _shutdown(self, _params: Json) -> None:
        self.cancel_all()
        self.ended = True

    def _exit(self, _params: Json) -> None:
        self.exited = True
