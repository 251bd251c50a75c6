"""Text edits that move a field into an adjacent mapping.

As in `validator.editing.edits`, the result is None if something would be lost.
"""

from __future__ import annotations

import re

from validator.editing.comments import comments_above, keeps_end
from validator.editing.edits import (
    REST_OF_LINE,
    Edits,
    column_of,
    line_break,
    line_start,
    whole_lines,
    without_lines,
)
from validator.finding import Edit, Span
from validator.parsing.nodes import Mapping, Node, Scalar


def move_into(
    holder: Mapping,
    name: str,
    field: str,
    new_name: str,
    beside: list[Scalar],
    text: str,
    word: str | None = None,
) -> Edits | None:
    """Move a field of a block mapping into an adjacent mapping, which is created if missing.

    `field` is the mapping's key; `beside` are the keys that also have to be moved into it: it is
    created at the first of them. The lines of the value keep their relative indentation, and
    comments right above the field move with it. With a `word`, that becomes the value.
    """
    key, value = holder.members[name]
    if holder.flow or not key.plain or (word is not None and value.anchored):
        return None
    lines = whole_lines(Span(key.start, max(key.end, value.end)), text)
    if lines is None or not holder.start <= key.start < holder.end or value.end < key.start:
        return None
    if keeps_end(value, text):
        return None
    top, above = comments_above(key, text)
    lines = Span(top, lines.end)
    column = column_of(key.start, text)
    body = text[key.start : lines.end].rstrip("\r\n")
    if word is None:
        body = new_name + body[len(text[key.start : key.end]) :]
    elif re.search("[#&]", body):
        # A comment, or an anchor that may be used elsewhere.
        return None
    else:
        body = f"{new_name}: {word}"
    end = line_break(text)
    body = "".join(f"{each}{end}{' ' * column}" for each in above) + body
    member = holder.members.get(field)
    if member is None or member[1].kind == "null":
        if member is not None:
            return None
        first = min([key, *beside], key=lambda each: each.start)
        if text[line_start(first.start, text) : first.start].strip():
            # For example after the `:` of a key on its own line.
            return None
        at, _ = comments_above(first, text)
        inner = _shifted(body, column, _step(holder, text))
        return _moved(at, " " * column + f"{field}:{end}" + inner, lines, text)
    return _into(member[1], new_name, body, column, lines, text)


def _into(
    target: Node, new_name: str, body: str, column: int, lines: Span, text: str
) -> Edits | None:
    """Move a field's lines, with the new text `body`, to the end of a block mapping."""
    if not isinstance(target, Mapping) or target.flow or not target.members:
        return None
    if new_name in target.members:
        return None
    last_key, last = list(target.members.values())[-1]
    after = re.compile(REST_OF_LINE).match(text, max(last_key.end, last.end))
    inner = column_of(next(iter(target.members.values()))[0].start, text)
    if after is None or last_key.start < target.start or keeps_end(last, text):
        return None
    written = _shifted(body, column, inner - column)
    if not after[1]:
        return Edit(Span(after.end(), after.end()), line_break(text) + written), without_lines(
            lines, text
        )
    return _moved(after.end(), written, lines, text)


def _moved(at: int, written: str, lines: Span, text: str) -> Edits:
    """Insert lines at the beginning of a line, and remove the lines that they come from."""
    end = re.compile(r"[\r\n]*$").search(text, lines.start, lines.end)
    assert end is not None
    if at == lines.start:
        return (Edit(Span(at, end.start()), written),)
    return Edit(Span(at, at), written + line_break(text)), without_lines(lines, text)


def _step(holder: Mapping, text: str) -> int:
    """The indentation of the mapping's nested fields in columns, or two if it has none."""
    for key, value in holder.members.values():
        if isinstance(value, Mapping) and not value.flow and value.start > key.end:
            return max(column_of(value.start, text) - column_of(key.start, text), 1)
    return 2


def _shifted(body: str, column: int, by: int) -> str:
    """A field's lines moved right by a number of columns, the first one indented."""
    return " " * (column + by) + re.sub(r"(\r\n|\n|\r)(?=[^\r\n])", rf"\g<1>{' ' * by}", body)
