"""The promise under atheris, which looks for inputs that reach new code (`pip install atheris`).

`python -m tests.hostile.atheris_target -runs=100000 -max_len=2000` begins with the fixtures and
stops at the first input that breaks the promise, which it writes to a file `crash-…`.
"""

from __future__ import annotations

import sys
import tempfile
from importlib import import_module
from pathlib import Path

atheris = import_module("atheris")

with atheris.instrument_imports(include=["validator"]):
    from tests.hostile.mutation import seeds
    from tests.hostile.promise import keep


def one(data: bytes) -> None:
    keep(data)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        for number, text in enumerate(seeds()):
            Path(folder, str(number)).write_bytes(text.encode("utf-8", "surrogatepass"))
        atheris.Setup([*sys.argv, folder], one)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
