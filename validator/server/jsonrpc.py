"""JSON-RPC 2.0 as the Language Server Protocol uses it: requests, notifications, cancellation.

Source: Language Server Protocol 3.17, "Base Protocol".
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Callable
from functools import partial
from inspect import isawaitable
from itertools import count
from typing import Any

from validator.display import notice

Json = dict[str, Any]
"""An object of a message: named as in the protocol, with nothing that is absent."""

INVALID_REQUEST = -32600
METHOD_NOT_FOUND = -32601
INVALID_PARAMS = -32602
INTERNAL_ERROR = -32603
NOT_INITIALIZED = -32002
CANCELLED = -32800
CONTENT_MODIFIED = -32801
REQUEST_FAILED = -32803

logger = logging.getLogger(__name__)


class RequestError(Exception):
    """A request that is rejected, with the reason: a response, and no error of the server."""

    def __init__(self, reason: str, code: int = REQUEST_FAILED) -> None:
        super().__init__(reason)
        self.reason = reason
        self.code = code


class Endpoint:
    """One end of a connection. `write` sends bytes; messages are dropped before it is set.

    A handler gets the parameters of a message, `{}` if there are none, and returns its result or
    an awaitable. Raising RequestError rejects a request; any other exception is logged.
    """

    def __init__(self) -> None:
        self.write: Callable[[bytes], object] | None = None
        self._handlers: dict[str, Callable[[Json], object]] = {
            "$/cancelRequest": lambda params: self._cancel(params.get("id"))
        }
        self._numbers = count(1)
        self._running: dict[str | int, asyncio.Future[object]] = {}

    def on(self, method: str, handler: Callable[[Json], object]) -> None:
        """Handle a request or notification; others are answered with an error, or ignored."""
        self._handlers[method] = handler

    def notify(self, method: str, params: object) -> None:
        """Send a notification."""
        self._send({"method": method, "params": params})

    def request(self, method: str, params: object = None) -> None:
        """Send a request whose response does not matter."""
        self._send({"id": next(self._numbers), "method": method, "params": params})

    def receive(self, body: bytes) -> None:
        """Handle a message. What is none is logged, and so are errors in notifications."""
        try:
            message = json.loads(body)
        except (ValueError, RecursionError) as error:
            logger.error("a message is not JSON: %s", error)
            return
        if not isinstance(message, dict) or message.get("jsonrpc") != "2.0":
            logger.error("a message is not JSON-RPC 2.0")
            return
        method, number, params = (message.get(each) for each in ("method", "id", "params"))
        # Anything else is a response.
        if isinstance(method, str):
            params = params if isinstance(params, dict) else {}
            if isinstance(number, (str, int)):
                self._handle_request(number, method, params)
            else:
                self._handle_notification(method, params)

    def cancel_all(self) -> None:
        """Cancel the requests that have no response yet."""
        for number in list(self._running):
            self._cancel(number)

    def refusal(self, method: str) -> RequestError | None:
        """Why a message is not handled in the current state; None if it is."""
        raise NotImplementedError

    def _handle_request(self, number: str | int, method: str, params: Json) -> None:
        try:
            refusal = self.refusal(method)
            if refusal is not None:
                raise refusal
            handler = self._handlers.get(method)
            if handler is None:
                raise RequestError(f"Method not found: {method}", METHOD_NOT_FOUND)
            result = handler(params)
        except Exception as error:
            self._fail(number, error)
            return
        if not isawaitable(result):
            self._send({"id": number, "result": result})
            return
        running = self._running[number] = asyncio.ensure_future(result)
        running.add_done_callback(partial(self._done, number))

    def _handle_notification(self, method: str, params: Json) -> None:
        handler = self._handlers.get(method)
        if handler is not None and self.refusal(method) is None:
            try:
                handler(params)
            except RequestError as error:
                logger.error("%s: %s", method, error)
            except Exception:
                logger.exception("%s", method)

    def _cancel(self, number: object) -> None:
        running = self._running.get(number) if isinstance(number, (str, int)) else None
        if running is not None:
            running.cancel()

    def _done(self, number: str | int, running: asyncio.Future[object]) -> None:
        self._running.pop(number, None)
        if running.cancelled():
            self._fail(number, RequestError("the request is cancelled", CANCELLED))
        elif (error := running.exception()) is not None:
            self._fail(number, error)
        else:
            self._send({"id": number, "result": running.result()})

    def _fail(self, number: str | int, error: BaseException) -> None:
        """Respond with an error; editors show its message, which may quote the document."""
        code, reason = INTERNAL_ERROR, f"{type(error).__name__}: {error}"
        if isinstance(error, RequestError):
            code, reason = error.code, error.reason
        else:
            logger.error("a request failed", exc_info=error)
        self._send({"id": number, "error": {"code": code, "message": notice(reason)}})

    def _send(self, message: Json) -> None:
        if self.write is not None:
            body = json.dumps({"jsonrpc": "2.0", **message}).encode()
            self.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))


def present(**values: object) -> Json:
    """An object without the values that are None: the protocol leaves them out."""
    return {name: value for name, value in values.items() if value is not None}
