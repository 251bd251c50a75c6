"""The library in threads."""

import subprocess
import sys

from tests.hostile.mutation import FIXTURES

PROGRAM = """
import sys, threading
from concurrent.futures import ThreadPoolExecutor
from validator import check_file
paths = sys.stdin.read().splitlines()
sys.setswitchinterval(1e-5)
together = threading.Barrier(16)
def all_of_them(number):
    together.wait()
    shift = number * len(paths) // 16
    order = paths[shift:] + paths[:shift]
    return {path: check_file(path).findings for path in order}
with ThreadPoolExecutor(16) as pool:
    results = list(pool.map(all_of_them, range(16)))
alone = {path: check_file(path).findings for path in paths}
print(len(alone), sum(map(len, alone.values())) > 0, all(result == alone for result in results))
"""


def test_sixteen_threads_find_what_one_finds() -> None:
    """From the start, before anything is loaded, each in a different order."""
    paths = sorted(FIXTURES.rglob("*.yaml"))[::3]
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        input="\n".join(map(str, paths)),
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == f"{len(paths)} True True\n"
