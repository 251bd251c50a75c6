"""Minimal text edits: a fix changes nothing else.

Each function returns None if the change can't be made without affecting something else, such as a
comment inside what would be removed.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

from validator.finding import Edit, Fix, Span
from validator.parsing.nodes import Mapping, Node, Scalar, Sequence
from validator.parsing.text import MARKER

Edits = tuple[Edit, ...]

REST_OF_LINE = r"[ \t]*(?:#[^\r\n]*)?(\r\n|\n|\r|$)"
_COMMENT = r"(?:^|\s)#"
_HEADER_COMMENT = r"[|>][-+\d]*[ \t]+#"
# The beginning of JSON.
_BRACKET = r"\s*[{\[]"
_BLANKS = " \t\r\n"
# What can be in a flow list without quotes, whatever surrounds it.
_PLAIN_ITEM = r"[\w][\w./-]*"


def fixes(title: str, made: Edits | None, *, safe: bool = True) -> tuple[Fix, ...]:
    """A fix with these edits, as a tuple for a finding; empty if they can't be applied together."""
    if not made:
        return ()
    in_order = sorted(edit.span for edit in made)
    if any(one.end > other.start for one, other in pairwise(in_order)):
        return ()
    return (Fix(title, made, safe),)


def rename(node: Scalar, name: str, text: str) -> Edits | None:
    """Replace the text of a scalar, inside its quotes if it has some."""
    if not text:
        return None
    start, end = node.start, node.end
    if node.plain and node.kind != "string":
        name = as_word(name, text)
    quotes = text[start] if not node.plain and text[start] in "'\"" else ""
    if not node.plain and not quotes:
        return None
    written = f"{quotes}{name}{quotes}"
    return (Edit(Span(start, end), written),) if text[start:end] != written else None


def put_in_quotes(node: Scalar) -> Edits | None:
    """Make an unquoted scalar that YAML reads as something else a string."""
    if not node.plain or not node.text or any(character in node.text for character in '"\\\n'):
        return None
    return Edit(Span(node.start, node.start), '"'), Edit(Span(node.end, node.end), '"')


def take_out_of_quotes(node: Scalar, word: str) -> Edits | None:
    """Replace a quoted scalar with a bare word, such as `true`."""
    return (Edit(node.span, word),) if node.start < node.end else None


def as_word(word: str, text: str) -> str:
    """A word as a value; in quotes if the text is JSON, or looks like it."""
    return f'"{word}"' if _looks_like_json(text) else word


# Called for each fix, always with the same text.
@lru_cache(maxsize=1)
def _looks_like_json(text: str) -> bool:
    return re.match(_BRACKET, text) is not None


def put_in_list(node: Scalar, text: str) -> Edits | None:
    """Make a scalar a list, of one entry or of those between commas."""
    written = text[node.start : node.end]
    entries = [entry.strip() for entry in node.text.split(",")]
    if all(re.fullmatch(_PLAIN_ITEM, entry) for entry in entries) and (
        node.plain or len(entries) > 1
    ):
        if not node.plain:
            words = [as_word(entry, text) for entry in entries]
            return (Edit(node.span, f"[{', '.join(words)}]"),)
    elif node.plain or written[:1] not in ("'", '"') or "\n" in written:
        return None
    return Edit(Span(node.start, node.start), "["), Edit(Span(node.end, node.end), "]")


def remove_entry(entries: Node, here: Node, text: str) -> Edits | None:
    """Remove an entry from a list: in brackets with its comma, otherwise with its line."""
    if not text or not isinstance(entries, Sequence):
        return None
    if entries.flow:
        return _out_of_brackets(entries, here.span, text)
    if not entries.start <= here.start < entries.end:
        return None
    dash = _dash(here, text)
    return None if dash is None else _removed(Span(dash, here.end), here, text)


def _dash(entry: Node, text: str) -> int | None:
    """The offset of the dash before an entry of a block list; None if more is between them."""
    found = text.rfind("-", 0, entry.start + 1)
    return None if found < 0 or text[found + 1 : entry.start].strip() else found


def _removed(span: Span, value: Node, text: str) -> Edits | None:
    """Remove the lines of an entry or a field; a trailing comment gets its own line.

    None if the comment is one for this program: it would then apply to another line.
    """
    lines = whole_lines(span, text)
    if lines is None or _has_comments(value, text):
        return None
    comment = text[span.end : lines.end].strip()
    if not comment:
        return (without_lines(lines, text),)
    end = span.end + text[span.end : lines.end].index("#")
    return None if MARKER in comment else (Edit(Span(span.start, end), ""),)


def _has_comments(value: Node, text: str) -> bool:
    """Whether there may be a comment between the first and the last character of a value."""
    if isinstance(value, Scalar):
        return re.compile(_HEADER_COMMENT).match(text, value.start) is not None
    return re.compile(_COMMENT).search(text, value.start, value.end) is not None


def _out_of_brackets(holder: Node, here: Span, text: str) -> Edits | None:
    """Remove a member of a list or mapping in brackets, with an adjacent comma."""
    if not holder.start < here.start <= here.end < holder.end:
        # The member is an alias: its value is elsewhere.
        return None
    end = _end_of_text_before(here.start, text)
    if text[end - 1] == ",":
        return (Edit(Span(_end_of_text_before(end - 1, text), here.end), ""),)
    if end - 1 != holder.start:
        return None
    comma = _skip_blanks(here.end, text)
    if text[comma] != ",":
        return (Edit(here, ""),) if comma == holder.end - 1 else None
    after = _skip_blanks(comma + 1, text)
    # A comment there may refer to the member.
    return None if text[after] == "#" else (Edit(Span(here.start, after), ""),)


def _end_of_text_before(at: int, text: str) -> int:
    """The end of the text before an offset, without whitespace."""
    while at and text[at - 1] in _BLANKS:
        at -= 1
    return at


def _skip_blanks(at: int, text: str) -> int:
    """The offset of the first character at or after an offset that is not whitespace."""
    while at < len(text) and text[at] in _BLANKS:
        at += 1
    return at


def remove_field(holder: Mapping, name: str, text: str, *, only: bool = False) -> Edits | None:
    """Remove a field of a mapping; its last field only if `only` is set.

    `name` is the text of its key.
    """
    if not text or (len(holder.members) == 1 and not only) or holder.members[name][1].anchored:
        return None
    key, value = holder.members[name]
    span = Span(key.start, value.end)
    if holder.flow:
        return _out_of_brackets(holder, span, text)
    if not holder.start <= span.start < span.end <= holder.end:
        return None
    if re.compile(_COMMENT).search(text, key.end, max(key.end, value.start)):
        return None
    return _removed(span, value, text)


def removal(entries: Node, entry: Node, text: str) -> tuple[Fix, ...]:
    """The fix that removes an entry from a list."""
    return fixes("Remove this entry", remove_entry(entries, entry, text))


def whole_lines(span: Span, text: str) -> Span | None:
    """The whole lines of a span; None if they contain anything else."""
    start = line_start(span.start, text)
    rest = re.compile(REST_OF_LINE).match(text, span.end)
    if rest is None or text[start : span.start].strip():
        return None
    return Span(start, rest.end())


def without_lines(lines: Span, text: str) -> Edit:
    """Remove whole lines; of a last line without a line break, remove the one before it."""
    start = lines.start
    if lines.end == len(text) and not text.endswith(("\n", "\r")) and start:
        start -= 2 if text.endswith("\r\n", 0, start) else 1
    return Edit(Span(start, lines.end), "")


def line_start(at: int, text: str) -> int:
    """The offset of the beginning of the line that contains an offset."""
    start = text.rfind("\n", 0, at) + 1
    # Few files have a carriage return at all: only this line is searched for one.
    return max(start, text.rfind("\r", start, at) + 1)


def column_of(at: int, text: str) -> int:
    """The number of characters before an offset on its line."""
    return at - line_start(at, text)


@lru_cache(maxsize=1)
def line_break(text: str) -> str:
    """The first line break of a text, or a line feed if it has none."""
    found = re.search(r"\r\n|\n|\r", text)
    return found[0] if found else "\n"


def set_value(key: Scalar, value: Node, word: str, text: str) -> Edits | None:
    """Replace the value of a key, of any kind, with a word."""
    if value.anchored or not key.end < value.start < value.end:
        return None
    word = as_word(word, text)
    if isinstance(value, Scalar):
        return (Edit(value.span, word),)
    between = text[key.end : value.start]
    written = text[value.start : value.end].rstrip()
    # A comment, or an anchor that may be used elsewhere.
    if re.search("[#&]", between + written) or between.strip(": \t\r\n"):
        return None
    return (Edit(Span(key.end, value.start + len(written)), f": {word}"),)


def insert_field(
    holder: Mapping, above: Scalar, name: str, word: str, text: str, before: Scalar | None = None
) -> Edits | None:
    """Insert a field with a bare or quoted word as its value before another key, or before all.

    `above` is the mapping's own key: a mapping with an anchor elsewhere is not changed.
    """
    first = next((key for key, _ in holder.members.values()), None)
    next_key = before or first
    if next_key is None or not above.end < holder.start <= next_key.start < holder.end:
        return None
    if text[_end_of_text_before(next_key.start, text) - 1] == "?":
        # The `:` of a key after `?` may be on another line.
        return None
    if not holder.flow and column_of(next_key.start, text) != column_of(holder.start, text):
        # A key of a mapping that is merged into this one.
        return None
    at = Span(next_key.start, next_key.start)
    if holder.flow:
        value = word if word[:1] == '"' else as_word(word, text)
        return (Edit(at, f"{as_word(name, text)}: {value}, "),)
    return (Edit(at, f"{name}: {word}{line_break(text)}{' ' * column_of(at.start, text)}"),)
