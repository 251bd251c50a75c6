"""Diagnostics of the files in the workspace that are not open: returned, or published."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

from validator.server.closed_files import ClosedFile
from validator.server.handlers.diagnostics import diagnostics
from validator.server.jsonrpc import Json
from validator.server.language_server import Session
from validator.server.params import objects, string


class WorkspaceDiagnostics:
    """Diagnostics for the files that are not open.

    An editor that can ask for them gets a response; to any other they are published, after its
    session has begun and whenever something may have changed.
    """

    def __init__(self, session: Session) -> None:
        self._session = session
        self._published: dict[str, int] = {}
        self._publishing: asyncio.Task[None] | None = None

    async def pull(self, params: Json) -> Json:
        """The diagnostics of each file, or that they are unchanged; none for files that are gone.

        An editor asks again and again: what has not changed is not checked again.
        """
        known = objects(params, "previousResultIds")
        before = {string(each, "uri"): string(each, "value") for each in known}
        items: list[Json] = []
        async for file in self._files():
            result_id = f"file-{file.serial}"
            if before.pop(file.uri, None) == result_id:
                items.append(_report(file.uri, kind="unchanged", resultId=result_id))
                continue
            found = self._diagnostics(file)
            items.append(_report(file.uri, kind="full", items=found, resultId=result_id))
        documents = self._session.documents
        items += [
            _report(uri, kind="full", items=[])
            for uri, result_id in before.items()
            # Those of open documents are asked for one by one.
            if result_id.startswith("file-") and documents.get(uri) is None
        ]
        return {"items": items}

    def publish_soon(self) -> None:
        """Publish what has changed, to an editor that can't ask for it."""
        if self._session.client.pulls or not (self._session.options.workspace or self._published):
            return
        if self._publishing is not None:
            self._publishing.cancel()
        self._publishing = asyncio.get_running_loop().create_task(self._publish())

    def changed(self, *, everything: bool = False) -> None:
        """Look at the files again: they, or with `everything` a configuration, have changed."""
        self._session.closed_files.forget(everything=everything)
        self.publish_soon()

    def closed(self, uri: str) -> None:
        """Publish the diagnostics of a file again: what the editor has were those of its text."""
        self._published.pop(uri, None)
        self.publish_soon()

    async def _publish(self) -> None:
        session = self._session
        gone = set(self._published)
        async for file in self._files():
            gone.discard(file.uri)
            # Opened since: the document has diagnostics of its own.
            if session.documents.get(file.uri) is None:
                self._send(file.uri, file.serial, self._diagnostics(file))
        for uri in gone:
            del self._published[uri]
            if session.documents.get(uri) is None:
                session.publish(uri, [])

    def _send(self, uri: str, serial: int, found: list[Json]) -> None:
        known = self._published.get(uri)
        if known == serial or (known is None and not found):
            return
        self._published[uri] = serial
        self._session.publish(uri, found)

    def _diagnostics(self, file: ClosedFile) -> list[Json]:
        return diagnostics(file.report, file, self._session.client)

    async def _files(self) -> AsyncIterator[ClosedFile]:
        """The files that are not open; none if the editor's settings say so."""
        session = self._session
        if not session.options.workspace:
            return
        watched = session.client.watches
        async for file in session.closed_files.all(session.folders, watched=watched):
            yield file


def _report(uri: str, **members: object) -> Json:
    """A report on a file that is not open, so without a version."""
    return {"uri": uri, "version": None, **members}
