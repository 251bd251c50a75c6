"""Values of a document without the characters that must not be shown."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from validator.finding import Span
from validator.parsing.nodes import Mapping, Node, Scalar, each_value
from validator.shell.source_map import SourceMap


def mask(root: Node, text: str, hidden: Sequence[Span]) -> None:
    """Put `*` in place of hidden characters in all keys and values of a tree.

    `hidden` are places in the text of the document, in their order, none in another.
    """
    for node in each_value(root):
        if isinstance(node, Mapping):
            for key, _ in node.members.values():
                _mask(key, text, hidden)
            node.members = {key.text: (key, value) for key, value in node.members.values()}
        elif isinstance(node, Scalar):
            _mask(node, text, hidden)


def masked_values(root: Node, text: str, hidden: Sequence[Span]) -> dict[str, str]:
    """The keys and values of a tree that have hidden characters, each with `*` in their place."""
    found: dict[str, str] = {}
    for node in each_value(root):
        keys = [key for key, _ in node.members.values()] if isinstance(node, Mapping) else []
        for each in (*keys, node):
            if isinstance(each, Scalar):
                masked = _masked(each, text, hidden)
                if masked != each.text:
                    found[each.text] = masked
                    # As display names are shown.
                    found[each.text.strip()] = masked.strip()
    return found


def _mask(node: Scalar, text: str, hidden: Sequence[Span]) -> None:
    node.text = _masked(node, text, hidden)


def _masked(node: Scalar, text: str, hidden: Sequence[Span]) -> str:
    first = bisect_right(hidden, node.start, key=lambda span: span.end)
    end = bisect_left(hidden, node.end, key=lambda span: span.start)
    if first >= end:
        return node.text
    places = SourceMap(text, node)
    # A value may be very long, and contain very many secrets.
    characters = list(node.text)
    indices = range(len(characters))
    for span in hidden[first:end]:
        start = bisect_right(indices, span.start, key=lambda at: places.span(at, at + 1).end)
        stop = bisect_left(indices, span.end, key=lambda at: places.span(at, at + 1).start)
        characters[start:stop] = "*" * (stop - start)
    return "".join(characters)
