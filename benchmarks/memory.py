"""The memory of a run, as the number of files grows."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.files import corpus, write
from benchmarks.measure import Group, check, peak_memory

COUNTS = [1, 1000, 10_000, 100_000]


def groups(*, quick: bool) -> Iterator[Group]:
    figures: dict[str, float] = {}
    with TemporaryDirectory() as name:
        folder, written = Path(name), 0
        contents = cycle(corpus())
        for count in [1, 100] if quick else COUNTS:
            for number, content in enumerate(islice(contents, count - written), written):
                write(folder, f"{number:06}", content)
            written = count
            used = peak_memory(*check("--jobs", "1", str(folder)))
            figures[f"MiB for {count:,} files"] = used / 2**20
    yield Group("Memory, one process", {}, figures)
