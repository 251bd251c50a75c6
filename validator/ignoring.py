"""Writing the comments that suppress findings."""

from __future__ import annotations

from bisect import bisect_left

from validator import edits
from validator.finding import Edit, Span
from validator.nodes import Node
from validator.rules import BLOCKING
from validator.suppression import spans_of_scalars
from validator.text import MARKER, Text

OUT_OF_REACH = BLOCKING | {"empty-document", "invalid-suppression", "unused-suppression"}
"""The rules whose findings no comment suppresses: blocking ones, and those about comments."""


class Ignoring:
    """The comments that can be put into a document; `root` is its node tree."""

    def __init__(self, text: Text, root: Node) -> None:
        self._text = text
        self._root = root
        # Sorted by both their ends, as no two of them overlap.
        self._scalars = sorted(spans_of_scalars(root, plain=True))

    def line(self, rule: str, at: int) -> Edit | None:
        """Suppress a rule on the line of an offset, by a comment above it.

        None where the line begins inside a scalar: what is put there is text.
        """
        start = self._text.starts[self._text.position(at).line - 1]
        before = bisect_left(self._scalars, (start, start)) - 1
        if before >= 0 and start < self._scalars[before][1]:
            return None
        return self._comment(start, "ignore", rule)

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
