"""Checking many files, also at once on any executor; reports come in the order of the files."""

from __future__ import annotations

import contextlib
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING

from validator.configuration.config import Config
from validator.file_check import check_found
from validator.report import Report
from validator.search.found import Found
from validator.search.search import Search

if TYPE_CHECKING:
    # Slow to import, and needed only for an executor.
    from concurrent.futures import Executor, Future

CHUNK = 64
"""The number of files that one task checks: enough to outweigh handing it over."""

_AHEAD = 4

_Chunk = list[tuple[Found, Config]]
_Work = Callable[[_Chunk], list[Report]]


def check_paths(
    paths: Iterable[str | os.PathLike[str]],
    *,
    kind: str | None = None,
    config: Config | None = None,
    executor: Executor | None = None,
    workers: int | None = None,
) -> Iterator[Report]:
    """Check files, and the automations files in folders; yields a report as each is checked.

    The order is that of the paths, inside a folder that of the names. A file is checked once.
    With an `executor`, any `concurrent.futures.Executor`, files are checked there, on `workers`
    at once, by default as many as this process has cores; the reports and their order are the
    same. What a lost worker leaves undone is checked here. Raises TypeError if `paths` is a string,
    and ValueError if `workers` is less than 1.
    """
    search = Search(paths, config)
    if workers is not None and workers < 1:
        raise ValueError("`workers` must be at least 1")
    config = (config or Config()).of_kind(kind)
    if executor is None:
        return (check_found(found, config) for found in search)
    pairs = ((found, config) for found in search)
    return check_on(executor, pairs, workers=workers or cores())


def check_on(
    executor: Executor,
    files: Iterable[tuple[Found, Config]],
    *,
    workers: int,
    cut: bool = False,
) -> Iterator[Report]:
    """Check files, each with its configuration, and yield their reports in the same order.

    `workers` is how many tasks the executor runs at once; no more than a few times as many wait,
    so that memory does not grow with the number of files. What a lost worker, or an executor
    that has stopped, leaves undone is checked here. With `cut`, reports are cut where they are
    made: whole ones of hostile documents would take much memory here.
    """
    work = partial(check_chunk, cut=cut)
    remaining = iter(files)
    waiting: deque[tuple[_Chunk, Future[list[Report]] | None]] = deque()
    while True:
        while len(waiting) < workers * _AHEAD:
            chunk = list(islice(remaining, CHUNK))
            if not chunk:
                break
            waiting.append((chunk, _submit(executor, work, chunk)))
        if not waiting:
            return
        chunk, future = waiting.popleft()
        yield from _result(future, work, chunk)


def check_chunk(files: _Chunk, cut: bool) -> list[Report]:
    """Check some files, one after another; this is what a worker runs."""
    reports = (check_found(found, config) for found, config in files)
    return [report.cut() if cut else report for report in reports]


def _submit(executor: Executor, work: _Work, files: _Chunk) -> Future[list[Report]] | None:
    try:
        return executor.submit(work, files)
    except Exception:
        # A pool that has lost a worker, or was shut down, takes no more; each says so in its way.
        return None


def _result(future: Future[list[Report]] | None, work: _Work, files: _Chunk) -> list[Report]:
    # Each kind of executor has its own exception for a lost worker. To check here what it was
    # given is right whatever it was: another error then shows at its cause.
    with contextlib.suppress(Exception):
        if future is not None:
            return future.result()
    return work(files)


def cores() -> int:
    """The number of cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
