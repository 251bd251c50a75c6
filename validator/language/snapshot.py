"""A document in an editor: its text, and the last model that could be read from it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from validator.contract.detection import candidates
from validator.finding import Span
from validator.kinds import DEFAULT_KIND, is_written
from validator.language.rereading import Reading, can_be_used, read_again
from validator.language.text_change import Change, between, followed
from validator.model import automations
from validator.parsing import reader
from validator.parsing.builder import Source
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
    are the changes to that text since, one after another. `reading` is what was last read of an
    earlier text and can be used again. The text is parsed, within `limits`, when `source` or
    `document` is first used.
    """

    text: Text
    path: str | None
    earlier: Document | None
    changes: tuple[Change, ...] = ()
    limits: Limits = _LIMITS
    named: str | None = None
    reading: Reading | None = None

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
        reading = previous.last_reading
        earlier: Document | None = previous.__dict__.get("_read")
        before: tuple[Change, ...] = ()
        if earlier is None:
            earlier, before = previous.earlier, previous.changes
        if earlier is None:
            return cls(characters, path, None, (), limits, kind, reading)
        changes = followed(before, between(previous.text.value, characters.value))
        if changes is None:
            changes = (between(earlier.text, characters.value),)
        return cls(characters, path, earlier, changes, limits, kind, reading)

    @property
    def last_reading(self) -> Reading | None:
        """What can be used again of this text, if it was read, or of an earlier one."""
        source: Source | None = self.__dict__.get("source")
        if source is None or not can_be_used(source):
            return self.reading
        return Reading(self.text.value, source, self.limits)

    @cached_property
    def source(self) -> Source:
        """What was read of this text; must not be changed."""
        text, found = self.text.value, None
        if self.reading is not None:
            change = between(self.reading.text, text)
            found = read_again(text, self.limits, self.reading, change)
        return reader.read(text, self.limits, self.path) if found is None else found

    def read(self, text: str, limits: Limits, path: str | None) -> Source:
        """Like `parsing.reader.read`, but of this view's text there is only one reading."""
        if (text, limits, path) != (self.text.value, self.limits, self.path) or self._changes_nodes:
            return reader.read(text, limits, path)
        return self.source

    @property
    def _changes_nodes(self) -> bool:
        """Whether a check may change the nodes of this text: of a kind that nobody writes."""
        if self.named is not None:
            return not is_written(self.named)
        root = self.source.root
        return root is not None and not all(map(is_written, candidates(root, self.path)))

    @cached_property
    def _read(self) -> Document | None:
        """The document of this text; None if the text can't be read."""
        text = self.text.value
        read = self.source
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
