"""How time and memory grow with a file: from one task to 20,000, and with their dependencies."""

from __future__ import annotations

import random
import tracemalloc
from collections.abc import Callable, Iterator

import yaml

from benchmarks.measure import Action, Group, collect_as_the_command_does, exponent, interleaved
from validator import Config, Limits, check_text

SIZES = [1, 10, 100, 1000, 2000, 5000, 10_000, 20_000]
FITTED = 1000
"""Minimum number of tasks for fitting exponents: below, constant costs weigh too much."""

DENSE = [1, 10, 20, 50, 100, 200, 300, 500, 600]
"""Each of these tasks depends on all earlier ones: at the end, 179,700 dependencies."""

# Larger than what is read by default, to measure growth beyond it.
CONFIG = Config(limits=Limits(max_bytes=100_000_000, max_nodes=10_000_000))


def groups(*, quick: bool) -> Iterator[Group]:
    collect_as_the_command_does()
    for shape, needs in SHAPES.items():
        sizes = DENSE if shape == "dense" else SIZES
        least = 100 if shape == "dense" else FITTED
        if quick:
            sizes, least = [1, 20, 40, 60], 20
        yield grown(shape, needs, sizes, least, rounds=1 if quick else 3)


def grown(
    shape: str, needs: Callable[[int], list[int]], sizes: list[int], least: int, rounds: int
) -> Group:
    """One shape of dependencies at all sizes; the exponents are relative to the text's length."""
    texts = {size: tasks(size, needs) for size in sizes}
    actions: dict[str, Action] = {}
    for size, text in texts.items():
        actions[f"{size:,} tasks, {len(text):,} characters"] = _check(text)
    last = texts[sizes[-1]]
    actions = {"compose the largest": lambda: yaml.compose(last, yaml.CSafeLoader), **actions}
    timings = interleaved(actions, rounds)
    fitted = [size for size in sizes if size >= least]
    lengths = [float(len(texts[size])) for size in fitted]
    seconds = [timing.median for timing in timings.values()][-len(fitted) :]
    bytes_used = [float(memory(texts[size])) for size in fitted]
    figures = {
        "exponent of time": exponent(lengths, seconds),
        "exponent of memory": exponent(lengths, bytes_used),
        "bytes of memory a character": bytes_used[-1] / lengths[-1],
    }
    return Group(f"Growth, dependencies: {shape}", timings, figures)


def memory(text: str) -> int:
    """The peak memory of objects in a check, in bytes."""
    tracemalloc.start()
    check_text(text, config=CONFIG)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return peak


def _check(text: str) -> Action:
    return lambda: check_text(text, config=CONFIG)


def tasks(count: int, needs: Callable[[int], list[int]]) -> str:
    """A file with `count` tasks, each with the dependencies for its number."""
    items = (
        f"  t{number}:\n    name: Task {number}\n    command: echo {number}\n"
        f"    dependsOn: [{', '.join(f't{need}' for need in needs(number))}]\n"
        "    triggeredBy: [manual]\n"
        for number in range(count)
    )
    return "tasks:\n" + "".join(items)


def _layers(number: int) -> list[int]:
    layer = number // 10 * 10
    return list(range(max(layer - 10, 0), layer))


def _random(number: int) -> list[int]:
    chosen = random.Random(number)
    return sorted({chosen.randrange(number) for _ in range(3)}) if number else []


SHAPES: dict[str, Callable[[int], list[int]]] = {
    "none": lambda _number: [],
    "chain": lambda number: [number - 1] if number else [],
    "star": lambda number: [0] if number else [],
    "layers": _layers,
    "random": _random,
    "dense": lambda number: list(range(number)),
}
