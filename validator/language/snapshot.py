"""A document as an editor has it: its text, and what could last be read of it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from validator.finding import Span
from validator.language.text_change import Change, between, followed
from validator.model import automations
from validator.parsing import reader
from validator.parsing.limits import Limits
from validator.parsing.nodes import Mapping
from validator.parsing.text import Text

if TYPE_CHECKING:
    from validator.model.automations import Document

_LIMITS = Limits()
_EMPTY = automations.build("", Mapping(0, flow=False))


@dataclass(frozen=True, eq=False)
class View:
    """A text at one moment; a change makes another view.

    `path` is the document's name, None without one. `earlier` is the document of an earlier text
    that could be read, if there was one, and `changes` are what has happened to that text since,
    one after another. The text is read, within `limits`, when `document` is first asked for.
    """

    text: Text
    path: str | None
    earlier: Document | None
    changes: tuple[Change, ...] = ()
    limits: Limits = _LIMITS

    @classmethod
    def of(
        cls,
        text: str,
        path: str | None = None,
        previous: View | None = None,
        limits: Limits = _LIMITS,
    ) -> View:
        """The view of a text; `previous` is the view of the text that it was made from.

        Nothing is read for it: a text that nobody has asked about is not kept.
        """
        characters = Text(text)
        if previous is None:
            return cls(characters, path, None, (), limits)
        earlier: Document | None = previous.__dict__.get("_read")
        before: tuple[Change, ...] = ()
        if earlier is None:
            earlier, before = previous.earlier, previous.changes
        if earlier is None:
            return cls(characters, path, None, (), limits)
        changes = followed(before, between(previous.text.value, characters.value))
        if changes is None:
            changes = (between(earlier.text, characters.value),)
        return cls(characters, path, earlier, changes, limits)

    @cached_property
    def _read(self) -> Document | None:
        """The document of this text, None where the text can't be read."""
        text = self.text.value
        read = reader.read(text, self.limits, self.path)
        if read.root is not None:
            return automations.build(text, read.root)
        if all(problem.rule == "empty-document" for problem in read.problems):
            return automations.build(text, Mapping(0, flow=False))
        return None

    @property
    def document(self) -> Document:
        """The document of this text, or of an earlier one where this one can't be read.

        Places in it are offsets in its own `text`; `here` finds them in this text.
        """
        return self._read or self.earlier or _EMPTY

    @property
    def stale(self) -> bool:
        """Whether `document` is from an earlier text, or empty because there was none."""
        return self._read is None

    def here(self, span: Span) -> Span:
        """Where in this text a span of `document` stands.

        Of what has changed since, the whole of it: a span that begins or ends in there is
        stretched to the change's beginning or end.
        """
        if self.stale:
            for change in self.changes:
                span = change.moved(span)
        return span

    def kept(self, span: Span) -> Span | None:
        """The same, or None where this text holds something else in that place."""
        here = self.here(span)
        text = self.text.value
        same = text[here.start : here.end] == self.document.text[span.start : span.end]
        return here if same else None
