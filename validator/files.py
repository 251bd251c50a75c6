"""Files: which ones to check, and reading them."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from validator.config import Config
from validator.engine import Report, check_text, unreadable
from validator.kinds import KNOWN_PATHS, is_known_path

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
    return check_text(data, path=name, kind=kind, config=config)


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
    same. What a lost worker leaves undone is checked here. Raises TypeError for one text in place
    of the paths.
    """
    files = find_files(paths, config)
    if executor is not None:
        # Slow to import, and needed only for an executor.
        from validator.parallel import check_on, cores

        workers = workers or cores()
        yield from check_on(executor, files, workers=workers, kind=kind, config=config or Config())
        return
    for path in files:
        yield check_file(path, kind=kind, config=config)


def find_files(
    paths: Iterable[str | os.PathLike[str]], config: Config | None = None
) -> Iterator[str]:
    """The files that paths name: a file itself, of a folder all automations files in it.

    In a git repository the files that it ignores are left out. The configuration may name
    further files than those in the known places. Raises TypeError for one text in place of the
    paths.
    """
    if isinstance(paths, (str, bytes)):
        # Its characters would be taken for paths.
        raise TypeError(f"paths are several; write [{paths!r}]")
    wanted = _Wanted(config)
    seen: set[str] = set()
    for path in paths:
        name = os.fspath(path)
        real = os.path.realpath(name)
        found: Iterable[tuple[str, str]] = [(name, real)]
        if os.path.isdir(name):
            inside = _in_folder(name, wanted)
            found = ((_join(name, inner), _followed(os.path.join(real, inner))) for inner in inside)
        for shown, key in found:
            if key not in seen:
                seen.add(key)
                yield shown


def _followed(path: str) -> str:
    """Where a path leads that a search found: it follows no links to folders, but may be a link."""
    return os.path.realpath(path) if os.path.islink(path) else path


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


def is_automations_file(path: str, config: Config | None = None) -> bool:
    """Whether a search would take a file: by its place, or by the configuration's patterns."""
    return _Wanted(config).takes(path)


class _Wanted:
    """Which files a search takes: those in the known places, and those of the configuration."""

    def __init__(self, config: Config | None) -> None:
        self.patterns = config.files if config is not None else ()
        self.folder = config.folder if config is not None else "."

    def takes(self, path: str) -> bool:
        if is_known_path(path):
            return True
        if not self.patterns:
            return False
        from validator.paths import relative

        name = relative(path, self.folder)
        return any(fnmatchcase(name, pattern) for pattern in self.patterns)


def _in_folder(folder: str, wanted: _Wanted) -> Iterator[str]:
    """The files in a folder, by their paths below it."""
    listed = _ask_git(folder, wanted) if _is_in_repository(folder) else None
    if listed is not None:
        yield from listed
    else:
        yield from _walk(folder, "", wanted)


def _walk(folder: str, below: str, wanted: _Wanted) -> Iterator[str]:
    """The files in a folder that is in no repository, by name; repositories in it are asked."""
    here = os.path.join(folder, below)
    try:
        entries = sorted(os.scandir(here), key=lambda entry: entry.name)
    except OSError:
        return
    if below and any(entry.name == ".git" for entry in entries):
        listed = _ask_git(here, wanted)
        if listed is not None:
            yield from (os.path.join(below, name) for name in listed)
            return
    for entry in entries:
        path = os.path.join(below, entry.name)
        if entry.is_dir(follow_symlinks=False):
            if entry.name != ".git":
                yield from _walk(folder, path, wanted)
        elif wanted.takes(_join(folder, path)) and entry.is_file():
            yield path


def _join(folder: str, name: str) -> str:
    return name if folder == "." else os.path.join(folder, name)


def _is_in_repository(folder: str) -> bool:
    here = os.path.realpath(folder)
    while True:
        if os.path.exists(os.path.join(here, ".git")):
            return True
        above = os.path.dirname(here)
        if above == here:
            return False
        here = above


def _ask_git(folder: str, wanted: _Wanted) -> list[str] | None:
    """The files below a folder that are wanted and that git does not ignore; None without git."""
    patterns = [] if wanted.patterns else [f":(glob)**/{known}" for known in KNOWN_PATHS]
    options = ["--cached", "--others", "--exclude-standard", "-z", "--", *patterns]
    # Slow to import, and needed only to search a folder.
    import subprocess

    try:
        done = subprocess.run(
            ["git", "-C", folder, "ls-files", *options],
            # A language server's standard input is not for others to read.
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=True,
        )
    except (OSError, subprocess.CalledProcessError):
        return None
    names = {os.fsdecode(name) for name in done.stdout.split(b"\0") if name}
    return sorted(
        name
        for name in names
        if wanted.takes(_join(folder, name)) and os.path.isfile(os.path.join(folder, name))
    )
