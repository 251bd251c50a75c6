"""Messages about a search, apart from its findings: that it was empty, what it skipped."""

from __future__ import annotations

from collections.abc import Sequence

from validator.cli.messages import say
from validator.files.paths import from_here
from validator.kinds import KNOWN_PATHS, WORKFLOW_PATHS
from validator.search.search import Search

_MOST = 3


def tell_nothing_found(
    search: Search,
    folders: Sequence[str],
    label: str,
    others: Sequence[str] = (),
    paths: Sequence[str] = KNOWN_PATHS + WORKFLOW_PATHS,
) -> None:
    """Report on stderr where an empty search looked, for what, and what it found instead."""
    where = "the current folder" if list(folders) == ["."] else _some(folders)
    say(f"{label}: no automations file found in {where}; nothing was checked.")
    say(f"  looked for {', '.join(paths)}")
    if search.ignored:
        say(f"  git ignores {_some(search.ignored)}: name the file to check it")
    if search.excluded:
        say(f"  {_some(search.excluded)} excluded; name a file to check it")
    if search.older:
        older = _some(search.older)
        say(f"  there is {older}, an older format: move its tasks to {KNOWN_PATHS[0]}")
    for each in others:
        say(f"  {each}")


def tell(search: Search, folders: Sequence[str], *, empty: bool) -> None:
    """Report on stderr which ignore files can't be used and, if `empty`, what was looked for."""
    for path, message in search.warnings:
        say(f"Warning: {from_here(path)} {message}; it has no effect.")
    if empty:
        tell_nothing_found(search, folders, "Warning")


def _some(paths: Sequence[str]) -> str:
    left = len(paths) - _MOST
    return ", ".join(paths[:_MOST]) + (f" and {left:,} more" if left > 0 else "")
