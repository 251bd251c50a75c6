"""Values of a document without the characters that must not be shown."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from validator.finding import Span
from validator.parsing import nodes
from validator.parsing.nodes import Node, Scalar
from validator.shell.source_map import SourceMap


def mask(root: Node, text: str, hidden: Sequence[Span]) -> None:
    """Put `*` in place of hidden characters in all keys and values of a tree.

    `hidden` are places in the text of the document, in their order, none in another.
    """
    stack, seen = [root], set[int]()
    while stack:
        node = stack.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        if isinstance(node, nodes.Mapping):
            for key, value in node.members.values():
                stack += (key, value)
                _mask(key, text, hidden)
            node.members = {key.text: (key, value) for key, value in node.members.values()}
        elif isinstance(node, nodes.Sequence):
            stack += node.items
        elif isinstance(node, Scalar):
            _mask(node, text, hidden)


def _mask(node: Scalar, text: str, hidden: Sequence[Span]) -> None:
    if not _overlaps(node.span, hidden):
        return
    places = SourceMap(text, node)
    node.text = "".join(
        "*" if _overlaps(places.span(index, index + 1), hidden) else character
        for index, character in enumerate(node.text)
    )


def _overlaps(span: Span, hidden: Sequence[Span]) -> bool:
    before = bisect_right(hidden, Span(span.end, -1))
    return before > 0 and hidden[before - 1].end > span.start
