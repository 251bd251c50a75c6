"""The option --jobs: files checked on several processes."""

from __future__ import annotations

import multiprocessing
import signal
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor

from validator.config import Config
from validator.engine import Report
from validator.parallel import check_on, cores
from validator.search import Found


def on_processes(
    files: Iterable[tuple[Found, Config]], jobs: int | None, kind: str | None
) -> Iterator[Report]:
    """The reports of files, each checked with its configuration, on `jobs` processes.

    By default these are as many as this process has cores. They end with the iteration, at once
    where it is broken off.
    """
    workers = jobs or cores()
    executor = ProcessPoolExecutor(workers, initializer=_ignore_interrupts)
    try:
        yield from check_on(executor, files, workers=workers, kind=kind)
    except BaseException:
        for process in multiprocessing.active_children():
            process.terminate()
        raise
    finally:
        executor.shutdown(cancel_futures=True)


def _ignore_interrupts() -> None:
    """Leave Ctrl-C, which a terminal sends to all processes, to the one that started them."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
