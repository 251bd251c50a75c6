"""The checkout, which tests must not change."""

from __future__ import annotations

import marshal
import os
import sys
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

ROOT = Path(__file__).parents[1]

_HEADER = 16
"""The number of bytes before the code in a bytecode file."""


def state(root: Path = ROOT) -> dict[str, tuple[int, int]]:
    """The size and the time of the last change (in ns) of each file that git does not ignore."""
    ignored = [line.rstrip("/") for line in (root / ".gitignore").read_text().splitlines()]
    found = {}
    for folder, folders, files in os.walk(root):
        # A pattern with a slash in front is about the folders at the top.
        front = "/" if folder == str(root) else ""
        folders[:] = [
            name
            for name in folders
            if name != ".git"
            and not any(fnmatch(name, pattern) or front + name == pattern for pattern in ignored)
        ]
        for path in (os.path.join(folder, name) for name in files):
            about = os.lstat(path)
            found[os.path.relpath(path, root)] = about.st_size, about.st_mtime_ns
    return found


def changes(before: dict[str, tuple[int, int]], root: Path = ROOT) -> list[str]:
    """The files added, changed or deleted since `before`, and the damaged bytecode files."""
    names = {name for name, _ in before.items() ^ state(root).items()}
    return sorted([*names, *_damaged_bytecode(root)])


def _damaged_bytecode(root: Path) -> Iterator[str]:
    """The bytecode files of this Python that it can't import from."""
    for path in root.glob(f"[tv]*/**/__pycache__/*.{sys.implementation.cache_tag}*.pyc"):
        if _is_damaged(path):
            yield str(path.relative_to(root))


def _is_damaged(bytecode: Path) -> bool:
    try:
        marshal.loads(bytecode.read_bytes()[_HEADER:])
    except (EOFError, ValueError, TypeError):
        return True
    return False
