"""Where the characters of a scalar's value are in the text of its document."""

from __future__ import annotations

from validator.finding import Span
from validator.shell.scalar_pieces import Pieces, read_pieces

TYPE_CHECKING = False

if TYPE_CHECKING:
    from validator.parsing.nodes import Scalar


class SourceMap:
    """Where the characters of a scalar's value are in the text of its document.

    `text` is the document's text, in which the node's offsets count. The map is made when it is
    first asked for, in time and memory linear in the length of the scalar.
    """

    __slots__ = ("_made", "_node", "_text")

    def __init__(self, text: str, node: Scalar) -> None:
        self._text = text
        self._node = node
        self._made: Pieces | None = None

    @property
    def is_exact(self) -> bool:
        """Whether each character has a place of its own; if not, all have the whole scalar's."""
        return self._pieces.is_complete

    def span(self, start: int, end: int) -> Span:
        """The place of the characters of the value from `start` up to, not including, `end`.

        Both are 0-based and count characters of the value. The place begins with the first
        character and ends with the last one, each with all of its escape sequence; where a line
        break became a space, the space is at the line break. An empty range is where its next
        character begins, or where the last one ends. The place is that of the whole scalar if the
        map is not exact or the value is empty. Raises ValueError for a range that is not in the
        value.
        """
        if not 0 <= start <= end <= len(self._node.text):
            message = f"{start}:{end} is not in a value of {len(self._node.text)} characters"
            raise ValueError(message)
        pieces = self._pieces
        if not pieces.is_complete or not self._node.text:
            return self._node.span
        if start < end:
            return Span(pieces.place(start).start, pieces.place(end - 1).end)
        at = pieces.place(start).start if start < pieces.length else pieces.place(start - 1).end
        return Span(at, at)

    def insertion(self, at: int) -> Span:
        """The empty place where text goes that is inserted before the character `at` of the value.

        Before a space or a line break it is right after the character before: between the two, YAML
        may drop other spaces and line breaks. Raises ValueError as `span` does.
        """
        if at and self._node.text[at : at + 1].strip() == "" and self.is_exact:
            end = self.span(at - 1, at).end
            return Span(end, end)
        return self.span(at, at)

    @property
    def _pieces(self) -> Pieces:
        if self._made is None:
            self._made = read_pieces(self._text, self._node)
        return self._made
