"""How time, memory and output grow with a text, by the repeated part and by the use.

$ python -m tests.hostile.growth [--kinds one_line,…] [--uses fix,…] [--sizes 100000,400000]
$ python -m tests.hostile.growth --bounds [--kinds one_line,…] [--uses fix,…] [--sizes 4999000]

Each use of each text is measured in a separate process, within the bounds of
docs/explanation/robustness.md. An exponent of 1 is linear: a use is marked if it grows faster than
that, or does not end as it should. With `--bounds`, only the latter are printed.
"""

from __future__ import annotations

import argparse
import gc
import os
import resource
import sys
import tempfile
import traceback
from collections.abc import Iterator, Sequence
from math import log
from pathlib import Path
from statistics import linear_regression
from typing import NamedTuple

import click

from tests.hostile.repetitions import REPETITIONS, largest
from tests.hostile.uses import USES, Use

SECONDS = 30
"""Processor time for one use of a document, as promised in docs/explanation/robustness.md."""

MEMORY = 1_000_000_000
"""Bytes of address space, as promised in docs/explanation/robustness.md."""

_FASTEST = 1.3
# Below these, constant costs weigh too much.
_LEAST_SECONDS, _LEAST_BYTES, _LEAST_OUTPUT = 0.5, 60e6, 5e6
_CRASHED = 70


class Measure(NamedTuple):
    """The cost of a use: seconds of processor time, bytes of memory and of output, and its errors.

    `problem` is empty if the use ended as it should.
    """

    seconds: float
    memory: float
    output: float
    problem: str


def measure(use: Use, path: str, text: str) -> Measure:
    """Run a use of a document in a separate process, within the promised bounds."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        sys.stdout.flush()
        child = os.fork()
        if child == 0:
            _run(use, path, text, out.fileno(), err.fileno())
        _, status, used = os.wait4(child, 0)
        err.seek(0)
        errors = err.read(1_000_000).decode("utf-8", "replace").strip()
        problem = ""
        if os.WIFSIGNALED(status):
            problem = f"ended by signal {os.WTERMSIG(status)}"
        elif os.WEXITSTATUS(status) in (3, _CRASHED) or "Traceback" in errors:
            problem = errors.rpartition("\n")[2][:200] or "internal error"
        seconds = used.ru_utime + used.ru_stime
        return Measure(seconds, used.ru_maxrss * 1024.0, os.fstat(out.fileno()).st_size, problem)


def _run(use: Use, path: str, text: str, out: int, err: int) -> None:
    """Run the use in the child process; does not return."""
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    os.dup2(out, 1)
    os.dup2(err, 2)
    code = _CRASHED
    # As the command does, also for uses that are not commands.
    gc.freeze()
    gc.set_threshold(100_000)
    try:
        sys.stdin, sys.stdout, sys.stderr = open(0), open(1, "w"), open(2, "w")  # noqa: SIM115
        try:
            code = int(use(path, text) or 0)  # type: ignore[call-overload]
        except click.exceptions.Exit as left:
            code = left.exit_code
        except click.ClickException as refused:
            code = refused.exit_code
        sys.stdout.flush()
    except BaseException:
        traceback.print_exc()
        sys.stderr.flush()
    os._exit(code)


def exponent(sizes: Sequence[int], values: Sequence[float]) -> float:
    """The exponent of growth: 1 if a value is linear in the size, 2 if quadratic."""
    if len(sizes) < 2:
        return 0.0
    return linear_regression(list(map(log, sizes)), [log(max(each, 1e-3)) for each in values])[0]


def rows(kinds: list[str], uses: list[str], sizes: list[int]) -> Iterator[str]:
    """A line for each use of each kind of text."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, ".ona", "automations.yaml")
        path.parent.mkdir()
        path.write_text("", encoding="utf-8")
        nothing = measure(lambda *_: 0, str(path), "")
        for kind in kinds:
            texts = [REPETITIONS[kind](size) for size in sizes]
            for use in uses:
                measured: list[Measure] = []
                for text in texts:
                    path.write_text(text, encoding="utf-8", newline="")
                    measured.append(measure(USES[use], str(path), text))
                    if measured[-1].problem:
                        break
                yield row(kind, use, list(map(len, texts)), measured, nothing)


def row(kind: str, use: str, lengths: list[int], measured: list[Measure], nothing: Measure) -> str:
    lengths = lengths[: len(measured)]
    seconds = [max(each.seconds - nothing.seconds, 1e-3) for each in measured]
    memory = [max(each.memory - nothing.memory, 1e6) for each in measured]
    output = [max(each.output, 1e3) for each in measured]
    last = measured[-1]
    columns = [
        (seconds, _LEAST_SECONDS, f"{seconds[-1]:6.2f} s"),
        (memory, _LEAST_BYTES, f"{memory[-1] / 1e6:5.0f} MB"),
        (output, _LEAST_OUTPUT, f"{last.output / 1e6:6.2f} MB out"),
    ]
    grown = [exponent(lengths, values) for values, _, _ in columns]
    fast = any(
        each > _FASTEST and values[-1] > least
        for each, (values, least, _) in zip(grown, columns, strict=True)
    )
    mark = "!" if fast or last.problem else " "
    shown = "  ".join(
        f"{text} ^{each:4.2f}" for each, (*_, text) in zip(grown, columns, strict=True)
    )
    return f"{mark} {kind:40} {use:24} {lengths[-1]:9,}  {shown}  {last.problem}".rstrip()


def bounds(kinds: list[str], uses: list[str], most: int) -> Iterator[str]:
    """A line for each use of a text of each kind that does not end as it should."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, ".ona", "automations.yaml")
        path.parent.mkdir()
        for kind in kinds:
            text = largest(kind, most)
            path.write_text(text, encoding="utf-8", newline="")
            for use in uses:
                found = measure(USES[use], str(path), text)
                if found.problem:
                    yield f"{kind}, {use}: {found.problem}, after {found.seconds:.1f} s"


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure how time and memory grow.")
    parser.add_argument("--kinds", default=",".join(REPETITIONS))
    parser.add_argument("--uses", default=",".join(USES))
    parser.add_argument("--sizes", default="100000,200000,400000")
    parser.add_argument("--bounds", action="store_true")
    options = parser.parse_args()
    kinds, uses = options.kinds.split(","), options.uses.split(",")
    sizes = [int(size) for size in options.sizes.split(",")]
    for row in bounds(kinds, uses, sizes[-1]) if options.bounds else rows(kinds, uses, sizes):
        sys.stdout.write(f"{row}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
