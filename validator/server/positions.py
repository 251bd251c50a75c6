"""Convert positions of the protocol to offsets in a text, and back.

The protocol counts lines from 0, and within a line the units of an encoding that client and server
agree on. Source: Language Server Protocol 3.17, "Position".
"""

from __future__ import annotations

from typing import TypedDict

from validator.finding import Span
from validator.parsing.text import Text

_STEP = 1_000

MARK = "\ufeff"
"""A byte order mark: the editor may count it, `Text` does not."""


class Position(TypedDict):
    """A place between two characters."""

    line: int
    character: int


class Range(TypedDict):
    """From one place to another."""

    start: Position
    end: Position


class Positions:
    """The positions of one text, in one encoding.

    `encoding` is `utf-8`, `utf-16` or `utf-32`; `text` is what offsets refer to, without the byte
    order mark that `value` may begin with.
    """

    def __init__(self, value: str, encoding: str) -> None:
        self.value = value
        self.text = Text(value)
        self.encoding = encoding
        self._mark = MARK if value.startswith(MARK) else ""
        self._steps: dict[int, list[int]] = {}

    def offset(self, position: Position) -> int:
        """The offset of a position; for a nonexistent one, the nearest before it.

        That is the end of the line if the line is too short, the end of the text if there are too
        few lines, and the beginning of a character for a position inside it.
        """
        return max(self._with_mark(position) - len(self._mark), 0)

    def position(self, offset: int) -> Position:
        """The position of an offset; inside a line break, the end of the line."""
        offset = min(max(offset, 0), len(self.text.value))
        line = self.text.position(offset).line
        start, end = self.text.line_span(line)
        units = self._units_before(start, min(offset, end))
        return {
            "line": line - 1,
            "character": units + self._units(self._mark if line == 1 else ""),
        }

    def span(self, given: Range) -> Span:
        """The span of a range, whichever of its ends comes first."""
        return Span(*sorted((self.offset(given["start"]), self.offset(given["end"]))))

    def range(self, span: Span) -> Range:
        """The range of a span."""
        start = self.position(span.start)
        # A document can have hundreds of thousands of insertions.
        return {"start": start, "end": start if span.start == span.end else self.position(span.end)}

    def replaced(self, given: Range, new: str) -> str:
        """The whole text, with its mark, after replacing a range of it."""
        start, end = sorted((self._with_mark(given["start"]), self._with_mark(given["end"])))
        return self.value[:start] + new + self.value[end:]

    def _with_mark(self, position: Position) -> int:
        """The offset of a position, counting the byte order mark."""
        starts, mark = self.text.starts, len(self._mark)
        if position["line"] >= len(starts):
            return len(self.value)
        units = max(position["character"], 0)
        if position["line"] <= 0:
            return self._characters(self._mark + self.text.line(1), units)
        line = self.text.line(position["line"] + 1)
        return mark + starts[position["line"]] + self._characters(line, units)

    def _units_before(self, start: int, offset: int) -> int:
        """The number of units from the start of a line to an offset in it.

        In long lines they are cached at regular steps, so that many places on one line take no more
        time than on short lines.
        """
        value = self.text.value
        if self.encoding == "utf-32" or value.isascii():
            return offset - start
        whole, rest = divmod(offset - start, _STEP)
        before = 0
        if whole:
            steps = self._steps.setdefault(start, [0])
            while len(steps) <= whole:
                at = start + _STEP * (len(steps) - 1)
                steps.append(steps[-1] + self._units(value[at : at + _STEP]))
            before = steps[whole]
        return before + self._units(value[offset - rest : offset])

    def _units(self, characters: str) -> int:
        if self.encoding == "utf-32" or characters.isascii():
            return len(characters)
        if self.encoding == "utf-8":
            return len(characters.encode("utf-8", "surrogatepass"))
        return len(characters.encode("utf-16-le", "surrogatepass")) // 2

    def _characters(self, line: str, units: int) -> int:
        """The number of whole characters of a line in a number of units."""
        if self.encoding == "utf-32" or line.isascii():
            return min(units, len(line))
        at = 0
        # In steps, because counting the units of each character is slow.
        while at < len(line) and (step := self._units(line[at : at + _STEP])) <= units:
            units -= step
            at = min(at + _STEP, len(line))
        for index, character in enumerate(line[at : at + _STEP]):
            units -= self._width(character)
            if units < 0:
                return at + index
        return at

    def _width(self, character: str) -> int:
        """The units of a character: bytes in UTF-8, 16-bit words in UTF-16."""
        code = ord(character)
        if self.encoding == "utf-8":
            return 1 + (code > 0x7F) + (code > 0x7FF) + (code > 0xFFFF)
        return 1 + (code > 0xFFFF)
