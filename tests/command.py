"""Running the command as people do, in a process of its own."""

import os
import re
import subprocess
import sys
from pathlib import Path

from tests.checkout import ROOT
from tests.expected_output import assert_snapshot

SNAPSHOTS = ROOT / "tests" / "snapshots"
OUTSIDE = re.compile("(NO|FORCE)_(COLOR|HYPERLINK)|GITHUB_|CI_")
"""What a CI job or a person may have set, and changes the output."""


def run(
    *arguments: str, stdin: bytes = b"", **environment: str
) -> "subprocess.CompletedProcess[bytes]":
    return run_in(ROOT, *arguments, stdin=stdin, **environment)


def run_in(
    folder: Path, *arguments: str, stdin: bytes = b"", **environment: str
) -> "subprocess.CompletedProcess[bytes]":
    kept = {name: value for name, value in os.environ.items() if not OUTSIDE.match(name)}
    return subprocess.run(
        [sys.executable, "-m", "validator", *arguments],
        cwd=folder,
        input=stdin,
        capture_output=True,
        env={**kept, **environment},
    )


def check_output(name: str, arguments: list[str], code: int, *, between: str = "") -> None:
    """All that a command prints is its snapshot; `between` stands before its standard error."""
    done = run(*arguments, COLUMNS="100")
    shown = (
        f"$ automation-validator {' '.join(arguments)}\n{done.stdout.decode()}"
        f"{between}{done.stderr.decode()}"
    )
    # SARIF names the folder of the repository.
    shown = shown.replace(ROOT.as_uri(), "file:///repository")
    assert_snapshot(shown, SNAPSHOTS / f"{name}.txt")
    assert done.returncode == code
