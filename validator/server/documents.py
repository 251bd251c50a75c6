"""The documents open in the editor, each in its current version."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator, Sequence
from itertools import count

from validator.configuration.config import Config
from validator.language.snapshot import View
from validator.parsing.limits import Limits
from validator.report import Report
from validator.server.jsonrpc import Json
from validator.server.params import range_of, string
from validator.server.positions import Positions
from validator.server.settings import CurrentConfigurations
from validator.server.uris import path_of
from validator.shell.shellcheck import Script


class OpenDocument:
    """One version of an open document. It never changes: an edit makes another one.

    `path` is None if the document is not a file, `config` if it is not served. `version` is the
    editor's number for it, `serial` ours; `since` is its time of arrival, in seconds of the
    monotonic clock. `view` is used by the language features. `check` is its check, once it has
    begun, `report` its result so far, and `new_scripts` the scripts that shellcheck has not seen.
    """

    def __init__(
        self, owner: Documents, uri: str, version: int, positions: Positions, since: float
    ) -> None:
        before = owner.get(uri)
        self.uri = uri
        self.path = path_of(uri)
        self.version = version
        self.serial = next(owner.serials)
        self.positions = positions
        self.since = since
        self.config: Config | None = owner.configurations.of(self.path)
        self.view: View = View.of(
            positions.value,
            self.path,
            None if before is None else before.view,
            Limits() if self.config is None else self.config.limits,
            None if self.config is None else self.config.for_path(self.path).kind,
        )
        self.check: asyncio.Task[Report] | None = None
        self.report: Report | None = None
        self.new_scripts: list[Script] = []

    @property
    def text(self) -> str:
        """The document's text, without a byte order mark."""
        return self.positions.text.value

    def read(self) -> None:
        """Parse the text now, and not when a feature first needs it."""
        assert self.view.document is not None


class Documents:
    """The open documents by URI. `encoding` is that of all positions."""

    def __init__(self, configurations: CurrentConfigurations) -> None:
        self.configurations = configurations
        self.encoding = "utf-16"
        self.serials = count()
        self._open: dict[str, OpenDocument] = {}

    def __iter__(self) -> Iterator[OpenDocument]:
        return iter(list(self._open.values()))

    def get(self, uri: str) -> OpenDocument | None:
        """The current version of a document; None if it is not open."""
        return self._open.get(uri)

    def is_current(self, document: OpenDocument) -> bool:
        """Whether there has been no edit since."""
        return self._open.get(document.uri) is document

    def open(self, uri: str, version: int, value: str) -> OpenDocument:
        """Add a document; it may be checked at once, without waiting for edits."""
        return self._put(uri, version, Positions(value, self.encoding), 0.0)

    def change(self, uri: str, version: int | None, changes: Sequence[Json]) -> OpenDocument | None:
        """Apply edits, one after another; returns None if the document is not open.

        Each is a `TextDocumentContentChangeEvent`: the whole text if it has no range. `version` is
        None if the editor gives none, as in earlier versions of the protocol.
        """
        document = self._open.get(uri)
        if document is None:
            return None
        positions = document.positions
        for change in changes:
            value = string(change, "text")
            if change.get("range") is not None:
                value = positions.replaced(range_of(change, "range"), value)
            positions = Positions(value, self.encoding)
        known = document.version if version is None else version
        return self._put(uri, known, positions, time.monotonic())

    def renew(self) -> None:
        """Make new versions with the same text: the configuration has changed."""
        for each in self:
            self._put(each.uri, each.version, each.positions, 0.0)

    def close(self, uri: str) -> None:
        """Remove a document."""
        self._open.pop(uri, None)

    def _put(self, uri: str, version: int, positions: Positions, since: float) -> OpenDocument:
        document = OpenDocument(self, uri, version, positions, since)
        self._open[uri] = document
        return document
