"""What a line of YAML holds, told by its own text: dashes, a key, and how its value begins.

It is also right for a line that is half typed, in a document that can't be read.
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
    """A dash, a key with its colon, or other text; `column` is where it begins, 0-based.

    `text` is a key's text without quotes, or the other text; `start` is the column where it begins
    behind an anchor, if it has one, and `end` the column behind it: of a key, behind its colon.
    """

    kind: Literal["dash", "key", "text"]
    column: int
    text: str
    start: int
    end: int


def indentation(line: str) -> int:
    """The number of blanks that a line begins with, tabs counted as one."""
    return len(line) - len(line.lstrip(" \t"))


def is_blank(line: str) -> bool:
    """Whether a line holds nothing, or a comment alone."""
    rest = line.lstrip(" \t")
    return not rest or rest[0] == "#"


def is_marker(line: str) -> bool:
    """Whether a line begins or ends a document."""
    return line.startswith(("---", "...")) and line[3:4] in ("", " ", "\t")


def elements(line: str) -> list[Element]:
    """What a line begins with: dashes, then a key or other text if there is any."""
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
    """How the value that is to be found behind a column begins, and in which column.

    An anchor and a tag before it are passed over.
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
    """The column where a comment begins behind a value that begins at a column, or the end."""
    string = _STRING.match(line, at)
    if string is not None:
        at = string.end()
    elif line[at : at + 1] in ('"', "'") and at < len(line):
        return len(line)
    found = _COMMENT.search(line, at)
    return found.start() if found else len(line)


def unquoted(text: str) -> str:
    """The text of a scalar without the quotes around it, if it has some."""
    if len(text) > 1 and text[0] == text[-1] == "'":
        return text[1:-1].replace("''", "'")
    if len(text) > 1 and text[0] == text[-1] == '"':
        try:
            return str(json.loads(text))
        except ValueError:
            return text[1:-1]
    return text
