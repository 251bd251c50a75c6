"""`python -m benchmarks`: prints a table of ratios. `--quick` only shows that it works."""

from __future__ import annotations

import sys
from pathlib import Path

import yaml

from benchmarks.measure import Timing, command, exponent, interleaved
from validator import check_text

QUICK = "--quick" in sys.argv
CLEAN = Path(__file__).parents[1] / "fixtures/clean/.ona/automations.yaml"
SIZES = [50, 100, 200] if QUICK else [1000, 2000, 5000, 10_000, 20_000]


def row(name: str, timing: Timing, floor: Timing) -> None:
    ratio = timing.median / floor.median
    print(f"{name:<44} {timing.median * 1e3:>10.3f} ms ± {timing.spread * 1e3:<9.3f} {ratio:>6.2f}")


def tasks(count: int, shape: str) -> str:
    """A file of so many tasks; their dependencies form a chain, a star or layers of ten."""

    def needs(number: int) -> list[int]:
        if number == 0 or shape == "none":
            return []
        if shape == "chain":
            return [number - 1]
        if shape == "star":
            return [0]
        layer = number // 10 * 10
        return list(range(max(layer - 10, 0), layer))

    items = (
        f"  t{number}:\n    name: Task {number}\n    command: echo {number}\n"
        f"    dependsOn: [{', '.join(f't{need}' for need in needs(number))}]\n"
        "    triggeredBy: [manual]\n"
        for number in range(count)
    )
    return "tasks:\n" + "".join(items)


def cold_start() -> None:
    print("\nCold start, a clean file of 0.7 kB (ratio to the floor)")
    floor = "import sys, yaml, click; yaml.compose(open(sys.argv[1]).read(), yaml.CSafeLoader)"
    timings = interleaved(
        {
            "floor: import yaml and click, compose": command(
                sys.executable, "-c", floor, str(CLEAN)
            ),
            "automation-validator check": command(
                sys.executable, "-m", "validator", "check", str(CLEAN)
            ),
        },
        rounds=2 if QUICK else 40,
    )
    first = next(iter(timings.values()))
    for name, timing in timings.items():
        row(name, timing, first)


def one_file() -> None:
    print("\nIn one process, the same file (ratio to PyYAML's compose)")
    text = CLEAN.read_text()
    timings = interleaved(
        {
            "yaml.compose": lambda: [yaml.compose(text, yaml.CSafeLoader) for _ in range(100)],
            "check_text": lambda: [check_text(text) for _ in range(100)],
        },
        rounds=2 if QUICK else 30,
    )
    first = timings["yaml.compose"]
    for name, timing in timings.items():
        row(f"{name}, 100 times", timing, first)


def growth() -> None:
    for shape in ("none", "chain", "star", "layers"):
        print(f"\nGrowth, dependencies: {shape} (ratio to PyYAML's compose)")
        seconds = []
        for size in SIZES:
            text = tasks(size, shape)
            timings = interleaved(
                {
                    "compose": lambda text=text: yaml.compose(text, yaml.CSafeLoader),  # type: ignore[misc]
                    "check": lambda text=text: check_text(text),  # type: ignore[misc]
                },
                rounds=1 if QUICK else 3,
            )
            row(f"{size:,} tasks, {len(text):,} characters", timings["check"], timings["compose"])
            seconds.append(timings["check"].median)
        print(f"exponent of growth: {exponent(SIZES, seconds):.2f}")


if __name__ == "__main__":
    cold_start()
    one_file()
    growth()
