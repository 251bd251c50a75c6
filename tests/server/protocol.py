"""Messages as objects of lsprotocol, and as the JSON that the server reads and writes."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from lsprotocol import types
from pygls.protocol import default_converter

# It prepares the conversion of each type of message once.
converter = cache(default_converter)


def plain(given: object) -> Any:
    """An object of lsprotocol as JSON."""
    return converter().unstructure(given)


def result(method: str, value: object) -> Any:
    """The result of a request as an object.

    Raises an exception if it is not what the protocol requires of the request.
    """
    answer = json.loads(json.dumps({"id": 1, "jsonrpc": "2.0", "result": value}))
    return converter().structure(answer, types.METHOD_TO_TYPES[method][1]).result
