"""The protocol's own rules, where pygls leaves them to the server."""

from __future__ import annotations

from typing import Any

from lsprotocol import types
from pygls.exceptions import JsonRpcException, JsonRpcInvalidRequest, JsonRpcServerNotInitialized
from pygls.protocol import LanguageServerProtocol

from validator.display import notice

NO_VERSION = -1
"""Stands for the version of a document that an editor does not tell."""


class Protocol(LanguageServerProtocol):
    """Answers requests that come too early, too late or misshapen with an error.

    `ended` tells whether `shutdown` was asked for.
    """

    initialized = False
    ended = False

    def handle_message(self, message: Any) -> None:
        """Hand a message to its handler; refuse what is out of its time."""
        method = getattr(message, "method", None)
        refusal = None if method == types.EXIT else self._refusal(method)
        self.initialized = self.initialized or method == types.INITIALIZE
        if refusal is None:
            super().handle_message(message)
        elif method is not None and hasattr(message, "id"):
            self._send_response(message.id, error=refusal.to_response_error())
        self.ended = self.ended or (self.initialized and method == types.SHUTDOWN)

    def structure_message(self, data: dict[str, Any]) -> Any:
        """A message as an object. One with wrong parameters still gets its answer.

        The version of an edit may be null, as earlier versions of the protocol have it.
        """
        if data.get("method") == types.TEXT_DOCUMENT_DID_CHANGE:
            params = data.get("params")
            named = params.get("textDocument") if isinstance(params, dict) else None
            if isinstance(named, dict) and named.get("version") is None:
                named["version"] = NO_VERSION
        try:
            return super().structure_message(data)
        except JsonRpcException as error:
            if "method" in data and isinstance(data.get("id"), (str, int)):
                self._send_response(data["id"], error=error.to_response_error())
            raise

    def _send_response(
        self, msg_id: str | int, result: Any = None, error: types.ResponseError | None = None
    ) -> None:
        """Send an answer; an editor shows the message of an error, which may quote the document."""
        if error is not None:
            error.message = notice(error.message)
        super()._send_response(msg_id, result, error)

    def _refusal(self, method: str | None) -> JsonRpcException | None:
        if self.ended:
            return JsonRpcInvalidRequest("the server is shut down")
        if not self.initialized and method != types.INITIALIZE:
            return JsonRpcServerNotInitialized("the first request must be `initialize`")
        if self.initialized and method == types.INITIALIZE:
            return JsonRpcInvalidRequest("the server is already initialized")
        return None
