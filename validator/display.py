"""Showing a document's own text on a terminal: visibly, harmlessly, and measured in columns."""

from __future__ import annotations

import re
import unicodedata

from validator.finding import Finding

LEAST_WIDTH = 40
"""The number of columns that an excerpt takes, however narrow the terminal is."""

_TAB = "  "
_WORDS = re.compile(r"(\s*)(\S+)")
# What CI runners take for commands: `##[error]`, `##vso[…]` and `##teamcity[…]` anywhere in a line
# of their log, and `::error::` where a line begins, after whitespace too.
_INNER = re.compile(r"#(?=#\w*\[)")
_COMMAND = re.compile(rf"{_INNER.pattern}|(?m:^)[^\S\n]*:(?=:)")


def visible(text: str) -> str:
    r"""The text with every character that could change how other text is shown escaped.

    Control characters, line and paragraph separators, bidirectional controls, surrogates and
    unassigned or private characters come out as `\u{1b}`, so that a document can forge nothing.
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
    """A finding's place as `path:line:column`; without a place, `path#/json/pointer`."""
    place = finding.place
    if path is None:
        path = "<object>" if place is None else "<text>"
    shown = visible(path) or "''"
    if shown.lstrip().startswith("::"):
        # So it stays a path, where `inert` would break it.
        shown = f"./{shown}"
    if place is None:
        return f"{shown}#{visible(finding.pointer)}" if finding.pointer else shown
    return f"{shown}:{place.start.line}:{place.start.column}"


def inert(text: str) -> str:
    """Lines with a space in what a CI runner that reads the log would take for its command."""
    return _COMMAND.sub(r"\g<0> ", text) if "##" in text or "::" in text else text


def notice(text: str) -> str:
    """Text for a message that an editor shows on one line, in which some make links of Markdown."""
    return re.sub(r"\](?=\()", "] ", visible(text))


def inert_within(text: str) -> str:
    """Text in the midst of a line, made inert: there `::` is no command."""
    return _INNER.sub(r"\g<0> ", text) if "##" in text else text


def entities(text: str) -> str:
    """Markup with an entity in what a CI runner that reads the log would take for its command."""
    if "##" not in text and "::" not in text:
        return text
    return _COMMAND.sub(lambda found: f"{found[0][:-1]}&#{ord(found[0][-1])};", text)


def markup(text: str) -> str:
    """Text for HTML and SVG: visible, without meaning there or for a CI runner."""
    from html import escape

    return entities(escape(visible(text)))


def columns(text: str) -> int:
    """The number of terminal columns that visible text takes."""
    if text.isascii():
        return len(text)
    return sum(map(_columns, text))


def _columns(character: str) -> int:
    if unicodedata.combining(character) or character in "\u200d\ufe0f":
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def wrap(text: str, width: int, indent: int) -> list[str]:
    """Visible text in lines of so many columns where words allow it, all but the first indented."""
    lines: list[str] = []
    line = ""
    for space, word in _WORDS.findall(text):
        if line.strip() and columns(line) + columns(space) + columns(word) > width:
            lines.append(line)
            line = " " * indent + word
        else:
            line += space + word
    return [*lines, line]


def excerpt(line: str, start: int, end: int, width: int) -> tuple[str, int, int]:
    """A line cut to about `width` columns around a range of it.

    `start` and `end` are 0-based character offsets in the line. Returns the visible text, the
    column where the range begins in it (0-based) and the number of columns that it takes.
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
