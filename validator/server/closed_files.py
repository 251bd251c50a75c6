"""Check the automations files of the workspace that are not open, in the background."""

from __future__ import annotations

import asyncio
import os
import threading
import time
from collections.abc import AsyncIterator, Callable
from concurrent.futures import Future
from contextlib import suppress
from itertools import count
from typing import NamedTuple, TypeVar

from validator.configuration.config import Config
from validator.files.reading import read_bytes
from validator.parsing.text import decode
from validator.report import Report
from validator.server.documents import Documents
from validator.server.positions import Positions
from validator.server.scheduling import shown
from validator.server.settings import CurrentConfigurations
from validator.server.uris import uri_of

T = TypeVar("T")

SEARCH_AGAIN = 30.0
"""After how many seconds a workspace is searched again if its files can't be watched."""


class ClosedFile(NamedTuple):
    """A file with its report. `serial` is a number of its own for each content."""

    path: str
    uri: str
    serial: int
    positions: Positions
    report: Report


class ClosedFiles:
    """The files in workspace folders, each checked again only once it has changed.

    Searching and checking is done in a thread, one file after another, so that requests on open
    documents are answered meanwhile, and an editor can cancel it after each file.
    """

    def __init__(self, documents: Documents, configurations: CurrentConfigurations) -> None:
        self._documents = documents
        self._configurations = configurations
        self._serials = count(1)
        self._paths: list[str] = []
        self._searched: float | None = None
        self._known: dict[str, tuple[object, ClosedFile]] = {}
        self._busy = asyncio.Lock()

    def forget(self, *, everything: bool = False) -> None:
        """Search again at the next occasion; with `everything`, also check all files again."""
        self._searched = None
        if everything:
            self._known.clear()

    async def all(self, folders: list[str], *, watched: bool) -> AsyncIterator[ClosedFile]:
        """The files that are not open, one after another; `watched` if `forget` is called."""
        async with self._busy:
            now = time.monotonic()
            age = None if self._searched is None else now - self._searched
            if age is None or (not watched and age > SEARCH_AGAIN):
                self._searched = now
                self._paths = await _in_background(lambda: _found(folders))
                self._known = {k: v for k, v in self._known.items() if k in set(self._paths)}
        opened = {each.path for each in self._documents}
        for path in self._paths:
            if path not in opened and os.path.realpath(path) not in opened:
                found = await self._file(path)
                if found is not None:
                    yield found

    async def _file(self, path: str) -> ClosedFile | None:
        """A file, as it is now; None if it is gone."""
        try:
            status = os.stat(path)
        except OSError:
            return None
        signature = (status.st_mtime_ns, status.st_size, status.st_ino)
        known = self._known.get(path)
        if known is not None and known[0] == signature:
            return known[1]
        config = self._configurations.of(path)
        if config is None:
            return None
        encoding = self._documents.encoding
        try:
            text, report = await _in_background(lambda: _checked(path, config))
        except OSError:
            return None
        found = ClosedFile(
            path, uri_of(path), next(self._serials), Positions(text, encoding), report
        )
        self._known[path] = signature, found
        return found


def _found(folders: list[str]) -> list[str]:
    # Only needed once a workspace is looked at.
    from validator.server.workspace_files import automations_files

    return [path for path, _ in automations_files(filter(_is_searched, folders))]


def _is_searched(folder: str) -> bool:
    """Whether a folder is one that people work on: not all of a disk, and not all of theirs."""
    real = os.path.realpath(folder)
    return real not in (os.path.dirname(real), os.path.realpath(os.path.expanduser("~")))


def _checked(path: str, config: Config) -> tuple[str, Report]:
    data = read_bytes(path, config.limits.max_bytes)
    return decode(data)[0], shown(data, path, config, None)


async def _in_background(work: Callable[[], T]) -> T:
    """The result of work in a thread that doesn't keep the process from ending."""
    loop = asyncio.get_running_loop()
    result: asyncio.Future[Future[T]] = loop.create_future()

    def run() -> None:
        done: Future[T] = Future()
        try:
            done.set_result(work())
        except Exception as error:
            done.set_exception(error)
        # RuntimeError: the server has ended meanwhile.
        with suppress(RuntimeError):
            loop.call_soon_threadsafe(_settle, result, done)

    threading.Thread(target=run, daemon=True).start()
    return (await result).result()


def _settle(waiting: asyncio.Future[Future[T]], done: Future[T]) -> None:
    if not waiting.cancelled():
        waiting.set_result(done)
