"""The server and its state: the editor, its documents, and their checks."""

from __future__ import annotations

import logging
import os
from importlib.metadata import version

from lsprotocol import types
from pygls.exceptions import JsonRpcException, JsonRpcInternalError
from pygls.lsp.server import LanguageServer

from validator.display import notice
from validator.server.capabilities import Client
from validator.server.closed_files import ClosedFiles
from validator.server.documents import Documents, OpenDocument
from validator.server.options import SECTION, Options
from validator.server.protocol import Protocol
from validator.server.scheduling import Checks
from validator.server.settings import CurrentConfigurations
from validator.server.workspace_files import roots

# pygls keeps copies of these documents, with different line breaks.
_OWN = (
    types.TEXT_DOCUMENT_DID_OPEN,
    types.TEXT_DOCUMENT_DID_CHANGE,
    types.TEXT_DOCUMENT_DID_CLOSE,
    types.NOTEBOOK_DOCUMENT_DID_OPEN,
    types.NOTEBOOK_DOCUMENT_DID_CHANGE,
    types.NOTEBOOK_DOCUMENT_DID_CLOSE,
)

logger = logging.getLogger(__name__)


class Session(LanguageServer):
    """A language server, for one editor."""

    protocol: Protocol

    def __init__(self) -> None:
        super().__init__(
            "automation-validator", version("automation-validator"), protocol_cls=Protocol
        )
        for method in _OWN:
            self.protocol.fm.builtin_features.pop(method, None)
        self.client = Client()
        self.options = Options()
        self.configurations = CurrentConfigurations(self.warn)
        self.documents = Documents(self.configurations)
        self.checks = Checks(self.documents)
        self.closed_files = ClosedFiles(self.documents, self.configurations)

    @property
    def folders(self) -> list[str]:
        """The paths of the editor's workspace folders."""
        return roots(self.workspace)

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

    def report_server_error(self, error: Exception, source: object) -> None:
        """Log an error, where pygls would open a window in the editor.

        A rejected request is a response, and not an error of the server.
        """
        refusal = isinstance(error, JsonRpcException)
        if not refusal or isinstance(error, JsonRpcInternalError):
            logger.error("%s: %s", getattr(source, "__name__", source), error)

    def warn(self, message: str) -> None:
        """Show a warning in the editor."""
        warning = types.ShowMessageParams(types.MessageType.Warning, notice(message))
        self.window_show_message(warning)
