"""The option --jobs: check files in several processes."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from functools import partial
from multiprocessing.synchronize import Event
from threading import Lock, Thread
from typing import ParamSpec, TypeVar

from validator.batch import check_on, cores
from validator.configuration.config import Config
from validator.file_check import check_found
from validator.report import Report
from validator.search.found import Found

P = ParamSpec("P")
T = TypeVar("T")


def on_processes(
    files: Iterable[tuple[Found, Config]], jobs: int | None, *, cut: bool
) -> Iterator[Report]:
    """The reports of files, each checked with its configuration, in `jobs` processes.

    The default is one per core available to this process. The processes end with the iteration,
    at once if it is aborted, and with this process, however that ends. If they can't be started
    safely, the files are checked here. With `cut`, reports contain only what is shown of them.
    """
    if not _are_started_safely():
        yield from (check_found(found, config) for found, config in files)
        return
    workers = _number(jobs or cores())
    stop = multiprocessing.Event()
    with _Workers(workers, initializer=_begin, initargs=(stop,)) as executor:
        try:
            yield from check_on(executor, files, workers=workers, cut=cut)
        except BaseException:
            stop.set()
            executor.shutdown(cancel_futures=True)
            raise


def _are_started_safely() -> bool:
    """Whether new processes import nothing from the current folder, which may be untrusted.

    Unless they are forked, they are started by `python -c`, which looks for modules in the current
    folder first, unless disabled; Python 3.10 can't disable it.
    """
    os.environ["PYTHONSAFEPATH"] = "1"
    return sys.version_info >= (3, 11) or multiprocessing.get_start_method() == "fork"


def _number(wanted: int) -> int:
    """The number of processes to use: Windows can't wait for more than 61 at once."""
    return min(wanted, 61) if os.name == "nt" else wanted


class _Workers(ProcessPoolExecutor):
    """Processes that can be ended while they work.

    Killing one while it sends its result would leave half a message, and its reader would wait for
    the rest forever. So a worker ends itself, and only while it is working.
    """

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        return super().submit(_work, partial(fn, *args, **kwargs))


_NOT_AT_WORK = Lock()
"""In a worker: held while it waits for work or sends a result."""


def _work(task: Callable[[], T]) -> T:
    _NOT_AT_WORK.release()
    try:
        return task()
    finally:
        _NOT_AT_WORK.acquire()


def _begin(stop: Event) -> None:
    """Make a worker end when requested, and when the process that started it has ended."""
    # A terminal sends Ctrl-C to all processes: only the first one handles it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _NOT_AT_WORK.acquire()
    Thread(target=_end_when_told, args=(stop,), daemon=True).start()
    Thread(target=_end_with_parent, daemon=True).start()


def _end_when_told(stop: Event) -> None:
    stop.wait()
    with _NOT_AT_WORK:
        os._exit(1)


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    assert parent is not None
    parent.join()
    os._exit(1)
