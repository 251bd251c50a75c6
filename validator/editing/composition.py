"""Edits made together: of a text, of several fixes at once, and of batches one after another."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator, Sequence

from validator.finding import Edit, Span

_Piece = Span | str
"""A part of a text: characters that an earlier text has in a span of it, or new ones."""


def apply(text: str, edits: Sequence[Edit]) -> str:
    """The text with edits made. Raises ValueError where two of them overlap."""
    parts: list[str] = []
    at = 0
    for edit in sorted(edits):
        if edit.span.start < at:
            raise ValueError("edits overlap")
        parts += text[at : edit.span.start], edit.text
        at = edit.span.end
    return "".join([*parts, text[at:]])


def together(groups: Iterable[Sequence[Edit]]) -> Iterator[int]:
    """The numbers of groups of edits that can be made together: each apart from those before."""
    taken: list[Span] = []
    for number, edits in enumerate(groups):
        spans = [edit.span for edit in edits]
        if all(_fits(span, taken) for span in spans):
            yield number
            for span in spans:
                insort(taken, span)


def _fits(span: Span, taken: list[Span]) -> bool:
    """Whether an edit can be made together with others, which are in order."""
    at = bisect_left(taken, span)
    return all(_apart(span, other) for other in taken[max(at - 1, 0) : at + 1])


def _apart(one: Span, other: Span) -> bool:
    """Whether two edits can be made together: of two insertions at one point, neither is first."""
    if one.start == one.end or other.start == other.end:
        return one.end < other.start or other.end < one.start
    return one.end <= other.start or other.end <= one.start


def compose(length: int, first: Sequence[Edit], second: Sequence[Edit]) -> tuple[Edit, ...]:
    """The edits that make of a text what two batches make of it, one after the other.

    `length` is the number of the text's characters; `second` has its places in what `first` makes
    of it. Neither has edits that overlap. Takes time linear in the number of edits.
    """
    if not first:
        return tuple(sorted(second))
    return tuple(_edits(length, _edited(_pieces(length, first), sorted(second))))


def _pieces(length: int, edits: Sequence[Edit]) -> Iterator[_Piece]:
    """What a text of some length consists of after edits."""
    at = 0
    for span, text in sorted(edits):
        yield Span(at, span.start)
        yield text
        at = span.end
    yield Span(at, length)


def _edited(pieces: Iterator[_Piece], edits: Sequence[Edit]) -> Iterator[_Piece]:
    """The pieces of a text after edits of it."""
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
    """A piece in two, the first with so many characters, or all that there are."""
    if isinstance(piece, str):
        return piece[:length], piece[length:]
    middle = min(piece.start + length, piece.end)
    return Span(piece.start, middle), Span(middle, piece.end)


def _edits(length: int, pieces: Iterator[_Piece]) -> Iterator[Edit]:
    """The edits that make a text out of pieces of one of some length."""
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
