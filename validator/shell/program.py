"""Where shellcheck is installed."""

from __future__ import annotations

import os
import sys
from functools import cache


def program() -> str | None:
    """The path of shellcheck: on PATH, else next to this Python; None if it is in neither."""
    windows = os.name == "nt"
    # Relative folders on PATH are left out: what they name is in the repository that is checked.
    folders = [each for each in os.environ.get("PATH", "").split(os.pathsep) if os.path.isabs(each)]
    for folder in [*folders, os.path.join(sys.prefix, "Scripts" if windows else "bin")]:
        path = os.path.join(folder, "shellcheck.exe" if windows else "shellcheck")
        if os.path.isfile(path) and os.access(path, os.X_OK):
            return path
    return None


@cache
def installed() -> str | None:
    """The program, looked for once in this process."""
    return program()
