"""Files: which ones to check, and reading them."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from validator.config import Config
from validator.contract.kinds import KNOWN_PATHS, known_place
from validator.engine import Report, check_text, not_checked, unreadable
from validator.finding import Problem, Span
from validator.search import ConfigOf, Found, Search

if TYPE_CHECKING:
    from concurrent.futures import Executor


_DEFAULT = Config()


def check_file(
    path: str | os.PathLike[str], *, kind: str | None = None, config: Config | None = None
) -> Report:
    """Check one file.

    A file that can't be read gives a report with the finding `unreadable-file`. Raises
    ValueError only for a kind that there is not.
    """
    name = os.fspath(path)
    config = config or _DEFAULT
    try:
        data = read_bytes(name, config.limits.max_bytes)
    except OSError as error:
        return unreadable(name, f"can't be read: {error.strerror or error}", kind=kind)
    return check_text(data, path=name, kind=kind, config=config, others=shadowed(name))


def shadowed(path: str) -> tuple[Problem, ...]:
    """The problem that a file at a known path has if its repository has one that goes before it."""
    place = known_place(path)
    if place is None:
        return ()
    folder, known = place
    for other in KNOWN_PATHS[: KNOWN_PATHS.index(known)]:
        first = os.path.join(folder, other)
        if os.path.isfile(first) and os.path.realpath(first) != os.path.realpath(path):
            message = (
                f"`{other}` is here too, and the platform reads only one of them; merge the two"
            )
            return (Problem("shadowed-file", message, Span(0, 0)),)
    return ()


def check_paths(
    paths: Iterable[str | os.PathLike[str]],
    *,
    kind: str | None = None,
    config: Config | None = None,
    executor: Executor | None = None,
    workers: int | None = None,
) -> Iterator[Report]:
    """Check files, and the automations files in folders; yields a report as each is checked.

    The order is that of the paths, inside a folder that of the names. A file is checked once.
    With an `executor`, any `concurrent.futures.Executor`, files are checked there, on `workers`
    at once, by default as many as this process has cores; the reports and their order are the
    same. What a lost worker leaves undone is checked here. Raises TypeError if `paths` is a string,
    and ValueError if `workers` is less than 1.
    """
    search = Search(paths, config)
    if workers is not None and workers < 1:
        raise ValueError("`workers` must be at least 1")
    config = config or _DEFAULT
    if executor is None:
        return (check_found(found, kind=kind, config=config) for found in search)
    # Slow to import, and needed only for an executor.
    from validator.parallel import check_on, cores

    pairs = ((found, config) for found in search)
    return check_on(executor, pairs, workers=workers or cores(), kind=kind)


def check_found(found: Found, *, kind: str | None, config: Config) -> Report:
    """Check a file that a search found, or report why it can't be checked."""
    if found.skipped:
        return not_checked(found.path, found.problems, kind=kind, config=config)
    return check_file(found.path, kind=kind, config=config)


def find_files(
    paths: Iterable[str | os.PathLike[str]], config: Config | ConfigOf | None = None
) -> Iterator[str]:
    """The files that paths name: a file itself, of a folder all automations files in it.

    In a git repository the files that it ignores are left out. The configuration may name
    further files than those in the known places; it may be a function from a folder to the
    configuration for the files in it. Raises TypeError if `paths` is a string.
    """
    return (found.path for found in Search(paths, config) if not found.skipped)


def read_bytes(path: str, max_bytes: int) -> bytes:
    """The bytes of a regular file; of one that is too large, one byte more than allowed.

    Raises OSError where it can't be read, or is no regular file.
    """
    if "\0" in path:
        raise OSError(None, "its name holds a null character")
    if os.path.isdir(path):
        raise IsADirectoryError(None, "it is a folder")
    # Without blocking: to open a named pipe waits for its writer. And without a stream: to make one
    # takes longer than to read most files.
    descriptor = os.open(path, _HOW)
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise OSError(None, "it is not a regular file")
        pieces: list[bytes] = []
        left = max_bytes + 1
        while left > 0 and (piece := os.read(descriptor, min(left, _PIECE))):
            pieces.append(piece)
            left -= len(piece)
        return b"".join(pieces)
    finally:
        os.close(descriptor)


_HOW = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
_PIECE = 65_536
