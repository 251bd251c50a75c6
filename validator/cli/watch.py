"""The option --watch: check again whenever something changes."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple, NoReturn

from validator.cli.errors import InputError
from validator.cli.messages import echo, say
from validator.cli.mistakes import usage_error
from validator.cli.streams import flush, is_terminal
from validator.configuration.config import FILE_NAME, PROJECT_FILE_NAME, folders_from
from validator.kinds import KNOWN_PATHS

INSTALL = "`pip install 'automation-validator[watch]'`"

_CLEAR = "\x1b[2J\x1b[3J\x1b[H"
"""Clears the screen and what has scrolled out of it."""

_TICK = 250
"""Time between two looks at what is not watched, in milliseconds."""

_ENDINGS = ("", ".json", ".toml", ".yaml", ".yml")
"""The endings of files that a check reads, and of folders."""


class _Watched(NamedTuple):
    """The folders to watch, each with its inode, which differs once it was made anew."""

    folders: frozenset[tuple[str, int]]
    recursive: bool


def check_again_and_again(paths: Sequence[str], check: Callable[[], object]) -> NoReturn:
    """Check now, and again after each change of what `paths` name or of a configuration.

    Ctrl-C raises KeyboardInterrupt. Raises click.UsageError if the package that
    watches files is not installed.
    """
    try:
        from watchfiles import DefaultFilter, watch
    except ModuleNotFoundError as error:
        if error.name != "watchfiles":
            raise
        message = f"--watch needs a package that is not installed; install it with {INSTALL}"
        raise usage_error(message) from error
    named = frozenset(map(os.path.abspath, paths))
    usual = DefaultFilter()

    def concerns(change: object, path: str) -> bool:
        # An editor's temporary files, and what git and package managers keep, concern nobody.
        is_read = os.path.splitext(path)[1].lower() in _ENDINGS
        return path in named or (is_read and usual(change, path))  # type: ignore[arg-type]

    while True:
        watched = _watched(paths)
        changes = watch(
            *sorted(folder for folder, _ in watched.folders),
            watch_filter=concerns,
            rust_timeout=_TICK,
            yield_on_timeout=True,
            recursive=watched.recursive,
            ignore_permission_denied=True,
        )
        # Only now does it watch: nothing that changes during the check is missed.
        next(changes)
        for _ in _runs(paths, watched, changes):
            _check(check)


def _runs(paths: Sequence[str], watched: _Watched, changes: Iterator[object]) -> Iterator[None]:
    """Yield at the start and after each change, until other folders have to be watched."""
    elsewhere = _elsewhere(paths)
    yield
    for changed in changes:
        if _watched(paths) != watched:
            return
        now = _elsewhere(paths)
        if changed or now != elsewhere:
            elsewhere = now
            yield


def _check(check: Callable[[], object]) -> None:
    """Check once, on an empty screen if there is one; otherwise after a line with the time."""
    if is_terminal(sys.stdout):
        echo(_CLEAR)
    else:
        say(f"--- {time.strftime('%Y-%m-%d %H:%M:%S')}")
    try:
        check()
    except InputError as error:
        error.show()
    flush()
    say("Watching for changes; press Ctrl-C to stop.")


def _watched(paths: Iterable[str]) -> _Watched:
    """What to watch: folders, and of anything else the nearest folder that exists."""
    folders: set[tuple[str, int]] = set()
    recursive = False
    for path in paths:
        folder = os.path.abspath(path)
        recursive = recursive or os.path.isdir(folder)
        while not os.path.isdir(folder):
            folder = os.path.dirname(folder)
        folders.add((folder, os.stat(folder).st_ino))
    return _Watched(frozenset(folders), recursive)


def _elsewhere(paths: Iterable[str]) -> list[tuple[str, int, int]]:
    """The state of the files above the paths that a check may read, which are not watched.

    Watching the folders above would include everything in them.
    """
    above = {folder for path in paths for folder in folders_from(os.path.abspath(path))}
    names = (FILE_NAME, PROJECT_FILE_NAME, ".gitignore", *KNOWN_PATHS)
    found = []
    for path in sorted(os.path.join(folder, name) for folder in above for name in names):
        try:
            status = os.stat(path)
        except OSError:
            continue
        found.append((path, status.st_mtime_ns, status.st_size))
    return found
