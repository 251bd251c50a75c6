"""Runs the linter, the formatter, the type checker and the checks of imports and generated files.

$ python -m scripts.check
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]

COMMANDS = (
    ("ruff", "check", "."),
    ("ruff", "format", "--check", "."),
    ("mypy",),
    ("lint-imports", "--no-logo"),
    ("python", "-m", "scripts.generate", "--check"),
)


def main() -> int:
    """Run all of the commands; returns 1 if one of them failed."""
    programs = Path(sys.executable).parent
    failed = [
        command
        for command in COMMANDS
        if subprocess.run([programs / command[0], *command[1:]], check=False, cwd=ROOT).returncode
    ]
    for command in failed:
        print(f"failed: {' '.join(command)}", file=sys.stderr)
    return int(bool(failed))


if __name__ == "__main__":
    raise SystemExit(main())
