"""Parse a single line of YAML: dashes, a key, and the beginning of its value.

It also works for a line that is half typed, in a document that can't be read.
"""

from __future__ import annotations

import json
import re
from typing import Literal, NamedTuple

Value = Literal["none", "script", "brackets", "quoted", "plain"]

_DASH = re.compile(r"-(?=[ \t]|$)[ \t]*")
_PROPERTIES = re.compile(r"[ \t]*(?:[&!]\S*[ \t]+)*(?:[&!]\S*$)?")
_SCRIPT = re.compile(r"[|>][-+0-9]*[ \t]*(?:#.*)?$")
_KEY = re.compile(
    r"""(?:"(?:[^"\\]|\\.)*"|'(?:[^']|'')*')[ \t]*:(?=\s|$)
    |[^\s"'\[\]{}#,|>&%@`:](?:[^:#]|:(?=\S)|(?<=\S)\#)*?:(?=\s|$)""",
    re.VERBOSE,
)
_STRING = re.compile(r"""("(?:[^"\\]|\\.)*")|('(?:[^']|'')*')""")
_COMMENT = re.compile(r"(?:^|(?<=[ \t]))#")


class Element(NamedTuple):
    """A dash, a key with its colon, or other text; `column` is its beginning, 0-based.

    `text` is a key's text without quotes, or the other text; `start` is the column where it begins
    after an anchor, if it has one, and `end` the column after it: for a key, after its colon.
    """

    kind: Literal["dash", "key", "text"]
    column: int
    text: str
    start: int
    end: int


def indentation(line: str) -> int:
    """The number of spaces and tabs that a line begins with."""
    return len(line) - len(line.lstrip(" \t"))


def is_blank(line: str) -> bool:
    """Whether a line is empty or contains only a comment."""
    rest = line.lstrip(" \t")
    return not rest or rest[0] == "#"


def is_marker(line: str) -> bool:
    """Whether a line begins or ends a document."""
    return line.startswith(("---", "...")) and line[3:4] in ("", " ", "\t")


def elements(line: str) -> list[Element]:
    """The beginning of a line: dashes, then a key or other text if there is any."""
    at = indentation(line)
    found: list[Element] = []
    while dash := _DASH.match(line, at):
        found.append(Element("dash", at, "-", at, at + 1))
        at = dash.end()
    properties = _PROPERTIES.match(line, at)
    key = _KEY.match(line, properties.end() if properties else at)
    if key is not None:
        text = unquoted(key[0][:-1].rstrip())
        found.append(Element("key", at, text, key.start(), key.end()))
    elif at < len(line) and line[at] != "#":
        end = comment(line, at)
        text = line[at:end].rstrip()
        found.append(Element("text", at, text, at, at + len(text)))
    return found


def value(line: str, at: int) -> tuple[Value, int]:
    """How the value after a column begins, and in which column.

    An anchor and a tag before it are skipped.
    """
    found = _PROPERTIES.match(line, at)
    at = found.end() if found else at
    rest = line[at:]
    if not rest or rest[0] == "#":
        return "none", at
    if _SCRIPT.match(rest):
        return "script", at
    if rest[0] in "[{":
        return "brackets", at
    return ("quoted" if rest[0] in "\"'" else "plain"), at


def comment(line: str, at: int) -> int:
    """The column of the comment after a value that begins at a column, or the end of the line."""
    string = _STRING.match(line, at)
    if string is not None:
        at = string.end()
    elif line[at : at + 1] in ('"', "'") and at < len(line):
        return len(line)
    found = _COMMENT.search(line, at)
    return found.start() if found else len(line)


def unquoted(text: str) -> str:
    """The text of a scalar without its quotes, if it has some."""
    if len(text) > 1 and text[0] == text[-1] == "'":
        return text[1:-1].replace("''", "'")
    if len(text) > 1 and text[0] == text[-1] == '"':
        try:
            return str(json.loads(text))
        except ValueError:
            return text[1:-1]
    return text
