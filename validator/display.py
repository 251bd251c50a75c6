"""Make a document's own text safe to show on a terminal, and measure it in columns."""

from __future__ import annotations

import re

from validator.finding import Finding

LEAST_WIDTH = 40
"""Minimum number of columns for an excerpt, however narrow the terminal is."""

_TAB = "  "
_WORDS = r"(\s*)(\S+)"
# Commands of CI runners: `##[error]`, `##vso[…]` and `##teamcity[…]` anywhere in a log line, and
# `::error::` at the beginning of a line, also after whitespace.
_INNER = r"#(?=#\w*\[)"
_COMMAND = rf"{_INNER}|(?m:^)[^\S\n]*:(?=:)"


def visible(text: str) -> str:
    r"""Escape every character that could change how other text is shown.

    Control characters, line and paragraph separators, bidirectional controls, surrogates, and
    unassigned or private characters become `\u{1b}`, so that a document can't forge output.
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(map(_visible, text))


def _visible(character: str) -> str:
    if character.isprintable() or character == "\u200d":
        return character
    if character == "\t":
        return _TAB
    return " " if character == "\xa0" else f"\\u{{{ord(character):x}}}"


def where(path: str | None, finding: Finding) -> str:
    """The location of a finding: `path:line:column`, or `path#/json/pointer` without a place."""
    place = finding.place
    if path is None:
        path = "<object>" if place is None else "<text>"
    shown = visible(path) or "''"
    if shown.lstrip().startswith("::"):
        # `inert` would break such a path.
        shown = f"./{shown}"
    if place is None:
        return f"{shown}#{visible(finding.pointer)}" if finding.pointer else shown
    return f"{shown}:{place.start.line}:{place.start.column}"


def inert(text: str) -> str:
    """Insert a space into whatever a CI runner that reads the log would take for a command."""
    return re.sub(_COMMAND, r"\g<0> ", text) if "##" in text or "::" in text else text


def notice(text: str) -> str:
    """Text for a message on one line in an editor; no Markdown links, which some editors render."""
    return re.sub(r"\](?=\()", "] ", visible(text))


def inert_within(text: str) -> str:
    """Like `inert`, for text in the middle of a line, where `::` is no command."""
    return re.sub(_INNER, r"\g<0> ", text) if "##" in text else text


def entities(text: str) -> str:
    """Insert an entity into markup that a CI runner reading the log would take for a command."""
    if "##" not in text and "::" not in text:
        return text
    return re.sub(_COMMAND, lambda found: f"{found[0][:-1]}&#{ord(found[0][-1])};", text)


def markup(text: str) -> str:
    """Escape text for HTML and SVG, and for a CI runner that reads it."""
    from html import escape

    return entities(escape(visible(text)))


def columns(text: str) -> int:
    """The number of terminal columns of visible text."""
    if text.isascii():
        return len(text)
    # Few messages and excerpts have such characters.
    from unicodedata import combining, east_asian_width

    wide = sum(east_asian_width(character) in "WF" for character in text)
    none = sum(bool(combining(each)) or each in "\u200d\ufe0f" for each in text)
    return len(text) + wide - none


def padded(text: str, width: int) -> str:
    """Visible text with spaces after it, up to `width` columns."""
    return text + " " * (width - columns(text))


def truncated(text: str, room: int) -> str:
    """Visible text cut to `room` columns."""
    if columns(text) <= room:
        return text
    while columns(text) > room - 1:
        text = text[:-1]
    return text + "…"


def wrap(text: str, width: int, indent: int, before: int = 0) -> list[str]:
    """Wrap visible text at `width` columns; lines after the first are indented.

    Lines after the first are safe in the log of a CI runner: a word that was in the middle of the
    text, such as `::error::`, may begin one.

    `before` is the number of columns that something else takes at the beginning of the first line.
    """
    lines: list[str] = []
    line = ""
    for space, word in re.findall(_WORDS, text):
        taken = columns(line) + (before if not lines else 0)
        if (line.strip() or taken) and taken + columns(space) + columns(word) > width:
            lines.append(line)
            line = inert(" " * indent + word)
        else:
            line += space + word
    return [*lines, line]


def excerpt(line: str, start: int, end: int, width: int) -> tuple[str, int, int]:
    """Cut a line to about `width` columns around a range.

    `start` and `end` are 0-based character offsets in the line. Returns the visible text, the
    0-based column where the range begins in it, and the number of columns of the range.
    """
    before, marked, after = line[:start], line[start:end], line[end:]
    room = max(width, LEAST_WIDTH)
    marked_room = max(room - min(len(before), room // 3), room // 2)
    tail = ""
    if len(marked) > marked_room:
        marked, after, tail = marked[:marked_room], "", "…"
    head = ""
    if len(before) + len(marked) > room:
        before, head = before[-(room // 3) :], "…"
    left = room - len(before) - len(marked)
    if len(after) > left:
        after, tail = after[: max(left, 0)], "…"
    shown_before, shown = head + visible(before), visible(marked)
    text = shown_before + shown + visible(after) + tail
    return text.rstrip(), columns(shown_before), columns(shown)
