"""Paths for people: relative, with `/` on every system."""

from __future__ import annotations

import os
from contextlib import suppress


def relative(path: str, folder: str) -> str:
    """A path relative to a folder, with `/` between its parts.

    A path without a relative form is returned unchanged: one on another drive of Windows, and a
    relative one if the current folder was deleted.
    """
    # ValueError: another drive. OSError: there is no current folder.
    with suppress(ValueError, OSError):
        path = os.path.relpath(path, folder)
    return path.replace(os.sep, "/")


def from_here(path: str) -> str:
    """A path relative to the current folder, if it is inside; otherwise unchanged."""
    name = relative(path, os.curdir)
    return path if os.path.isabs(name) or name.startswith("../") else name


def repository_of(folder: str) -> str | None:
    """The root of the repository that contains a folder: the nearest one upward that has `.git`.

    Links to the folder are resolved first. None if there is no repository.
    """
    here = os.path.realpath(folder)
    while not os.path.lexists(os.path.join(here, ".git")):
        above = os.path.dirname(here)
        if above == here:
            return None
        here = above
    return here
