"""Check open documents: after a pause in typing, once per version, long ones in a thread."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from threading import Event
from typing import TypeVar

from validator import script_check
from validator.configuration.config import Config
from validator.engine import check_text
from validator.kinds import DEFAULT_KIND
from validator.pipeline import Reads
from validator.report import Report
from validator.script_check import ScriptChecker
from validator.search.shadowed import shadowed
from validator.server.documents import Documents, OpenDocument
from validator.shell.checker import Checker
from validator.shell.process import Cancelled
from validator.shell.shellcheck import Comment, Script, ShellcheckError

T = TypeVar("T")

PAUSE = 0.05
"""Time without edits before a document is checked, in seconds."""

SCRIPT_PAUSE = 0.25
"""Time without edits before shellcheck runs on scripts that have changed, in seconds."""

LONG = 20_000
"""Documents of this many characters or more are checked in a thread, so that others don't wait."""


class Checks:
    """Check the served documents; all requests on one version share one check."""

    def __init__(self, documents: Documents) -> None:
        self._documents = documents
        # One at a time: two would only take turns.
        self._executor = ThreadPoolExecutor(1)
        # shellcheck is another process, so checks go on meanwhile.
        self._shellcheck = ThreadPoolExecutor(1)

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
        """The report of a version so far; without findings if the document is not served.

        It has the comments of shellcheck only on scripts that were checked before.
        """
        if document.report is None:
            if document.check is None:
                document.check = asyncio.create_task(self._check(document))
            # Who waits may be cancelled; the check goes on for the others.
            document.report = await asyncio.shield(document.check)
        return document.report

    async def whole_report(self, document: OpenDocument) -> Report:
        """The report with the comments of shellcheck on all scripts, after a pause in typing.

        If the caller is cancelled, as by the next edit, shellcheck is stopped.
        """
        report = await self.report(document)
        checker = script_check.shared_checker()
        scripts = document.new_scripts
        if not scripts or checker is None:
            return report
        await asyncio.sleep(max(0.0, document.since + SCRIPT_PAUSE - time.monotonic()))
        if not self._documents.is_current(document):
            return report
        cancelled = Event()
        work = partial(checker.check, scripts, cancelled=cancelled)
        try:
            # What goes wrong is reported by the check below.
            with suppress(ShellcheckError, Cancelled):
                await asyncio.get_running_loop().run_in_executor(self._shellcheck, work)
        finally:
            cancelled.set()
        document.new_scripts = []
        document.report = await self._checked(document, checker)
        return document.report

    async def run(self, document: OpenDocument, work: Callable[[], T]) -> T:
        """Run work on a document's text: here, or in the thread if the text is long."""
        if len(document.text) < LONG:
            return work()
        return await asyncio.get_running_loop().run_in_executor(self._executor, work)

    async def _check(self, document: OpenDocument) -> Report:
        checker = script_check.shared_checker()
        known = None if checker is None else _KnownScripts(checker, document.new_scripts)
        report = await self._checked(document, known)
        # Features answer at once when this has been read; once the text is broken, they need it.
        if len(document.text) < LONG:
            document.read()
        else:
            asyncio.get_running_loop().run_in_executor(self._executor, self._read, document)
        return report

    async def _checked(self, document: OpenDocument, scripts: ScriptChecker | None) -> Report:
        config = document.config
        if config is None:
            return Report(document.path, DEFAULT_KIND, document.positions.text, ())
        return await self.run(
            document,
            partial(shown, document.text, document.path, config, scripts, document.view.read),
        )

    def _read(self, document: OpenDocument) -> None:
        """Read a document for the features, if it still stands so when its turn has come."""
        if self._documents.is_current(document):
            document.read()

    def close(self) -> None:
        """Begin no further check in the thread."""
        self._executor.shutdown(wait=False, cancel_futures=True)
        self._shellcheck.shutdown(wait=False, cancel_futures=True)


class _KnownScripts:
    """The comments known from earlier checks; new scripts are added to a list."""

    def __init__(self, checker: Checker, new: list[Script]) -> None:
        self._checker = checker
        self._new = new

    def check(self, scripts: Sequence[Script]) -> list[tuple[Comment, ...] | None]:
        known = self._checker.known(scripts)
        self._new += [script for script in scripts if script not in known]
        return [known.get(script, ()) for script in scripts]


def shown(
    text: str | bytes,
    path: str | None,
    config: Config,
    scripts: ScriptChecker | None,
    reads: Reads | None = None,
) -> Report:
    """What the check of a text finds, as far as an editor shows it: the rest is not kept.

    `reads` reads the text in place of `parsing.reader.read`, with the same result.
    """
    config = config.replace(shellcheck=config.shellcheck or "auto")
    others = shadowed(path or "")
    report = check_text(text, path=path, config=config, others=others, scripts=scripts, reads=reads)
    return report.cut()
