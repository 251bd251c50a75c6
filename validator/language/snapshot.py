"""A document in an editor: its text, and the last model that could be read from it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from validator.contract.detection import candidates
from validator.finding import Span
from validator.kinds import DEFAULT_KIND, is_written
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

    `path` is the document's name, None without one, and `named` its kind, if that is configured.
    `earlier` is the document of an earlier text that could be read, if there was one, and `changes`
    are the changes to that text since, one after another. The text is parsed, within `limits`, when
    `document` is first used.
    """

    text: Text
    path: str | None
    earlier: Document | None
    changes: tuple[Change, ...] = ()
    limits: Limits = _LIMITS
    named: str | None = None

    @classmethod
    def of(
        cls,
        text: str,
        path: str | None = None,
        previous: View | None = None,
        limits: Limits = _LIMITS,
        kind: str | None = None,
    ) -> View:
        """The view of a text; `previous` is the view of the text that it was made from.

        Nothing is parsed here, and the text of a view that nobody used is not kept.
        """
        characters = Text(text)
        if previous is None:
            return cls(characters, path, None, (), limits, kind)
        earlier: Document | None = previous.__dict__.get("_read")
        before: tuple[Change, ...] = ()
        if earlier is None:
            earlier, before = previous.earlier, previous.changes
        if earlier is None:
            return cls(characters, path, None, (), limits, kind)
        changes = followed(before, between(previous.text.value, characters.value))
        if changes is None:
            changes = (between(earlier.text, characters.value),)
        return cls(characters, path, earlier, changes, limits, kind)

    @cached_property
    def _read(self) -> Document | None:
        """The document of this text; None if the text can't be read."""
        text = self.text.value
        read = reader.read(text, self.limits, self.path)
        if read.root is not None:
            return automations.build(text, read.root)
        if all(problem.rule == "empty-document" for problem in read.problems):
            return automations.build(text, Mapping(0, flow=False))
        return None

    @property
    def document(self) -> Document:
        """The document of this text, or of an earlier one if this one can't be read.

        Its places are offsets in its own `text`; `here` maps them to this text.
        """
        return self._read or self.earlier or _EMPTY

    @cached_property
    def kind(self) -> str:
        """The kind of the document, of those that people write."""
        if self.named is not None:
            return self.named
        found = candidates(self.document.root, self.path)
        return found[0] if len(found) == 1 and is_written(found[0]) else DEFAULT_KIND

    @property
    def stale(self) -> bool:
        """Whether `document` is from an earlier text, or empty because there was none."""
        return self._read is None

    def here(self, span: Span) -> Span:
        """Map a span of `document` to this text.

        Text that has changed since counts as a whole: a span that begins or ends inside a change is
        extended to the beginning or end of the change.
        """
        if self.stale:
            for change in self.changes:
                span = change.moved(span)
        return span

    def kept(self, span: Span) -> Span | None:
        """Like `here`, but None if this text has something else in that place."""
        here = self.here(span)
        text = self.text.value
        same = text[here.start : here.end] == self.document.text[span.start : span.end]
        return here if same else None
