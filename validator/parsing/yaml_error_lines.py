"""The lines around a syntax error, for the functions that explain it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from validator.finding import Span
from validator.tuples import NamedTuple

_LINE = re.compile(r"[^\r\n]*")
_KEY = re.compile(r"(?:- +)*([\w./-]+|\"[^\"]*\"|'[^']*')[ \t]*:(?=\s|$)")

# A line that ends with the header of a block scalar: `command: |`, `- >-`.
BLOCK_HEADER = re.compile(r"(?:^|.*[:?-][ \t]+)(?:[&!]\S+[ \t]+)*[|>][-+1-9]{0,2}[ \t]*(?:#.*)?")

MOST_LINES = 1_000
"""Number of lines above an error to search; a mistake is rarely farther away."""


class Line(NamedTuple):
    """A line without its line break; `start` is its offset in characters (0-based)."""

    start: int
    text: str

    @property
    def body(self) -> str:
        """The line without surrounding whitespace."""
        return self.text.strip()

    @property
    def indent(self) -> int:
        """The number of spaces and tabs before the body."""
        return len(self.text) - len(self.text.lstrip(" \t"))

    @property
    def span(self) -> Span:
        """The place of the body."""
        start = self.start + len(self.text) - len(self.text.lstrip())
        return Span(start, start + len(self.body))

    @property
    def key(self) -> str | None:
        """The key that the line begins with; None if it has none."""
        found = _KEY.match(self.body)
        return found[1] if found else None

    @property
    def value(self) -> Span | None:
        """The place of the value after the key, without a comment; None if there is none."""
        found = _KEY.match(self.body)
        if found is None:
            return None
        after = re.sub(r"(?:^|\s)#.*", "", self.body[found.end() :]).rstrip()
        start = self.span.start + found.end() + len(after) - len(after.lstrip())
        return Span(start, start + len(after.strip())) if after.strip() else None


def line_at(text: str, at: int) -> Line:
    """The line of an offset."""
    start = max(text.rfind("\n", 0, at), text.rfind("\r", 0, at)) + 1
    found = _LINE.match(text, start)
    return Line(start, found[0] if found else "")


def lines_above(text: str, line: Line) -> Iterator[Line]:
    """The nonempty lines above a line, the nearest first."""
    at = line.start
    for _ in range(MOST_LINES):
        if at == 0:
            return
        above = line_at(text, at - 2 if text.startswith("\r\n", at - 2) else at - 1)
        at = above.start
        if above.body:
            yield above


def lines_below(text: str, line: Line) -> Iterator[Line]:
    """The nonempty lines below a line."""
    at = line.start
    for _ in range(MOST_LINES):
        at += len(line.text)
        if at >= len(text):
            return
        at += 2 if text.startswith("\r\n", at) else 1
        line = line_at(text, at)
        at = line.start
        if line.body:
            yield line
