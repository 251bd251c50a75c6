"""The value of a scalar, read again from the text of its document piece by piece.

YAML is read as libyaml reads it, and JSON as `json` does. Each piece is compared with the value
that the parser gave, so that a piece is never taken to be where it is not.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from itertools import islice

from yaml.scanner import Scanner

from validator.finding import Span

TYPE_CHECKING = False

if TYPE_CHECKING:
    from validator.parsing.nodes import Scalar

# What YAML 1.1 breaks lines at. In a value they are line feeds, but for the last two.
_BREAKS = "\n\r\x85\u2028\u2029"
_KEPT_BREAKS = "\u2028\u2029"
_BREAK = f"\r\n|[{_BREAKS}]"
_GAP = f"[ \t{_BREAKS}]+"
_LINE = f"( *)([^{_BREAKS}]*)(?:{_BREAK})?"

_HEX = "[0-9a-fA-F]"
# A surrogate pair (in JSON only); a code of two, four or eight digits; any other character.
_ESCAPE = (
    rf"\\u([dD][89abAB]{_HEX}{{2}})\\u([dD][c-fC-F]{_HEX}{{2}})"
    rf"|\\(?:x({_HEX}{{2}})|u({_HEX}{{4}})|U(00(?:0{_HEX}|10){_HEX}{{4}}))"
    rf"|\\([^xuU])"
)


class Pieces:
    """The value as far as it has been read again, in pieces, and where each is in the text.

    A piece is either written as it is, or one character that is written in another way. `length`
    is the number of characters read, `differs` says that they are not those of the value.
    """

    def __init__(self, text: str, value: str) -> None:
        self.text = text
        self.value = value
        self.length = 0
        self.differs = False
        self._as_written = False
        # Of each piece: where it begins in the value; where it begins and ends in the text.
        self._starts = array("I")
        self._sources = array("I")
        self._ends = array("I")

    @property
    def is_complete(self) -> bool:
        return not self.differs and self.length == len(self.value)

    def place(self, index: int) -> Span:
        """Where a character (0-based) of the value is in the text."""
        piece = bisect_right(self._starts, index) - 1
        source, end = self._sources[piece], self._ends[piece]
        following = self._starts[piece + 1] if piece + 1 < len(self._starts) else self.length
        if following - self._starts[piece] != end - source:
            return Span(source, end)
        source += index - self._starts[piece]
        return Span(source, source + 1)

    def add(self, piece: str, source: int, end: int) -> None:
        """Add characters of the value, which the text from `source` to `end` stands for."""
        if not piece:
            return
        if not self.value.startswith(piece, self.length):
            self.differs = True
        as_written = len(piece) == end - source
        if as_written and self._as_written and self._ends[-1] == source:
            self._ends[-1] = end
        else:
            self._starts.append(self.length)
            self._sources.append(source)
            self._ends.append(end)
        self._as_written = as_written
        self.length += len(piece)

    def add_written(self, start: int, end: int) -> None:
        """Add characters of the text as they are."""
        self.add(self.text[start:end], start, end)

    def add_breaks(self, start: int, end: int, *, folded: bool, most: int | None = None) -> None:
        """Add the line breaks in a range of the text, `most` of them at most.

        Folded, a single line break is a space, and of several the first is left out.
        """
        breaks = islice(re.compile(_BREAK).finditer(self.text, start, end), most)
        first = next(breaks, None) if folded else None
        if first is not None:
            second = next(breaks, None)
            if first[0] in _KEPT_BREAKS:
                self.add(first[0], *first.span())
            elif second is None:
                self.add(" ", *first.span())
            if second is not None:
                self._add_break(second)
        for each in breaks:
            self._add_break(each)

    def _add_break(self, found: re.Match[str]) -> None:
        self.add(found[0] if found[0] in _KEPT_BREAKS else "\n", *found.span())


def read_pieces(text: str, node: Scalar) -> Pieces:
    """Read the value of a scalar again, in the style that its first character shows."""
    pieces = Pieces(text, node.text)
    first = text[node.start : node.start + 1]
    if not node.text:
        return pieces
    if first in ("|", ">"):
        _read_block(pieces, node.start)
    elif first == "'":
        _read_flow(pieces, node.start + 1, node.end - 1, "'" + _BREAKS)
    elif first == '"':
        _read_flow(pieces, node.start + 1, node.end - 1, "\\" + _BREAKS)
        if not pieces.is_complete:
            # In JSON, what YAML breaks lines at is a character like any other.
            pieces = Pieces(text, node.text)
            _read_flow(pieces, node.start + 1, node.end - 1, "\\")
    elif first != "*":  # an alias, used as a key: its value is written elsewhere
        _read_flow(pieces, node.start, node.end, _BREAKS)
    return pieces


def _read_flow(pieces: Pieces, at: int, end: int, special: str) -> None:
    """Read a plain or quoted scalar, whose characters are as written, but for `special` ones."""
    text = pieces.text
    find = re.compile(f"[{re.escape(special)}]").search
    while at < end:
        found = find(text, at, end)
        stop = found.start() if found else end
        if found is None or found[0] not in _BREAKS:
            pieces.add_written(at, stop)
        else:
            pieces.add_written(at, at + len(text[at:stop].rstrip(" \t")))
        if found is None:
            return
        if found[0] == "\\":
            at = _read_escape(pieces, stop, end)
        elif found[0] == "'":
            pieces.add("'", stop, stop + 2)
            at = stop + 2
        else:
            at = _end_of_gap(text, stop, end)
            pieces.add_breaks(stop, at, folded=True)


def _read_escape(pieces: Pieces, at: int, end: int) -> int:
    """Read an escape sequence; returns where it ends."""
    found = re.compile(_ESCAPE).match(pieces.text, at, end)
    if found is None:
        pieces.differs = True
        return end
    high, low, *codes, other = found.groups()
    if other and other in _BREAKS:
        # An escaped line break is nothing, and the first of those that follow is not left out.
        after = re.compile(_BREAK).match(pieces.text, at + 1, end)
        assert after is not None
        gap_end = _end_of_gap(pieces.text, after.end(), end)
        pieces.add_breaks(after.end(), gap_end, folded=False)
        return gap_end
    if other:
        character = Scanner.ESCAPE_REPLACEMENTS.get(other, "")
    elif high:
        character = chr(0x10000 + ((int(high, 16) - 0xD800) << 10) + int(low, 16) - 0xDC00)
    else:
        character = chr(int("".join(filter(None, codes)), 16))
        # As the JSON reader has it.
        character = "\ufffd" if "\ud800" <= character <= "\udfff" else character
    pieces.add(character, *found.span())
    return found.end()


def _end_of_gap(text: str, at: int, end: int) -> int:
    """Where the whitespace and line breaks that begin at an offset end."""
    found = re.compile(_GAP).match(text, at, end)
    return found.end() if found else at


def _read_block(pieces: Pieces, at: int) -> None:
    """Read a literal or folded block scalar, whose header begins at an offset."""
    text, value = pieces.text, pieces.value
    folds = text[at] == ">"
    header_end = re.compile(_BREAK).search(text, at)
    at = len(text) if header_end is None else header_end.end()
    # The first line that is not empty begins in the value with the spaces that it has more than
    # the indentation. Where all are empty, how far they are indented does not matter.
    content = value.lstrip("\n" + _KEPT_BREAKS)
    empty_lines = len(value) - len(content)
    indentation = len(text)
    match_line = re.compile(_LINE).match
    number, breaks_from, follows, more_indented = 0, at, False, False
    while at < len(text):
        line = match_line(text, at)
        assert line is not None
        if number == empty_lines and content:
            indentation = line.end(1) - at - (len(content) - len(content.lstrip(" ")))
            if indentation < 1:
                return
        start, end = at + indentation, line.end(2)
        if line.end(1) >= start and end > start:
            begins_blank = text[start] in " \t"
            folded = folds and follows and not more_indented and not begins_blank
            pieces.add_breaks(breaks_from, at, folded=folded)
            pieces.add_written(start, end)
            breaks_from, follows, more_indented = end, True, begins_blank
        elif line[2]:
            break  # less indented: the end of the scalar
        at = line.end()
        number += 1
    if pieces.differs:
        return
    # How many of the last line breaks count is said in the header, and the value shows it.
    pieces.add_breaks(breaks_from, at, folded=False, most=len(value) - pieces.length)
