"""Check the promise with many mutated texts.

`python -m tests.hostile.fuzz --count 100000 --seed 1` prints each input that breaks it, by its
number, and how many were tried; `--only NUMBER` shows one again.
"""

from __future__ import annotations

import argparse
import signal
import sys
import time
import traceback
from collections import Counter

from tests.hostile.mutation import mutated
from tests.hostile.promise import keep

SECONDS = 10
"""Maximum processor time for one input; a small text takes a few thousandths of a second."""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--start", type=int, default=0, help="the number of the first input")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--only", type=int, help="show the input with this number, and check it")
    asked = parser.parse_args()
    if asked.only is not None:
        data = mutated(asked.only, asked.seed)
        print(data)
        for finding in keep(data).findings:
            print(finding)
        return 0
    began = time.monotonic()
    broken = 0
    rules: Counter[str] = Counter()
    for number in range(asked.start, asked.start + asked.count):
        try:
            signal.setitimer(signal.ITIMER_PROF, SECONDS)
            rules.update({finding.rule for finding in keep(mutated(number, asked.seed)).findings})
        except Exception:
            broken += 1
            last = traceback.format_exc().strip().splitlines()[-1]
            print(f"seed {asked.seed}, input {number}: {last}", flush=True)
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
    print(
        f"seed {asked.seed}: {asked.count:,} inputs, {broken} broken, "
        f"{time.monotonic() - began:.0f} s; findings of {len(rules)} rules: "
        f"{', '.join(f'{rule} {count}' for rule, count in rules.most_common())}"
    )
    return 1 if broken else 0


def _too_long(_signal: int, _frame: object) -> None:
    raise TimeoutError(f"more than {SECONDS} s")


if __name__ == "__main__":
    signal.signal(signal.SIGPROF, _too_long)
    sys.exit(main())
