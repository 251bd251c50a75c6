"""`python -m benchmarks`: measure, print tables of ratios, and write them as JSON."""

from __future__ import annotations

import argparse
import sys
from importlib import import_module
from pathlib import Path

from benchmarks import results
from benchmarks.measure import Group

BENCHMARKS = (
    "cold_start",
    "many_files",
    "gates",
    "growth",
    "memory",
    "language_server",
    "keystroke",
    "scripts",
    "playground",
)
"""The benchmarks: each a module with a function `groups(*, quick: bool)` that yields groups."""


def run(names: list[str], json_path: str | None, *, quick: bool) -> None:
    """Run benchmarks and print each group as it is measured."""
    found: list[Group] = []
    for name in names:
        for group in import_module(f"benchmarks.{name}").groups(quick=quick):
            print(results.table(group), flush=True)
            found.append(group)
    if json_path is not None:
        Path(json_path).write_text(results.to_json(found) + "\n", encoding="utf-8")


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(BENCHMARKS))
    parser.add_argument("--json", metavar="FILE", help="write the results to this file")
    parser.add_argument("--quick", action="store_true", help="only show that it works")
    if sys.argv[1:2] == ["compare"]:
        if len(sys.argv) != 4:
            parser.error("compare takes two files that --json has written")
        before, after = (Path(name).read_text(encoding="utf-8") for name in sys.argv[2:])
        print(results.compared(before, after), end="")
        return 0
    options = parser.parse_args()
    unknown = set(options.names) - set(BENCHMARKS)
    if unknown:
        parser.error(f"there is no benchmark {sorted(unknown)[0]}")
    run(options.names or list(BENCHMARKS), options.json, quick=options.quick)
    return 0


if __name__ == "__main__":
    sys.exit(main())
