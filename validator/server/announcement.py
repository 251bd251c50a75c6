"""What the server announces to the editor in its response to `initialize`."""

from __future__ import annotations

from typing import get_args

from validator.server.capabilities import Client
from validator.server.jsonrpc import Json
from validator.server.kinds import COMMANDS, KINDS
from validator.server.options import Options
from validator.shell.highlighting import TokenType

_INCREMENTAL = 2

_RENAMED_FILES = {"filters": [{"pattern": {"glob": "**/*"}, "scheme": "file"}]}
"""All files and folders: a script may have any name, and a folder may contain scripts."""


def server_capabilities(client: Client, options: Options) -> Json:
    """The `ServerCapabilities`, as far as an editor can use them."""
    unresolved = {"resolveProvider": False}
    pulled = {
        "interFileDependencies": False,
        "workspaceDiagnostics": options.workspace,
    }
    return {
        "positionEncoding": client.encoding,
        "textDocumentSync": {"openClose": True, "change": _INCREMENTAL, "save": True},
        "completionProvider": {"triggerCharacters": [" ", ":", "-", "[", ",", '"', "'"]},
        "hoverProvider": True,
        "definitionProvider": True,
        "referencesProvider": True,
        "documentHighlightProvider": True,
        "documentSymbolProvider": True,
        "codeActionProvider": {"codeActionKinds": KINDS},
        "codeLensProvider": unresolved,
        "documentLinkProvider": unresolved,
        "workspaceSymbolProvider": unresolved,
        "renameProvider": {"prepareProvider": True} if client.prepares else True,
        "foldingRangeProvider": True,
        "selectionRangeProvider": True,
        "executeCommandProvider": {"commands": COMMANDS},
        "callHierarchyProvider": True,
        "semanticTokensProvider": {
            "legend": {"tokenTypes": get_args(TokenType), "tokenModifiers": []},
            "full": True,
        },
        "inlayHintProvider": unresolved,
        "workspace": {
            "workspaceFolders": {"supported": True, "changeNotifications": True},
            "fileOperations": {"willRename": _RENAMED_FILES} if client.renames else {},
        },
        **({"diagnosticProvider": pulled} if client.pulls else {}),
    }
