"""Timing things side by side, so that what else the machine does hits all of them alike."""

from __future__ import annotations

import math
import statistics
import subprocess
import time
from collections.abc import Callable, Sequence
from typing import NamedTuple


class Timing(NamedTuple):
    """The median and the spread (interquartile range) of a number of runs, in seconds."""

    median: float
    spread: float


def interleaved(actions: dict[str, Callable[[], object]], rounds: int) -> dict[str, Timing]:
    """Time actions in turn, for a number of rounds, after one that does not count."""
    times: dict[str, list[float]] = {name: [] for name in actions}
    for number in range(rounds + 1):
        for name, action in actions.items():
            start = time.perf_counter()
            action()
            if number:
                times[name].append(time.perf_counter() - start)
    return {name: _timing(values) for name, values in times.items()}


def _timing(values: list[float]) -> Timing:
    low, _, high = statistics.quantiles(values, n=4) if len(values) > 1 else (values * 3)
    return Timing(statistics.median(values), high - low)


def command(*arguments: str) -> Callable[[], object]:
    """An action that runs a command and drops what it prints."""
    return lambda: subprocess.run(
        arguments, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False
    )


def exponent(sizes: Sequence[int], seconds: Sequence[float]) -> float:
    """The exponent of growth: 1 where the time is linear in the size, 2 where quadratic."""
    slope, _ = statistics.linear_regression(
        [math.log(size) for size in sizes], [math.log(each) for each in seconds]
    )
    return slope
