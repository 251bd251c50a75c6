"""Selection ranges around an offset, from a word to the whole document."""

from __future__ import annotations

import re
from collections.abc import Iterator

from validator.finding import Span
from validator.language.cursor.lines import indentation
from validator.language.occurrences import inner
from validator.language.snapshot import View
from validator.parsing.nodes import Mapping, Node, Scalar, Sequence

_WORD = re.compile(r"[\w-]+")


def selection(view: View, offset: int) -> tuple[Span, ...]:
    """The spans around an offset, the innermost first, each within the next.

    A word, a line of a string of several, an entry or a value, its list, its field, its item, its
    section, the document. In a text that can't be read: the word, the line, the document.
    """
    text = view.text.value
    offset = min(max(offset, 0), len(text))
    around = [Span(0, len(text)), *_line(view, offset)]
    if not view.stale:
        around += _nodes(view.document.root, text, offset)
    chain: list[Span] = []
    for span in sorted(set(around), key=lambda each: each.start - each.end):
        if not span.start <= offset <= span.end:
            continue
        if not chain or (chain[-1].start <= span.start and span.end <= chain[-1].end):
            chain.append(span)
    return tuple(reversed(chain))


def _line(view: View, offset: int) -> Iterator[Span]:
    """The line of an offset without its indentation, and the word there."""
    number = view.text.position(offset).line
    line, start = view.text.line(number), view.text.starts[number - 1]
    yield Span(
        start + indentation(line), max(start + len(line.rstrip()), start + indentation(line))
    )
    for word in _WORD.finditer(line):
        if word.start() <= offset - start <= word.end():
            yield Span(start + word.start(), start + word.end())
            return


def _nodes(node: Node, text: str, offset: int) -> Iterator[Span]:
    """The nodes around an offset, and each key together with its value."""
    yield node.span
    if isinstance(node, Scalar):
        yield inner(node, text)
    elif isinstance(node, Sequence):
        for item in node.items:
            if item.start <= offset <= item.end:
                yield from _nodes(item, text, offset)
    elif isinstance(node, Mapping):
        for key, value in node.members.values():
            end = value.end if value.start >= key.end else key.end
            if not key.start <= offset <= end:
                continue
            yield Span(key.start, end)
            if offset <= key.end:
                yield from (key.span, inner(key, text))
            elif value.start <= offset:
                yield from _nodes(value, text, offset)
