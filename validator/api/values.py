"""Reading a document's values by name, without those that its schema refuses."""

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
    """A value and where it stands: its node, the key before it if it has one, and its path."""

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
        """Where to point for the value as a whole: its key, or its own beginning."""
        return beginning(self.node) if self.key is None else self.key.span

    @property
    def place(self) -> Span:
        """Where to point for what the value says: a scalar's own characters."""
        return self.span if isinstance(self.node, Scalar) else self.head

    @property
    def text(self) -> str:
        """What a scalar says."""
        assert isinstance(self.node, Scalar)
        return self.node.text

    @property
    def name(self) -> str:
        """The value's key as the document spells it."""
        assert self.key is not None
        return self.key.text

    @property
    def folded(self) -> str:
        """A text as ids are compared: without regard to case."""
        return self.text.lower()


class Values:
    """A document's values, as far as its schema accepts them.

    Fields are asked for in camelCase, and found in snake_case too. Null counts as absent.
    """

    def __init__(self, root: Node, refused: frozenset[Path]) -> None:
        self.root = Value(root, None, ())
        self._refused = refused
        self._touched = {path[:length] for path in refused for length in range(len(path) + 1)}

    def intact(self, value: Value) -> bool:
        """Whether nothing is refused in a value or in what it holds."""
        return self.accepted(value) and value.path not in self._touched

    def accepted(self, value: Value) -> bool:
        """Whether the value itself is not refused; an object is for a field that is unknown."""
        repeated = isinstance(value.node, Mapping) and value.node.repeated
        return not repeated and value.path not in self._refused

    def lacks(self, holder: Value, name: str) -> bool:
        """Whether an object surely has no such field, not even a misspelt one."""
        absent = self.field(holder, name) is None
        return absent and isinstance(holder.node, Mapping) and self.accepted(holder)

    def field(self, holder: Value | None, name: str) -> Value | None:
        """The value of a field; None where it is missing, null or can't be there."""
        if holder is None or not isinstance(holder.node, Mapping):
            return None
        members = holder.node.members
        for spelling in (name, _sdk(name)):
            if spelling in members and members[spelling][1].kind != "null":
                key, node = members[spelling]
                return Value(node, key, (*holder.path, spelling))
        return None

    def text(self, holder: Value | None, name: str) -> Value | None:
        """The value of a field if it is text that the schema accepts."""
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
        """The entries of a list field that are text that the schema accepts."""
        return (each for each in self.entries(holder, name) if self._is_text(each))

    def _is_text(self, value: Value) -> bool:
        return value.node.kind in ("string", "timestamp") and self.accepted(value)

    def integer(self, holder: Value | None, name: str) -> tuple[Value, int] | None:
        """The value of a field that holds a whole number, as a number or as text of digits."""
        value = self.field(holder, name)
        if value is None or not isinstance(value.node, Scalar) or not self.accepted(value):
            return None
        if value.node.kind == "string":
            return (value, int(value.text)) if re.fullmatch("[0-9]{1,20}", value.text) else None
        if value.node.kind not in ("integer", "number"):
            return None
        found = number(value.node)
        return (value, int(found)) if math.isfinite(found) else None


def spelling(holder: Value, name: str) -> str:
    """A field's name in the spelling that the fields beside it have."""
    assert isinstance(holder.node, Mapping)
    return _sdk(name) if any("_" in key for key in holder.node.members) else name
