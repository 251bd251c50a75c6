"""Convert Python objects to node trees: a configuration, or an API document without text."""

from __future__ import annotations

import datetime
import sys
from collections import UserString
from collections.abc import Container
from collections.abc import Mapping as AbstractMapping
from collections.abc import Sequence as AbstractSequence
from typing import Any

from validator.finding import Problem, Span
from validator.kinds import KINDS
from validator.parsing.limits import LONG_POINTERS, MAX_POINTER_CHARACTERS, Limits, long_key
from validator.parsing.nodes import Mapping, Node, Path, Scalar, Sequence, pointer
from validator.wording import quoted

_KINDS = {kind.message: name for name, kind in KINDS.items() if kind.message}


class Unreadable(Exception):
    """An object can't be read completely; `problem` says why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


def read(value: Any, limits: Limits) -> tuple[Node, list[Problem]]:
    """The node tree of an object, and the problems of keys that are equal in JSON.

    Accepts mappings and sequences, strings, numbers, booleans, None, dates and times, and objects
    that can be converted to these: ones with `model_dump`, as in pydantic, and protobuf messages.
    Every key and value has its own span, in their order: see `pointers`.
    Raises TypeError for anything else, and Unreadable if a value contains itself, is nested too
    deep, or has a key that is too long or too many nodes; a value used twice counts twice.
    """
    builder = _Builder(limits)
    root = builder.node(value, (), (), limits.max_key_characters)
    return root, builder.problems


def to_nodes(value: Any, limits: Limits | None = None) -> Node:
    """The node tree of an object; see `read`."""
    return read(value, limits or Limits())[0]


def kind_of(value: Any) -> str | None:
    """The document kind of a protobuf message, from its type; None for anything else.

    Raises TypeError for a message of the platform that is no document.
    """
    if not _is_message(value):
        return None
    name = value.DESCRIPTOR.full_name
    if name.startswith("gitpod.v1.") and name not in _KINDS:
        raise TypeError(f"a {name} is not a document; check one that contains it, or one inside it")
    return _KINDS.get(name)


def pointers(root: Node, starts: Container[int]) -> dict[int, str]:
    """The JSON pointers of the values of a tree whose spans, or whose keys' spans, start there.

    `starts` are the starts to look up: all pointers together can be long.
    """
    found: dict[int, str] = {}
    stack: list[tuple[Node, Path]] = [(root, ())]
    while stack:
        node, path = stack.pop()
        if node.start in starts:
            found[node.start] = pointer(path)
        if isinstance(node, Mapping):
            for name, (key, value) in node.members.items():
                if key.start in starts:
                    found[key.start] = pointer((*path, name))
                stack.append((value, (*path, name)))
        elif isinstance(node, Sequence):
            stack += [(item, (*path, index)) for index, item in enumerate(node.items)]
    return found


class _Builder:
    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.count = 0
        self.pointer_characters = 0
        self.problems: list[Problem] = []

    def node(self, value: Any, path: Path, above: tuple[int, ...], room: int) -> Node:
        """The node of a value; `room` is the maximum number of characters of a key in it."""
        value = _plain(value)
        if not _is_collection(value):
            return self.scalar(value, path)
        if id(value) in above:
            raise Unreadable(_problem("too-deep", "this contains itself, so it has no end", path))
        if len(above) >= self.limits.max_depth:
            message = f"nested deeper than {self.limits.max_depth} levels, so the rest is not read"
            raise Unreadable(_problem("too-deep", message, path))
        above = (*above, id(value))
        start = self.place(path)
        if isinstance(value, AbstractMapping):
            mapping = Mapping(start, flow=True)
            for key, each in value.items():
                name = self.scalar(key, path)
                left = room - len(name.text)
                if left < 0:
                    raise Unreadable(_problem("too-large", long_key(self.limits), path))
                before = self.count
                member = self.node(each, (*path, name.text), above, left)
                self.pointer_characters += len(name.text) * (self.count - before)
                if self.pointer_characters > MAX_POINTER_CHARACTERS:
                    raise Unreadable(_problem("too-large", LONG_POINTERS, path))
                if name.text in mapping.members:
                    self.repeated(mapping, name, (*path, name.text))
                mapping.members[name.text] = (name, member)
            node: Node = mapping
        else:
            node = Sequence(start, flow=True)
            node.items = [
                self.node(each, (*path, index), above, room) for index, each in enumerate(value)
            ]
        node.end = self.count + 1
        return node

    def repeated(self, mapping: Mapping, key: Scalar, path: Path) -> None:
        """Report a key such as `1` next to `"1"`: JSON has only the second."""
        mapping.repeated |= {key.text}
        message = f"two keys of this mapping are {quoted(key.text)} in JSON; remove or rename one"
        self.problems.append(Problem("duplicate-key", message, key.span, pointer(path)))

    def scalar(self, value: Any, path: Path) -> Scalar:
        kind, text = _kind_and_text(value, path)
        start = self.place(path)
        return Scalar(kind, start, start + 1, text, plain=kind != "string")

    def place(self, path: Path) -> int:
        self.count += 1
        if self.count > self.limits.max_nodes:
            message = (
                f"contains more than {self.limits.max_nodes:,} values, so the rest is not read"
            )
            raise Unreadable(_problem("too-large", message, path))
        return self.count


def _problem(rule: str, message: str, path: Path) -> Problem:
    return Problem(rule, message, Span(0, 0), pointer(path))


def _is_collection(value: Any) -> bool:
    if isinstance(value, (str, bytes, bytearray, memoryview)):
        return False
    return isinstance(value, (AbstractMapping, AbstractSequence))


def _plain(value: Any) -> Any:
    """An object of another library, converted to mappings, sequences and scalars."""
    if isinstance(value, type):
        return value
    if isinstance(value, UserString):
        return value.data
    if hasattr(value, "model_dump"):
        return value.model_dump(mode="json", warnings=False)
    if not _is_message(value):
        return value
    from google.protobuf import json_format

    try:
        return json_format.MessageToDict(value)
    except (json_format.Error, ValueError) as error:
        raise TypeError(f"a protobuf message has no JSON form: {error}") from error


def _is_message(value: Any) -> bool:
    if not hasattr(value, "DESCRIPTOR") or "google.protobuf" not in sys.modules:
        return False
    # The library is installed, since it made the object.
    from google.protobuf.message import Message

    return isinstance(value, Message)


def _kind_and_text(value: Any, path: Path) -> tuple[str, str]:
    if value is None:
        return "null", "null"
    if isinstance(value, bool):
        return "boolean", "true" if value else "false"
    if isinstance(value, str):
        return "string", str.__str__(value)
    if isinstance(value, int):
        return "integer", _digits(value)
    if isinstance(value, float):
        return "number", float.__repr__(value)
    if isinstance(value, (datetime.date, datetime.time)):
        return "timestamp", value.isoformat()
    at = f", at {pointer(path)}" if path else ""
    raise TypeError(f"a document can't contain a value of type {type(value).__name__}{at}")


def _digits(value: int) -> str:
    try:
        return int.__repr__(value)
    except ValueError:
        # Python limits the number of decimal digits, because formatting them is slow.
        return hex(value)
