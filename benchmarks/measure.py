"""Time things side by side, so that other load of the machine affects all of them alike."""

from __future__ import annotations

import gc
import math
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from shutil import which
from typing import NamedTuple

Action = Callable[[], object]


class Timing(NamedTuple):
    """The median and the spread (interquartile range) of several runs, in seconds."""

    median: float
    spread: float


class Group(NamedTuple):
    """Things measured side by side; the others are compared with the first timing.

    `figures` are other measured or computed values, each with its unit in its name.
    """

    title: str
    timings: dict[str, Timing]
    figures: dict[str, float]


def processor() -> float:
    """The seconds of processor time used by this process and its finished children."""
    # Windows has no such module, and no other way to get both.
    import resource

    own, children = (
        resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime


def interleaved(
    actions: dict[str, Action], rounds: int, clock: Callable[[], float] = processor
) -> dict[str, Timing]:
    """Time actions in turn, for a number of rounds, after a warm-up round.

    `clock` is processor time, which other programs disturb least, or `time.perf_counter`.
    """
    times: dict[str, list[float]] = {name: [] for name in actions}
    for number in range(rounds + 1):
        for name, action in actions.items():
            start = clock()
            action()
            if number:
                times[name].append(clock() - start)
    return {name: timing(values) for name, values in times.items()}


def once(action: Action) -> tuple[float, float]:
    """The seconds that an action takes, on the clock and of processor time."""
    clock, own = time.perf_counter(), processor()
    action()
    return time.perf_counter() - clock, processor() - own


def timing(values: list[float]) -> Timing:
    """The timing of runs that took these numbers of seconds."""
    low, _, high = statistics.quantiles(values, n=4) if len(values) > 1 else (values * 3)
    return Timing(statistics.median(values), high - low)


def scaled(timings: dict[str, Timing], count: int) -> dict[str, Timing]:
    """The timings of one of `count` equal parts of the work."""
    return {
        name: Timing(each.median / count, each.spread / count) for name, each in timings.items()
    }


def command(*arguments: str) -> Action:
    """An action that runs a command and drops its output."""
    return lambda: subprocess.run(
        arguments,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=False,
        env=installed_environment(),
    )


def installed_environment() -> dict[str, str]:
    """The environment, but Python may cache bytecode, as it does for installed packages."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def collect_as_the_command_does() -> None:
    """Collect garbage as rarely as `automation-validator` does (see `validator.cli.entry`)."""
    gc.freeze()
    gc.set_threshold(100_000)


def tool(name: str) -> str | None:
    """The path of a command: next to this Python, or on the path; None if it is not installed."""
    beside = os.path.join(os.path.dirname(sys.executable), name)
    return beside if os.path.exists(beside) else which(name)


def ours() -> list[str]:
    """The installed command `automation-validator`, or this checkout's."""
    installed = tool("automation-validator")
    return [installed] if installed else [sys.executable, "-m", "validator"]


def check(*arguments: str) -> list[str]:
    """The command that checks, without shellcheck: the benchmark `scripts` shows what that adds."""
    return [*ours(), "check", "--shellcheck", "off", *arguments]


def exponent(sizes: Sequence[float], values: Sequence[float]) -> float:
    """The exponent of growth: 1 if a value is linear in the size, 2 if quadratic."""
    slope, _ = statistics.linear_regression(
        [math.log(size) for size in sizes], [math.log(each) for each in values]
    )
    return slope


def peak_memory(*arguments: str) -> int:
    """The peak memory, in bytes, of a command and the processes that it waits for."""
    program = (
        "import resource, subprocess, sys\n"
        "subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)\n"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments], capture_output=True, text=True, check=True
    )
    unit = 1 if sys.platform == "darwin" else 1024
    return int(done.stdout) * unit
