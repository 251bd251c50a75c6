"""Paths as people write them: relative, with `/` on every system."""

from __future__ import annotations

import os
from contextlib import suppress


def relative(path: str, folder: str) -> str:
    """A path as seen from a folder, with `/` between its parts.

    What has no relative form stays as it is: a path on another drive of Windows, and a relative
    one where the current folder was deleted.
    """
    # ValueError: another drive. OSError: there is no current folder.
    with suppress(ValueError, OSError):
        path = os.path.relpath(path, folder)
    return path.replace(os.sep, "/")


def from_here(path: str) -> str:
    """A path as seen from the current folder, if that is above it; else as it is."""
    name = relative(path, os.curdir)
    return path if os.path.isabs(name) or name.startswith("../") else name


def repository_of(folder: str) -> str | None:
    """The root of the repository that a folder is in: the nearest one upward that has `.git`.

    It is that of the folder itself where links lead to it. None where there is none.
    """
    here = os.path.realpath(folder)
    while not os.path.lexists(os.path.join(here, ".git")):
        above = os.path.dirname(here)
        if above == here:
            return None
        here = above
    return here
