"""Read the parameters of messages: whatever has another type than in the protocol is rejected.

`path` leads to a value through nested objects, by the names of their members. All functions but
`find` raise RequestError if there is no value of the type.
"""

from __future__ import annotations

from typing import Any

from validator.server.jsonrpc import INVALID_PARAMS, Json, RequestError
from validator.server.positions import Position, Range


def find(given: object, *path: str) -> Any:
    """The value at a path; None if there is none."""
    for name in path:
        given = given.get(name) if isinstance(given, dict) else None
    return given


def string(given: object, *path: str) -> str:
    """A string."""
    value = find(given, *path)
    if not isinstance(value, str):
        raise _invalid(path, "a string")
    return value


def objects(given: object, *path: str) -> list[Json]:
    """A list of objects."""
    value = find(given, *path)
    if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
        raise _invalid(path, "a list of objects")
    return value


def position(given: object, *path: str) -> Position:
    """A position."""
    value = find(given, *path)
    line, character = find(value, "line"), find(value, "character")
    if not isinstance(line, int) or not isinstance(character, int):
        raise _invalid(path, "a position")
    return {"line": line, "character": character}


def range_of(given: object, *path: str) -> Range:
    """A range."""
    value = find(given, *path)
    return {"start": position(value, "start"), "end": position(value, "end")}


def _invalid(path: tuple[str, ...], what: str) -> RequestError:
    return RequestError(f"`{'.'.join(path)}` must be {what}", INVALID_PARAMS)
