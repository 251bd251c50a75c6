"""Text edits that turn something else into a task, a service or a trigger.

As in `validator.editing.edits`, the result is None if a comment or an anchor would be lost.
"""

from __future__ import annotations

import re

from validator.editing.edits import Edits, as_word, column_of, line_break, line_start
from validator.finding import Edit, Span
from validator.parsing.nodes import Mapping, Node, Scalar, Sequence

_STEP = 2


def as_fields(
    items: Mapping, key: Scalar, name: str | None, fields: list[str], text: str
) -> Edits | None:
    """Make the text of a key the value of the last of some fields, after the field `name` if any.

    `fields` lead to the text: `["command"]`, or `["commands", "start"]`. In a block each field
    gets its own line; if the items are in braces, so are the fields.
    """
    value = items.members[key.text][1]
    if not text or value.anchored or not key.end < value.start < value.end:
        return None
    between = text[key.end : value.start]
    if between.strip(" :") or ("\n" in text[value.start : value.end] and items.flow):
        return None
    if items.flow:
        opening = "".join(f"{{{as_word(field, text)}: " for field in fields)
        first = "" if name is None else f"{as_word('name', text)}: {as_word(name, text)}, "
        written = f"{{{first}{opening[1:]}"
        closing = "}" * len(fields)
        return Edit(Span(value.start, value.start), written), Edit(
            Span(value.end, value.end), closing
        )
    end = line_break(text)
    column = column_of(key.start, text) + _STEP
    lines = [
        *([] if name is None else [f"name: {name}"]),
        *(f"{'  ' * depth}{field}:" for depth, field in enumerate(fields)),
    ]
    written = ":" + "".join(f"{end}{' ' * column}{line}" for line in lines) + " "
    made = [Edit(Span(key.end, value.start), written)]
    shift = " " * _STEP * len(fields)
    # The lines of a script are indented along with it.
    starts = re.compile(r"(?:\r\n|\n|\r)(?=[^\r\n])").finditer(text, value.start, value.end)
    made += [Edit(Span(each.end(), each.end()), shift) for each in starts]
    return tuple(made)


def in_place_of(node: Node, written: str, text: str) -> Edits | None:
    """Replace a value of any kind."""
    if not text or node.anchored or not node.start < node.end:
        return None
    end = node.start + len(text[node.start : node.end].rstrip())
    # A comment, an anchor that may be used elsewhere, or an alias.
    if not isinstance(node, Scalar) and re.search("[#&*]", text[node.start : end]):
        return None
    return (Edit(Span(node.start, end), written),)


def as_list(node: Mapping, names: list[str], key: Scalar, text: str) -> Edits | None:
    """Replace a mapping with a list in brackets, on the line of its key."""
    words = ", ".join(as_word(name, text) for name in names)
    made = in_place_of(node, f"[{words}]", text)
    if made is None or not key.end < node.start:
        return None
    between = text[key.end : node.start]
    if between.strip(": \t\r\n"):
        return None
    return (Edit(Span(key.end, made[0].span.end), f": {made[0].text}"),)


def triggered_by(key: Scalar, value: Node, field: str, trigger: str, text: str) -> Edits | None:
    """Replace a field that has the name of a trigger with the list of triggers."""
    if not text or value.anchored or not key.start < key.end <= value.end:
        return None
    end = max(value.end, key.end)
    written = text[key.start : end]
    if "\n" in written.rstrip() or "#" in written or isinstance(value, Sequence):
        return None
    if value.kind == "null" and not written[len(text[key.start : key.end]) :].strip():
        # An empty value: include the colon.
        end = text.index(":", key.end) + 1
    return (Edit(Span(key.start, end), f"{as_word(field, text)}: [{as_word(trigger, text)}]"),)


def one_level_up(item: Mapping, key: Scalar, value: Node, above: Scalar, text: str) -> Edits | None:
    """Move the last field of an item, whose own key is `above`, next to the item."""
    shift = column_of(key.start, text) - column_of(above.start, text)
    last = next(reversed(item.members.values()))[0]
    if last is not key or item.flow or shift <= 0 or not above.end < key.start < value.start:
        return None
    start = line_start(key.start, text)
    if text[start : key.start].strip(" "):
        return None
    return _dedented(Span(start, value.end), shift, text)


def indent(start: int, end: int, text: str) -> Edits | None:
    """Indent the lines of a span that begins at a key."""
    if not text:
        return None
    first = line_start(start, text)
    if text[first:start].strip(" "):
        return None
    starts = re.compile(r"(?<![^\r\n])(?=[^\r\n])").finditer(text, first, end)
    return tuple(Edit(Span(*each.span()), " " * _STEP) for each in starts)


def unwrap(key: Scalar, value: Mapping, text: str) -> Edits | None:
    """Replace the field with key `key` with the fields of the block mapping that it contains."""
    shift = column_of(value.start, text) - column_of(key.start, text) if text else 0
    if value.flow or value.anchored or shift <= 0 or not key.end < value.start:
        return None
    start, first = line_start(key.start, text), line_start(value.start, text)
    if text[start : value.start].replace(text[key.start : key.end], "", 1).strip(": \t\r\n"):
        return None
    return Edit(Span(start, first), ""), *_dedented(Span(first, value.end), shift, text)


def _dedented(span: Span, by: int, text: str) -> Edits:
    """Remove `by` spaces from the beginning of each line of a span that has that many."""
    starts = re.compile(rf"(?<![^\r\n]) {{{by}}}").finditer(text, *span)
    return tuple(Edit(Span(*each.span()), "") for each in starts)
