"""Write the comments that suppress findings."""

from __future__ import annotations

from validator.editing import edits
from validator.finding import Edit, Span
from validator.parsing.nodes import Node
from validator.parsing.scalars import Scalars
from validator.parsing.text import MARKER, Text
from validator.rules import BLOCKING

OUT_OF_REACH = BLOCKING | {"empty-document", "invalid-suppression", "unused-suppression"}
"""Rules that no comment can suppress: blocking ones, and those about comments."""


class Ignoring:
    """The suppression comments that can be added to a document; `root` is its node tree."""

    def __init__(self, text: Text, root: Node) -> None:
        self._text = text
        self._root = root
        self._scalars = Scalars(text, root)

    def line(self, rule: str, at: int) -> Edit | None:
        """Suppress a rule at an offset, by a comment above its line, or above a whole script.

        None if there is no such line: inside a scalar, a comment would be text.
        """
        for line in self._scalars.lines_of(Span(at, at)):
            start = self._text.starts[line - 1]
            if not self._scalars.contains(start):
                return self._comment(start, "ignore", rule)
        return None

    def file(self, rule: str) -> Edit:
        """Suppress a rule in the whole document, by a comment above its first key."""
        start = self._text.starts[self._text.position(self._root.start).line - 1]
        return self._comment(start, "ignore-file", rule)

    def _comment(self, start: int, verb: str, rule: str) -> Edit:
        text = self._text.value
        line = self._text.line(self._text.position(start).line)
        indentation = line[: len(line) - len(line.lstrip(" "))]
        comment = f"{indentation}# {MARKER} {verb}[{rule}]{edits.line_break(text)}"
        return Edit(Span(start, start), comment)
