"""Read a document's values by name, without those that its schema rejects."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from validator.contract.location import beginning
from validator.contract.spelling import snake_case
from validator.finding import Span
from validator.parsing.nodes import Mapping, Node, Path, Scalar, Sequence, number, pointer

_sdk = cache(snake_case)


class Value(NamedTuple):
    """A value and its location: its node, its key if it has one, and its path."""

    node: Node
    key: Scalar | None
    path: Path

    @property
    def pointer(self) -> str:
        """The JSON pointer (RFC 6901) of the value."""
        return pointer(self.path)

    @property
    def span(self) -> Span:
        """The value's characters."""
        return self.node.span

    @property
    def head(self) -> Span:
        """Where to report a problem of the whole value: at its key, or at its beginning."""
        return beginning(self.node) if self.key is None else self.key.span

    @property
    def place(self) -> Span:
        """Where to report a problem of the content: at the characters of a scalar."""
        return self.span if isinstance(self.node, Scalar) else self.head

    @property
    def text(self) -> str:
        """The text of a scalar."""
        assert isinstance(self.node, Scalar)
        return self.node.text

    @property
    def name(self) -> str:
        """The value's key as spelled in the document."""
        assert self.key is not None
        return self.key.text

    @property
    def folded(self) -> str:
        """A text for comparing ids: case is ignored."""
        return self.text.lower()


class Values:
    """The values of a document that its schema accepts.

    Fields are looked up in camelCase, and also found in snake_case. Null counts as absent.
    """

    def __init__(self, root: Node, refused: frozenset[Path]) -> None:
        self.root = Value(root, None, ())
        self._refused = refused
        self._touched = {path[:length] for path in refused for length in range(len(path) + 1)}

    def intact(self, value: Value) -> bool:
        """Whether the schema accepts a value and everything in it."""
        return self.accepted(value) and value.path not in self._touched

    def accepted(self, value: Value) -> bool:
        """Whether the schema accepts the value itself; not so an object with an unknown field."""
        repeated = isinstance(value.node, Mapping) and value.node.repeated
        return not repeated and value.path not in self._refused

    def lacks(self, holder: Value, name: str) -> bool:
        """Whether an object certainly has no such field, not even a misspelt one."""
        absent = self.field(holder, name) is None
        return absent and isinstance(holder.node, Mapping) and self.accepted(holder)

    def field(self, holder: Value | None, name: str) -> Value | None:
        """The value of a field; None if it is missing or null, or the holder has no fields."""
        if holder is None or not isinstance(holder.node, Mapping):
            return None
        members = holder.node.members
        for spelling in (name, _sdk(name)):
            if spelling in members and members[spelling][1].kind != "null":
                key, node = members[spelling]
                return Value(node, key, (*holder.path, spelling))
        return None

    def text(self, holder: Value | None, name: str) -> Value | None:
        """The value of a field if it is a string that the schema accepts."""
        value = self.field(holder, name)
        return value if value is not None and self._is_text(value) else None

    def object(self, holder: Value | None, name: str) -> Value | None:
        """The value of a field if it is an object."""
        value = self.field(holder, name)
        return value if value is not None and isinstance(value.node, Mapping) else None

    def list(self, holder: Value | None, name: str) -> Value | None:
        """The value of a field if it is a list."""
        value = self.field(holder, name)
        if value is None or not isinstance(value.node, Sequence) or not self.accepted(value):
            return None
        return value

    def entries(self, holder: Value | None, name: str) -> Iterator[Value]:
        """The entries of a list field."""
        value = self.list(holder, name)
        if value is not None:
            assert isinstance(value.node, Sequence)
            for index, node in enumerate(value.node.items):
                yield Value(node, None, (*value.path, index))

    def objects(self, holder: Value | None, name: str) -> Iterator[Value]:
        """The entries of a list field that are objects."""
        return (each for each in self.entries(holder, name) if isinstance(each.node, Mapping))

    def texts(self, holder: Value | None, name: str) -> Iterator[Value]:
        """The entries of a list field that are strings accepted by the schema."""
        return (each for each in self.entries(holder, name) if self._is_text(each))

    def _is_text(self, value: Value) -> bool:
        return value.node.kind in ("string", "timestamp") and self.accepted(value)

    def integer(self, holder: Value | None, name: str) -> tuple[Value, int] | None:
        """The value of an integer field, given as a number or as a string of digits."""
        value = self.field(holder, name)
        if value is None or not isinstance(value.node, Scalar) or not self.accepted(value):
            return None
        if value.node.kind == "string":
            return (value, int(value.text)) if re.fullmatch("-?[0-9]{1,20}", value.text) else None
        if value.node.kind not in ("integer", "number"):
            return None
        found = number(value.node)
        return (value, int(found)) if math.isfinite(found) else None


def spelling(holder: Value, name: str) -> str:
    """A field's name in the spelling of the fields next to it."""
    assert isinstance(holder.node, Mapping)
    return _sdk(name) if any("_" in key for key in holder.node.members) else name
