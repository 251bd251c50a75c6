"""Where shellcheck is installed."""

from __future__ import annotations

import os
import sys
from functools import cache


def program() -> str | None:
    """The path of shellcheck: on PATH, else next to this Python; None if it is in neither.

    It is looked for once, as long as these stay the same.
    """
    return _in_folders(os.environ.get("PATH", ""), sys.prefix)


@cache
def _in_folders(path: str, prefix: str) -> str | None:
    windows = os.name == "nt"
    # Relative folders on PATH are left out: what they name is in the repository that is checked.
    folders = [each for each in path.split(os.pathsep) if os.path.isabs(each)]
    for folder in [*folders, os.path.join(prefix, "Scripts" if windows else "bin")]:
        file = os.path.join(folder, "shellcheck.exe" if windows else "shellcheck")
        if os.path.isfile(file) and os.access(file, os.X_OK):
            return file
    return None
