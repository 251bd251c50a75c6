"""Check many files, optionally in parallel on an executor; reports keep the order of the files."""

from __future__ import annotations

import contextlib
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING

from validator.configuration.config import Config, config_or_default
from validator.file_check import check_found
from validator.report import Report
from validator.search.found import Found
from validator.search.search import Search

if TYPE_CHECKING:
    # Slow to import, and needed only with an executor.
    from concurrent.futures import Executor, Future

CHUNK = 64
"""Number of files per task: enough to outweigh the cost of submitting it."""

_AHEAD = 4

_PATIENCE = 10.0
"""Seconds to wait for a task before asking whether its executor still takes any."""

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
    """Check files, and the automations files in folders; yield each report as it is ready.

    Reports come in the order of `paths`, and within a folder in the order of the file names; each
    file is checked once. `kind` is the document kind, by default inferred per file; `config` is
    used for all files. With an `executor` (any `concurrent.futures.Executor`), files are checked
    there, `workers` at once, by default one per core available to this process; the reports and
    their order are the same. Files that a lost worker leaves unchecked are checked in this process.
    Raises TypeError if `paths` is a string, and ValueError if `workers` is less than 1 or `kind`
    is unknown.
    """
    search = Search(paths, config)
    if workers is not None and workers < 1:
        raise ValueError("`workers` must be at least 1")
    config = config_or_default(config).of_kind(kind)
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

    `workers` is the number of tasks that the executor runs at once. Only a few times as many are
    queued, so that memory use does not grow with the number of files. Files left unchecked by a
    lost worker or a stopped executor are checked in this process. With `cut`, workers truncate
    their reports: complete ones of untrusted documents would take much memory here.
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
        yield from _result(executor, future, work, chunk)


def check_chunk(files: _Chunk, cut: bool) -> list[Report]:
    """Check some files, one after another; this is what a worker runs."""
    reports = (check_found(found, config) for found, config in files)
    return [report.cut() if cut else report for report in reports]


def _submit(executor: Executor, work: _Work, files: _Chunk) -> Future[list[Report]] | None:
    try:
        return executor.submit(work, files)
    except Exception:
        # A pool that lost a worker or was shut down; the exception depends on the executor.
        return None


def _result(
    executor: Executor, future: Future[list[Report]] | None, work: _Work, files: _Chunk
) -> list[Report]:
    from concurrent.futures import wait

    # Each executor has its own exception for a lost worker. Checking the files here is right
    # whatever the error was: if the check itself is the cause, it is raised here.
    with contextlib.suppress(Exception):
        while future is not None:
            if wait([future], _PATIENCE).done:
                return future.result()
            # Dask can lose a future that is submitted while its cluster goes: that would never be
            # done. An executor that is gone raises an exception.
            executor.submit(_nothing)
    return work(files)


def _nothing() -> None:
    pass


def cores() -> int:
    """The number of cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
