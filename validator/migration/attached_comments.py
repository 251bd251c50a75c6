"""The comments of a document, each with the field or the entry of a list that it is about."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from validator.editing.edits import line_start
from validator.finding import Span
from validator.parsing.nodes import Mapping, Node, Scalar, Sequence

_COMMENT = r"#[^\r\n]*"
_HEADER = r"[|>][-+\d]*[ \t]+(#[^\r\n]*)"


class _Unit:
    """A field or an entry, with the offsets of the comments above it, beside it and after it."""

    __slots__ = ("above", "after", "beside", "column", "parent", "start")

    def __init__(self, start: int, column: int, parent: _Unit | None) -> None:
        self.start = start
        self.column = column
        self.parent = parent
        self.above: list[int] = []
        self.beside: list[int] = []
        self.after: list[int] = []


class Comments:
    """The comments of a document, which are taken one after another.

    A comment on a line of its own is about what follows it, unless that is less indented: then it
    is about what is before it. Any other one is about what is on its line. No comment is given out
    twice. All offsets are 0-based and count characters.
    """

    def __init__(self, text: str, root: Node) -> None:
        self._text = text
        self._fields: dict[int, _Unit] = {}
        self._entries: dict[int, _Unit] = {}
        self._end: list[int] = []
        self._left: dict[int, str] = {}
        units, scalars = self._walk(root)
        starts = [unit.start for unit in units]
        for offset, comment in _found(text, scalars):
            self._left[offset] = comment.rstrip()
            self._attach(offset, units, starts)

    def above(self, node: Node) -> list[str]:
        """The comments above a field, given by its key."""
        return self._take(self._fields, node, "above")

    def beside(self, node: Node) -> list[str]:
        """The comments on the line of a field, given by its key."""
        return self._take(self._fields, node, "beside")

    def after(self, node: Node) -> list[str]:
        """The comments after a field, given by its key, that belong to it."""
        return self._take(self._fields, node, "after")

    def about(self, node: Node) -> list[str]:
        """The comments above, beside and after a field, given by its key."""
        return [*self.above(node), *self.beside(node), *self.after(node)]

    def above_entry(self, node: Node) -> list[str]:
        """The comments above an entry of a list."""
        return self._take(self._entries, node, "above")

    def beside_entry(self, node: Node) -> list[str]:
        """The comments on the line of an entry of a list."""
        return self._take(self._entries, node, "beside")

    def after_entry(self, node: Node) -> list[str]:
        """The comments after an entry of a list that belong to it."""
        return self._take(self._entries, node, "after")

    def about_entry(self, node: Node) -> list[str]:
        """The comments above, beside and after an entry of a list."""
        return [*self.above_entry(node), *self.beside_entry(node), *self.after_entry(node)]

    def inside(self, span: Span) -> list[str]:
        """The comments in a range of the text."""
        return self._given([each for each in self._left if span.start <= each < span.end])

    def rest(self) -> list[str]:
        """The comments that were not taken yet, in their order."""
        return self._given(list(self._left))

    def _take(self, units: dict[int, _Unit], node: Node, where: str) -> list[str]:
        unit = units.get(node.start)
        return [] if unit is None else self._given(getattr(unit, where))

    def _given(self, offsets: list[int]) -> list[str]:
        return [self._left.pop(each) for each in sorted(offsets) if each in self._left]

    def _walk(self, root: Node) -> tuple[list[_Unit], list[Scalar]]:
        """The fields and entries of a document in their order, and its keys and scalars."""
        scalars: list[Scalar] = []
        seen: set[int] = set()
        stack: list[tuple[Node, _Unit | None]] = [(root, None)]
        while stack:
            node, parent = stack.pop()
            if id(node) in seen:
                continue
            seen.add(id(node))
            if isinstance(node, Scalar):
                scalars.append(node)
            elif isinstance(node, Mapping):
                for key, value in node.members.values():
                    if id(key) not in seen:
                        seen.add(id(key))
                        scalars.append(key)
                        unit = self._unit(self._fields, key.start, key.start, parent)
                        stack.append((value, unit))
            elif isinstance(node, Sequence):
                for item in node.items:
                    at = item.start if node.flow else self._dash(item)
                    stack.append((item, self._unit(self._entries, item.start, at, parent)))
        found = [*self._fields.values(), *self._entries.values()]
        # An entry begins where its first field does, and contains it.
        return sorted(found, key=lambda unit: (unit.start, unit.column)), scalars

    def _dash(self, item: Node) -> int:
        dash = self._text.rfind("-", 0, item.start + 1)
        return dash if dash >= 0 else item.start

    def _unit(self, units: dict[int, _Unit], start: int, at: int, parent: _Unit | None) -> _Unit:
        column = at - line_start(at, self._text)
        return units.setdefault(start, _Unit(start, column, parent))

    def _attach(self, offset: int, units: list[_Unit], starts: list[int]) -> None:
        begin = line_start(offset, self._text)
        index = bisect_right(starts, offset)
        before = units[index - 1] if index else None
        if self._text[begin:offset].strip(" -"):
            # On the line of something.
            (self._end if before is None else before.beside).append(offset)
            return
        if "-" in self._text[begin:offset]:
            # After the dash of an entry that begins in another line.
            units[index].above.append(offset)
            return
        column = offset - begin
        if index < len(units) and units[index].column >= column:
            units[index].above.append(offset)
            return
        while before is not None and before.column > column:
            before = before.parent
        if column == 0 or before is None or before.parent is None:
            # Between the fields at the top, or at the end.
            (units[index].above if index < len(units) else self._end).append(offset)
        else:
            before.after.append(offset)


def _found(text: str, scalars: list[Scalar]) -> Iterator[tuple[int, str]]:
    """The comments of a text and their offsets: they are between the scalars."""
    at = 0
    for node in sorted(scalars, key=lambda node: node.start):
        yield from _between(text, at, node.start)
        if not node.plain and text[node.start : node.start + 1] in ("|", ">"):
            header = re.compile(_HEADER).match(text, node.start, node.end)
            if header:
                yield header.start(1), header[1]
        at = max(at, node.end)
    yield from _between(text, at, len(text))


def _between(text: str, start: int, end: int) -> Iterator[tuple[int, str]]:
    for found in re.compile(_COMMENT).finditer(text, start, end):
        if found.start() == 0 or text[found.start() - 1].isspace():
            yield found.start(), found[0]
