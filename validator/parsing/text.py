"""The text of a document: decode bytes, and convert offsets to lines and columns."""

from __future__ import annotations

import codecs
import re
from itertools import accumulate

from validator.finding import Place, Position, Problem, Span

MARKER = "automation-validator:"
"""The beginning of a comment that suppresses findings."""

# PyYAML and str.splitlines also break lines at U+0085, U+2028 and others; editors don't.
_LINE_BREAK = r"\r\n|\n|\r"

# Characters that are not allowed in YAML (YAML 1.2, production 1, c-printable).
_NOT_PRINTABLE = "[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"

# UTF-32 first: its little-endian mark begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


class Text:
    """The text of a document, without a byte order mark, and the starts of its lines.

    `secrets` are the places of what must not be shown, in their order.
    """

    __slots__ = ("_starts", "secrets", "value")

    def __init__(self, value: str) -> None:
        self.value = value.removeprefix("\ufeff")
        self.secrets: list[Span] = []
        self._starts: list[int] | None = None

    @property
    def starts(self) -> list[int]:
        """The offset of each line's first character, in order; computed on first use."""
        if self._starts is None:
            value = self.value
            if value.count("\r") == value.count("\r\n"):
                # All lines end with "\n", which takes a third of the time.
                lengths = (len(line) + 1 for line in value.split("\n"))
                self._starts = [*accumulate(lengths, initial=0)][:-1]
            else:
                self._starts = [0, *(found.end() for found in re.finditer(_LINE_BREAK, value))]
        return self._starts

    def position(self, offset: int) -> Position:
        """The line and column of an offset (0-based, in characters)."""
        # A clean file has no positions.
        from bisect import bisect_right

        starts = self.starts
        line = bisect_right(starts, offset)
        return Position(line, offset - starts[line - 1] + 1, offset)

    def place(self, span: Span) -> Place:
        """The lines and columns of a span."""
        return Place(self.position(span.start), self.position(span.end))

    def line_span(self, number: int) -> Span:
        """The span of a line (1-based), without its line break."""
        start = self.starts[number - 1]
        end = self.starts[number] if number < len(self.starts) else len(self.value)
        while end > start and self.value[end - 1] in "\r\n":
            end -= 1
        return Span(start, end)

    def line(self, number: int) -> str:
        """The text of a line (1-based), without its line break."""
        return self.value[slice(*self.line_span(number))]

    def near(self, place: Place, room: int) -> tuple[str, int, int]:
        """The line where a place begins, and the place's 0-based beginning and end in it.

        Of a long line, only `room` characters before, in and after the place are returned.
        """
        line, start = self.line_span(place.start.line), place.start.offset
        end = min(place.end.offset, line.end)
        if end - start > room:
            end = start + room
        elif place.end.line > place.start.line:
            end = start + len(self.value[start:end].rstrip())
        first, last = max(line.start, start - room), min(line.end, end + room)
        return self._shown(first, last), start - first, end - first

    def _shown(self, first: int, last: int) -> str:
        """The characters in a range, with `*` in the place of what must not be shown."""
        from bisect import bisect_right

        shown = self.value[first:last]
        index = max(bisect_right(self.secrets, Span(first, first)) - 1, 0)
        while index < len(self.secrets) and self.secrets[index].start < last:
            start = max(self.secrets[index].start, first) - first
            end = min(self.secrets[index].end, last) - first
            if start < end:
                shown = shown[:start] + "*" * (end - start) + shown[end:]
            index += 1
        return shown


def encoding_of(data: bytes) -> tuple[bytes, str]:
    """The byte order mark of a file (empty if it has none), and the name of its encoding."""
    return next((each for each in _MARKS if data.startswith(each[0])), (b"", "utf-8"))


def decode(data: bytes) -> tuple[str, Problem | None]:
    """Decode a file; returns its text and the problem of its encoding, if any.

    Accepts UTF-8, and UTF-16 and UTF-32 with a byte order mark (YAML 1.2, section 5.2). Invalid
    bytes become U+FFFD, so that the place of the problem can still be shown.
    """
    mark, encoding = encoding_of(data)
    if not mark and len(data) > 1 and bool(data[0]) != bool(data[1]):
        message = "this is UTF-16 without a byte order mark; save the file as UTF-8"
        text = data.decode("utf-16-le" if data[0] else "utf-16-be", "replace")
        return text, Problem("encoding", message, Span(0, min(len(text), 1)))
    data = data[len(mark) :]
    try:
        return data.decode(encoding), None
    except UnicodeDecodeError as error:
        # A second mark is no part of the text either.
        before = len(data[: error.start].decode(encoding, "replace").removeprefix("\ufeff"))
        message = (
            f"invalid {encoding.upper()}: byte 0x{data[error.start]:02x}; save the file as UTF-8"
        )
        return data.decode(encoding, "replace"), Problem(
            "encoding", message, Span(before, before + 1)
        )


def encode_like(text: str, data: bytes) -> bytes:
    """Encode a text with the encoding and the byte order mark of `data`.

    The text is as returned by `decode`, without that mark; a second one is part of the text.
    """
    mark, encoding = encoding_of(data)
    return mark + text.encode(encoding)


def forbidden_character(text: str) -> Problem | None:
    """The problem of the first character that YAML does not allow; None if there is none."""
    found = re.search(_NOT_PRINTABLE, text)
    if found is None:
        return None
    message = f"the character U+{ord(found[0]):04X} is not allowed in YAML; remove it"
    return Problem("encoding", message, Span(found.start(), found.end()))
