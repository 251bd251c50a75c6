"""Rules of the protocol that pygls leaves to the server."""

from __future__ import annotations

from typing import Any

from lsprotocol import types
from pygls.exceptions import JsonRpcException, JsonRpcInvalidRequest, JsonRpcServerNotInitialized
from pygls.protocol import LanguageServerProtocol

from validator.display import notice

NO_VERSION = -1
"""Used as the version of a document if the editor does not give one."""


class Protocol(LanguageServerProtocol):
    """Respond with an error to requests that are too early, too late or malformed.

    `ended` says whether `shutdown` was requested.
    """

    initialized = False
    ended = False

    def handle_message(self, message: Any) -> None:
        """Pass a message to its handler; reject those that are not allowed in the current state."""
        method = getattr(message, "method", None)
        refusal = None if method == types.EXIT else self._refusal(method)
        self.initialized = self.initialized or method == types.INITIALIZE
        if refusal is None:
            super().handle_message(message)
        elif method is not None and hasattr(message, "id"):
            self._send_response(message.id, error=refusal.to_response_error())
        self.ended = self.ended or (self.initialized and method == types.SHUTDOWN)

    def structure_message(self, data: dict[str, Any]) -> Any:
        """A message as an object. A request with invalid parameters still gets its response.

        The version of an edit may be null, as in earlier versions of the protocol.
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
        """Send a response; editors show error messages, which may quote the document."""
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
