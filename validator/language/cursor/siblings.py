"""The siblings of a cursor: the other keys of a mapping, the other entries of a list."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import NamedTuple

from validator.finding import Span
from validator.language.cursor import lines
from validator.language.cursor.cursor import Cursor
from validator.language.cursor.lines import unquoted
from validator.parsing.text import Text

_FIRST = re.compile(r"(?<![^\r\n])[ \t]*(?=[^\s#])")
_SECTION = re.compile(r"""(?<![^\r\n])(["']?)(services|tasks)\1[ \t]*:[ \t]*(?=#|[\r\n]|$)""")


class Member(NamedTuple):
    """A key, or an entry; `span` is its text, without quotes around it."""

    text: str
    span: Span
    is_key: bool


def others(text: Text, cursor: Cursor) -> tuple[str, ...]:
    """The siblings of the key or entry at a cursor, found by indentation and text."""
    if cursor.flow:
        return cursor.others
    if cursor.kind == "entry":
        return _entries(text, cursor)
    if cursor.kind != "key":
        return ()
    here = text.position(cursor.span.start).line
    found = [
        member.text
        for member in members(text, cursor.parent, cursor.step)
        if text.position(member.span.start).line != here
    ]
    if 0 < cursor.parent != here:
        # The first key of an entry is in the line of its dash.
        parts = lines.elements(text.line(cursor.parent))
        found += [
            unquoted(key.text)
            for dash, key in pairwise(parts)
            if dash.kind == "dash" and key.kind == "key" and key.column == cursor.column
        ]
    return tuple(found)


def _entries(text: Text, cursor: Cursor) -> tuple[str, ...]:
    """The entries at the dashes above and below the one of a cursor."""
    found: list[str] = []
    for direction in (-1, 1):
        number = cursor.parent + direction
        while 0 < number <= len(text.starts):
            line = text.line(number)
            number += direction
            if lines.is_blank(line):
                continue
            parts = lines.elements(line)
            if parts[0].column < cursor.step or (
                parts[0].column == cursor.step and parts[0].kind != "dash"
            ):
                break
            if parts[0].column == cursor.step and parts[-1].kind == "text":
                found.append(unquoted(parts[-1].text))
    return tuple(found)


def members(text: Text, parent: int, column: int) -> list[Member]:
    """The keys in the lines below a key, or the entries at the dashes there.

    `parent` is the key's line (1-based) and `column` its column; 0 and -1 for the document.
    """
    start = text.starts[parent] if parent < len(text.starts) else len(text.value)
    first = _FIRST.search(text.value, start)
    if first is None:
        return []
    inner, in_list = len(first[0]), text.value.startswith("-", first.end())
    found: list[Member] = []
    # The search skips lines that are indented further.
    for each in re.compile(rf"(?<![^\r\n])[ \t]{{0,{inner}}}(?=[^\s#])").finditer(
        text.value, first.start()
    ):
        line = text.line(text.position(each.start()).line)
        parts = lines.elements(line)
        if parts[0].column < column + (parts[0].kind != "dash"):
            break
        if len(each[0]) == inner and in_list == (parts[0].kind == "dash"):
            last = parts[-1]
            written = line[last.start : last.end].rstrip(": \t")
            quote = written[:1] in ("'", '"')
            at = each.start() + last.start
            span = Span(at + quote, max(at + len(written) - quote, at + quote))
            found.append(Member(unquoted(last.text), span, parts[0].kind == "key"))
    return found


def declared(text: Text) -> list[tuple[str, str, Span]]:
    """The section, reference and key of each task and service that is not written in brackets.

    For a text that can't be read: it misses those in brackets, and aliases.
    """
    return [
        (section[2], member.text, member.span)
        for section in _SECTION.finditer(text.value)
        for member in members(text, text.position(section.start()).line, 0)
        if member.is_key
    ]
