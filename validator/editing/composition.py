"""Combine edits: apply them to a text, select compatible ones, and compose batches."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator, Sequence

from validator.finding import Edit, Span

_Piece = Span | str
"""A part of a text: the characters in a span of an earlier text, or new ones."""


def apply(text: str, edits: Sequence[Edit]) -> str:
    """Apply edits to a text. Raises ValueError if two of them overlap."""
    parts: list[str] = []
    at = 0
    for edit in sorted(edits):
        if edit.span.start < at:
            raise ValueError("edits overlap")
        parts += text[at : edit.span.start], edit.text
        at = edit.span.end
    return "".join([*parts, text[at:]])


def together(groups: Iterable[Sequence[Edit]]) -> Iterator[int]:
    """The numbers of groups of edits that can be applied together, earlier groups first."""
    taken: list[Span] = []
    for number, edits in enumerate(groups):
        spans = [edit.span for edit in edits]
        if all(_fits(span, taken) for span in spans):
            yield number
            for span in spans:
                insort(taken, span)


def _fits(span: Span, taken: list[Span]) -> bool:
    """Whether an edit can be applied together with others, which are sorted."""
    at = bisect_left(taken, span)
    return all(_apart(span, other) for other in taken[max(at - 1, 0) : at + 1])


def _apart(one: Span, other: Span) -> bool:
    """Whether two edits can be applied together; two insertions at one point have no order."""
    if one.start == one.end or other.start == other.end:
        return one.end < other.start or other.end < one.start
    return one.end <= other.start or other.end <= one.start


def compose(length: int, first: Sequence[Edit], second: Sequence[Edit]) -> tuple[Edit, ...]:
    """Combine two batches of edits, applied one after the other, into one.

    `length` is the number of characters of the text; `second` refers to the text that `first`
    makes of it. Edits of one batch don't overlap. Takes time linear in the number of edits.
    """
    if not first:
        return tuple(sorted(second))
    return tuple(_edits(length, _edited(_pieces(length, first), sorted(second))))


def _pieces(length: int, edits: Sequence[Edit]) -> Iterator[_Piece]:
    """The pieces of a text of a given length after edits."""
    at = 0
    for span, text in sorted(edits):
        yield Span(at, span.start)
        yield text
        at = span.end
    yield Span(at, length)


def _edited(pieces: Iterator[_Piece], edits: Sequence[Edit]) -> Iterator[_Piece]:
    """The pieces of a text after further edits."""
    rest: _Piece = ""
    at = 0
    for (start, end), text in edits:
        for begin, stop, keep in ((at, start, True), (start, end, False)):
            left = stop - begin
            while left > 0:
                if not _length(rest):
                    rest = next(pieces)
                    continue
                part, rest = _split(rest, left)
                left -= _length(part)
                if keep:
                    yield part
        yield text
        at = end
    yield rest
    yield from pieces


def _length(piece: _Piece) -> int:
    return len(piece) if isinstance(piece, str) else piece.end - piece.start


def _split(piece: _Piece, length: int) -> tuple[_Piece, _Piece]:
    """Split a piece; the first part has at most `length` characters."""
    if isinstance(piece, str):
        return piece[:length], piece[length:]
    middle = min(piece.start + length, piece.end)
    return Span(piece.start, middle), Span(middle, piece.end)


def _edits(length: int, pieces: Iterator[_Piece]) -> Iterator[Edit]:
    """The edits that make a text of the pieces of another, which has a given length."""
    at = 0
    new: list[str] = []
    for piece in pieces:
        if isinstance(piece, str):
            new.append(piece)
        elif piece.start < piece.end:
            text = "".join(new)
            new.clear()
            if text or piece.start > at:
                yield Edit(Span(at, piece.start), text)
            at = piece.end
    text = "".join(new)
    if text or at < length:
        yield Edit(Span(at, length), text)
