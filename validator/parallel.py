"""Checking many files at once, on any executor: the reports come in the order of the files."""

from __future__ import annotations

import contextlib
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future
from functools import partial
from itertools import islice

from validator.config import Config
from validator.engine import Report
from validator.search import Found

CHUNK = 64
"""The number of files that one task checks: enough to outweigh handing it over."""

_AHEAD = 4

_Chunk = list[tuple[Found, Config]]
_Work = Callable[[_Chunk], list[Report]]


def check_on(
    executor: Executor,
    files: Iterable[tuple[Found, Config]],
    *,
    workers: int,
    kind: str | None,
    cut: bool = False,
) -> Iterator[Report]:
    """Check files, each with its configuration, and yield their reports in the same order.

    `workers` is how many tasks the executor runs at once; no more than a few times as many wait,
    so that memory does not grow with the number of files. What a lost worker, or an executor
    that has stopped, leaves undone is checked here. With `cut`, reports are cut where they are
    made: whole ones of hostile documents would take much memory here.
    """
    work = partial(check_chunk, kind=kind, cut=cut)
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


def check_chunk(files: _Chunk, kind: str | None, cut: bool) -> list[Report]:
    """Check some files, one after another; this is what a worker runs."""
    from validator.files import check_found

    reports = (check_found(found, kind=kind, config=config) for found, config in files)
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
