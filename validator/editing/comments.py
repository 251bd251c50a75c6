"""The comments of a field or an entry: above it, on its line, after its `|`."""

from __future__ import annotations

import re

from validator.editing.edits import line_start
from validator.finding import Span
from validator.parsing.nodes import Mapping, Node, Scalar, Sequence
from validator.tuples import NamedTuple

_AFTER = r"[ \t]*(?:(?<=\s)(#[^\r\n]*))?(\r\n|\n|\r|$)"
_HEADER = r"[|>][-+\d]*[ \t]*(#[^\r\n]*)?"
_BETWEEN = r"[ \t]*:\s*(?:(#[^\r\n]*)\s*)?"
_COMMENT = r"[ \t]*(#[^\r\n]*)"
_KEEPS = r"[|>]\d?\+"


class Field(NamedTuple):
    """The lines of a field of a block mapping, and its comments.

    `lines` are its own and those of the comments `above`; `beside` are the comments on its own
    lines, outside of its value.
    """

    lines: Span
    above: list[str]
    beside: list[str]


def field(key: Scalar, value: Scalar, text: str) -> Field | None:
    """The lines of a field whose value is a scalar; None if they contain anything else.

    Also None for a field with an anchor or a tag, and for one after a dash.
    """
    start = line_start(key.start, text)
    between = re.compile(_BETWEEN).fullmatch(text, key.end, value.start)
    after = re.compile(_AFTER).match(text, value.end)
    if text[start : key.start].strip(" ") or between is None or after is None:
        return None
    header = re.compile(_HEADER).match(text, value.start) if not value.plain else None
    found = [between[1], header and header[1], after[1]]
    top, above = comments_above(key, text)
    beside = [each.rstrip() for each in found if each]
    return Field(Span(top, after.end()), above, beside)


def comments_above(key: Scalar, text: str) -> tuple[int, list[str]]:
    """The offset where the comments right above a key begin, in its column, and their texts."""
    top = line_start(key.start, text)
    indentation = text[top : key.start]
    above: list[str] = []
    while top and not indentation.strip(" "):
        start = line_start(top - (2 if text.startswith("\r\n", top - 2) else 1), text)
        found = re.compile(_COMMENT).match(text, start)
        if found is None or found.start(1) - start != len(indentation):
            break
        above.append(found[1].rstrip())
        top = start
    return top, above[::-1]


def keeps_end(node: Node, text: str) -> bool:
    """Whether a value ends with a block scalar whose trailing empty lines count (`|+`)."""
    while isinstance(node, Mapping | Sequence):
        inner = node.items if isinstance(node, Sequence) else [v for _, v in node.members.values()]
        if not inner:
            return False
        node = inner[-1]
    return re.compile(_KEEPS).match(text, node.start) is not None
