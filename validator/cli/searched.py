"""Messages about a search, apart from its findings: that it was empty, what it skipped."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from validator.cli.messages import say
from validator.cli.streams import columns
from validator.display import wrap
from validator.files.paths import from_here
from validator.kinds import KNOWN_PATHS, WORKFLOW_PATHS
from validator.search.search import Search

_MOST = 3
_WIDTH = 100


def tell_nothing_found(
    search: Search,
    folders: Sequence[str],
    label: str,
    others: Sequence[str] = (),
    paths: Sequence[str] = KNOWN_PATHS + WORKFLOW_PATHS,
    end: str = "",
) -> None:
    """Report on stderr where an empty search looked, for what, and what it found instead.

    `end` is added to the first sentence.
    """
    where = "the current folder" if list(folders) == ["."] else _some(folders)
    say(f"{label}: no automations file found in {where}{end}.")
    for line in wrap(f"  looked for {_spelled(paths)}", columns(sys.stderr) or _WIDTH, 4):
        say(line)
    if search.ignored:
        say(f"  git ignores {_some(sorted(search.ignored))}: name the file to use it")
    if search.excluded:
        say(f"  {_some(sorted(search.excluded))} excluded; name a file to use it")
    if search.older:
        older = _some(sorted(search.older))
        file = "" if search.older == [".gitpod.yml"] else " FILE"
        say(
            f"  there is {older}, an older format: `automation-validator migrate{file}` migrates it"
        )
    for each in others:
        say(f"  {each}")


def tell(search: Search, folders: Sequence[str], *, empty: bool, fails: bool) -> None:
    """Report on stderr which ignore files can't be used and, if `empty`, why nothing was checked.

    `fails` says whether that is an error.
    """
    for path, message in search.warnings:
        say(f"Warning: {from_here(path)} {message}; it has no effect.")
    if empty and search.left_out:
        left = _some(sorted(search.excluded))
        say(f"Nothing was checked: --force-exclude leaves out {left}.")
    elif empty:
        label = "Error" if fails else "Warning"
        tell_nothing_found(search, folders, label, end="; nothing was checked")


def _spelled(paths: Sequence[str]) -> str:
    """Paths in a row, those with the other ending of YAML only once."""
    first = [each for each in paths if f"{each[:-3]}yaml" not in paths]
    both = all(each[:-4] + "yml" in paths for each in first)
    return ", ".join(first) + " (or .yml)" * both


def _some(paths: Sequence[str]) -> str:
    left = len(paths) - _MOST
    return ", ".join(paths[:_MOST]) + (f" and {left:,} more" if left > 0 else "")
