"""The option --jobs: files checked on several processes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor

from validator.config import Config
from validator.engine import Report
from validator.parallel import check_on, cores


def on_processes(
    files: Iterable[str], jobs: int | None, kind: str | None, config: Config
) -> Iterator[Report]:
    """The reports of files, checked on so many processes, by default one for each core."""
    workers = jobs or cores()
    with ProcessPoolExecutor(workers) as executor:
        yield from check_on(executor, files, workers=workers, kind=kind, config=config)
