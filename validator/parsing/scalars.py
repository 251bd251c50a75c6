"""Find the scalars of a document: what looks like a comment inside one is text."""

from __future__ import annotations

from bisect import bisect_right

from validator.finding import Span
from validator.parsing.nodes import Mapping, Node, Scalar, Sequence
from validator.parsing.text import Text


class Scalars:
    """The scalars of a document, by their places; `root` is its node tree, None without one."""

    def __init__(self, text: Text, root: Node | None) -> None:
        self._text = text
        self._starts: list[int] = []
        self._ends: list[int] = []
        self._lines: list[tuple[int, ...]] = []
        for start, end, key in sorted(set(_places(root) if root is not None else ())):
            begins = start
            if text.value[start : start + 1] in ("|", ">"):
                # A comment may follow the header of a block scalar on its line.
                begins = text.line_span(text.position(start).line).end
            self._starts.append(begins)
            self._ends.append(end)
            self._lines.append((start, key))

    def contains(self, offset: int) -> bool:
        """Whether the character at a 0-based offset is inside a scalar, but not its first."""
        at = bisect_right(self._starts, offset) - 1
        return at >= 0 and self._starts[at] < offset < self._ends[at]

    def lines_of(self, span: Span) -> list[int]:
        """The 1-based lines whose comments apply to a span: its own, and those of its scalar.

        There can be no comment inside a scalar of several lines; comments on the line where it
        begins, and on the line of its key, apply to all of it.
        """
        own = self._text.position(span.start).line
        at = bisect_right(self._starts, span.start) - 1
        if at < 0 or span.start >= self._ends[at]:
            return [own]
        start, key = (self._text.position(offset).line for offset in self._lines[at])
        return [own] if own == start else list(dict.fromkeys((own, start, key)))


def _places(root: Node) -> list[tuple[int, int, int]]:
    """The start and end of each scalar, and the start of its key, or its own without a key."""
    found: list[tuple[int, int, int]] = []
    seen: set[int] = set()
    stack: list[tuple[Node, int]] = [(root, root.start)]
    while stack:
        node, key = stack.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        if isinstance(node, Scalar):
            if node.start < node.end:
                found.append((node.start, node.end, min(key, node.start)))
        elif isinstance(node, Sequence):
            stack += ((item, item.start) for item in node.items)
        elif isinstance(node, Mapping):
            for name, value in node.members.values():
                stack += (name, name.start), (value, name.start)
    return found
