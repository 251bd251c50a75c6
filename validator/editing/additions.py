"""Text edits that add a field to a mapping, or entries to a list, after what they contain.

As in `validator.editing.edits`, the result is None if the change can't be made.
"""

from __future__ import annotations

import re

from validator.editing.edits import REST_OF_LINE, Edits, column_of, line_break
from validator.finding import Edit, Span
from validator.parsing.nodes import Mapping, Scalar, Sequence


def append_field(holder: Mapping, name: str, written: str, text: str) -> Edits | None:
    """Add a field at the end of a mapping; `written` is its value, on one line."""
    if not holder.members:
        return None
    key, value = list(holder.members.values())[-1]
    end = max(key.end, value.end)
    if not holder.start <= key.start <= end <= max(holder.end, end) or value.end < key.start:
        return None
    if holder.flow:
        return (Edit(Span(end, end), f", {name}: {written}"),)
    first = next(iter(holder.members.values()))[0]
    return append_lines(end, [f"{' ' * column_of(first.start, text)}{name}: {written}"], text)


def append_lines(end: int, lines: list[str], text: str) -> Edits | None:
    """Add lines after the line on which something ends; None if more than a comment follows."""
    # The end of a block scalar is the beginning of the next line.
    end = len(text[:end].rstrip())
    line_end = line_break(text)
    after = re.compile(REST_OF_LINE).match(text, end)
    if after is None:
        return None
    at = Span(after.end(), after.end())
    written = line_end.join(lines)
    return (Edit(at, f"{written}{line_end}" if after[1] else f"{line_end}{written}"),)


def append_entries(entries: Sequence, words: list[str], text: str) -> Edits | None:
    """Add words at the end of a list of scalars."""
    if entries.anchored or not all(isinstance(each, Scalar) for each in entries.items):
        return None
    if not entries.items:
        written = f"[{', '.join(words)}]"
        return (Edit(entries.span, written),) if text[entries.start] == "[" else None
    end = entries.items[-1].end
    if not entries.start <= end <= entries.end:
        # The last entry is an alias.
        return None
    if entries.flow:
        return (Edit(Span(end, end), "".join(f", {each}" for each in words)),)
    dash = text.rfind("-", 0, entries.items[0].start)
    indentation = " " * column_of(dash, text)
    return append_lines(end, [f"{indentation}- {each}" for each in words], text)
