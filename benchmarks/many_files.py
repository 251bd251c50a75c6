"""The cost of each file after the first, and the gain from several processes."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from importlib.util import find_spec
from itertools import cycle, islice
from pathlib import Path
from tempfile import TemporaryDirectory

import yaml

from benchmarks.files import SCHEMA, corpus, write
from benchmarks.measure import (
    Action,
    Group,
    Timing,
    check,
    collect_as_the_command_does,
    command,
    interleaved,
    once,
    scaled,
    tool,
)
from validator import check_file, check_paths
from validator.batch import cores

READ = """\
import os, sys
for folder, _, names in os.walk(sys.argv[1]):
    for name in names:
        with open(os.path.join(folder, name), "rb") as stream:
            stream.read()
"""
"""A program that reads the files of a folder, which any check has to do."""

ON_DASK = """\
import sys
from distributed import Client, LocalCluster
from validator import check_paths
with (
    LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster,
    Client(cluster) as client,
):
    for report in check_paths(sys.argv[1:], executor=client.get_executor(), workers=2):
        report.ok
"""
"""A program that checks the files of a folder as docs/guides/many-repositories.md does."""


def groups(*, quick: bool) -> Iterator[Group]:
    collect_as_the_command_does()
    with TemporaryDirectory() as name:
        folder = Path(name)
        real = corpus()
        paths = [write(folder, str(number), content) for number, content in enumerate(real)]
        yield in_process(paths, rounds=1 if quick else 15)
        yield by_command(paths, rounds=1 if quick else 5)
        count = 70 if quick else 10_000
        many = folder / "many"
        for number, content in enumerate(islice(cycle(real), count)):
            write(many, f"{number:05}", content)
        yield from on_processes(str(many), count, rounds=1 if quick else 3)
        whole = 140 if quick else 100_000
        for number, content in enumerate(islice(cycle(real), count, whole), count):
            write(many, f"{number:05}", content)
        yield from throughput(str(many), whole)


def in_process(paths: list[str], rounds: int) -> Group:
    texts = [text for text in map(_read, paths) if _composes(text)]
    actions: dict[str, Action] = {
        "yaml.compose": lambda: [_composes(text) for text in texts],
        "check_paths": lambda: sum(1 for _ in check_paths(paths)),
    }
    timings = interleaved(actions, rounds)
    return Group(
        f"A file, of {len(paths)} real ones in one process", scaled(timings, len(paths)), {}
    )


def _read(path: str) -> bytes:
    return Path(path).read_bytes()


def _composes(text: bytes) -> bool:
    try:
        yaml.compose(text, yaml.CSafeLoader)
    except yaml.YAMLError:
        return False
    return True


def by_command(paths: list[str], rounds: int) -> Group:
    """Commands with one file and with all of them: the difference is the cost of the others.

    The one is invalid, so that modules that explain errors are imported for it too.
    """
    first = next(path for path in paths if not check_file(path).ok)
    commands = {
        "automation-validator check": check("--jobs", "1"),
        "check-jsonschema": ["check-jsonschema", "--schemafile", str(SCHEMA)],
        "yamllint": ["yamllint", "-d", "relaxed"],
    }
    actions: dict[str, Action] = {}
    for name, words in commands.items():
        found = tool(words[0])
        if found is not None:
            actions[f"{name}, one"] = command(found, *words[1:], first)
            actions[name] = command(found, *words[1:], *paths)
    timings = interleaved(actions, rounds)
    each = {
        name: timing._replace(median=timing.median - timings[f"{name}, one"].median)
        for name, timing in timings.items()
        if f"{name}, one" in timings
    }
    return Group("A file beyond the first, by command", scaled(each, len(paths) - 1), {})


def on_processes(folder: str, count: int, rounds: int) -> Iterator[Group]:
    """The same files with more and more processes: wall-clock time, and total processor time."""
    actions = {
        f"--jobs {jobs}": command(*check("--jobs", str(jobs), folder))
        for jobs in dict.fromkeys([1, 2, cores()])
    }
    actions["without --jobs"] = command(*check(folder))
    title = f"{count:,} files on several processes, {cores()} cores"
    yield Group(f"{title}: on the clock", interleaved(actions, rounds, time.perf_counter), {})
    yield Group(f"{title}: processor time", interleaved(actions, rounds), {})


def throughput(folder: str, count: int) -> Iterator[Group]:
    """Very many files, once: next to the time to read them, on this machine and on Dask."""
    actions = {
        "reading the files": command(sys.executable, "-c", READ, folder),
        "--jobs 1": command(*check("--jobs", "1", folder)),
        "--jobs 2": command(*check("--jobs", "2", folder)),
    }
    if find_spec("distributed"):
        actions["Dask, two workers"] = command(sys.executable, "-c", ON_DASK, folder)
    times = {name: once(action) for name, action in actions.items()}
    for at, title in enumerate(("on the clock", "processor time")):
        timings = {name: Timing(both[at], 0) for name, both in times.items()}
        figures = {f"files per second, {name}": count / both[at] for name, both in times.items()}
        yield Group(f"{count:,} files, once: {title}", timings, figures)
