"""Check open documents: after a pause in typing, once per version, long ones in a thread."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TypeVar

from validator.configuration.config import Config
from validator.engine import check_text
from validator.kinds import DEFAULT_KIND
from validator.report import Report
from validator.search.shadowed import shadowed
from validator.server.documents import Documents, OpenDocument

T = TypeVar("T")

PAUSE = 0.05
"""Time without edits before a document is checked, in seconds."""

LONG = 20_000
"""Documents of this many characters or more are checked in a thread, so that others don't wait."""


class Checks:
    """Check the served documents; all requests on one version share one check."""

    def __init__(self, documents: Documents) -> None:
        self._documents = documents
        # Only one thread: two would only take turns.
        self._executor = ThreadPoolExecutor(1)

    async def settled(self, uri: str) -> OpenDocument | None:
        """The document once there has been no edit for a moment; None if it is closed by then."""
        document = self._documents.get(uri)
        while document is not None:
            wait = document.since + PAUSE - time.monotonic()
            if wait <= 0:
                break
            await asyncio.sleep(wait)
            document = self._documents.get(uri)
        return document

    async def report(self, document: OpenDocument) -> Report:
        """The report of a version; without findings if the document is not served."""
        if document.check is None:
            document.check = asyncio.create_task(self._check(document))
        # A request may be cancelled; the check continues for the others.
        return await asyncio.shield(document.check)

    async def run(self, document: OpenDocument, work: Callable[[], T]) -> T:
        """Run work on a document's text: here, or in the thread if the text is long."""
        if len(document.text) < LONG:
            return work()
        return await asyncio.get_running_loop().run_in_executor(self._executor, work)

    async def _check(self, document: OpenDocument) -> Report:
        config = document.config
        if config is None:
            return Report(document.path, DEFAULT_KIND, document.positions.text, ())
        work = partial(_shown, document.text, document.path, config)
        report = await self.run(document, work)
        # Then features respond at once, and still work when the text becomes invalid.
        if len(document.text) < LONG:
            document.read()
        else:
            asyncio.get_running_loop().run_in_executor(self._executor, self._read, document)
        return report

    def _read(self, document: OpenDocument) -> None:
        """Parse a document for the features, if it is still current."""
        if self._documents.is_current(document):
            document.read()

    def close(self) -> None:
        """Start no further check in the thread."""
        self._executor.shutdown(wait=False, cancel_futures=True)


def _shown(text: str, path: str | None, config: Config) -> Report:
    """The report of a text, truncated to what an editor shows; the rest is not kept."""
    others = shadowed(path or "")
    return check_text(text, path=path, config=config, others=others).cut()
