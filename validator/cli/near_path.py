"""The path that was perhaps meant by one that does not exist; imported only then."""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import suppress
from itertools import islice

from validator.cli.messages import say
from validator.kinds import KNOWN_PATHS
from validator.likeness import Vocabulary
from validator.rules import INDEX, SELECTORS
from validator.wording import quoted

_MOST = 1000
"""The most entries of a folder that are compared."""


def tell_near(missing: Iterable[str]) -> None:
    """Say on stderr which paths were perhaps meant by those that do not exist."""
    for path in missing:
        near = None if path in INDEX or path in SELECTORS else near_path(path)
        if near is not None:
            say(f"Hint: there is no {quoted(path)}; did you mean {quoted(near)}?")


def near_path(path: str) -> str | None:
    """The path that exists and is nearest to one that does not; None if there is no single one.

    One of its names, or several, may be misspelt, or a file at a known path may have its name.
    """
    reached = os.sep if os.path.isabs(path) else ""
    for name in filter(None, path.split(os.sep)):
        after: str | None = name
        if not os.path.lexists(os.path.join(reached, name)):
            near = Vocabulary(_entries(reached), invented=True).nearest(name)
            after = near.only if near.slip else None
        if after is None:
            return _at_known_path(path)
        reached = os.path.join(reached, after)
    return reached or None


def _entries(folder: str) -> list[str]:
    with suppress(OSError), os.scandir(folder or os.curdir) as entries:
        return [entry.name for entry in islice(entries, _MOST)]
    return []


def _at_known_path(path: str) -> str | None:
    """The file at a known path below the folder of a path, by the path's last name."""
    folder, name = os.path.split(path)
    for known in KNOWN_PATHS:
        there = os.path.join(folder, *known.split("/"))
        if known.endswith(f"/{name}") and os.path.lexists(there):
            return there
    return None
