"""Files: which ones to check, and reading them."""

from __future__ import annotations

import os
import stat
import subprocess
from collections.abc import Iterable, Iterator

from validator.engine import Config, Report, check_text, unreadable

KNOWN_PATHS = (
    ".ona/automations.yaml",
    ".ona/automations.yml",
    ".gitpod/automations.yaml",
    ".gitpod/automations.yml",
)
"""Where a repository keeps its automations file."""


def check_file(
    path: str | os.PathLike[str], *, kind: str | None = None, config: Config | None = None
) -> Report:
    """Check one file.

    A file that can't be read gives a report with the finding `unreadable-file`. Raises
    ValueError only for a kind that there is not.
    """
    name = os.fspath(path)
    config = config or Config()
    try:
        data = _read(name, config.limits.max_bytes)
    except OSError as error:
        return unreadable(name, f"can't be read: {error.strerror or error}", kind=kind)
    except ValueError:
        return unreadable(name, "can't be read: its name holds a null character", kind=kind)
    return check_text(data, path=name, kind=kind, config=config)


def check_paths(
    paths: Iterable[str | os.PathLike[str]],
    *,
    kind: str | None = None,
    config: Config | None = None,
) -> Iterator[Report]:
    """Check files, and the automations files in folders; yields a report as each is checked.

    The order is that of the paths, inside a folder that of the names. A file is checked once.
    """
    for path in find_files(paths):
        yield check_file(path, kind=kind, config=config)


def find_files(paths: Iterable[str | os.PathLike[str]]) -> Iterator[str]:
    """The files that paths name: a file itself, of a folder all automations files in it.

    In a git repository the files that it ignores are left out.
    """
    seen: set[str] = set()
    for path in paths:
        name = os.fspath(path)
        for found in _in_folder(name) if os.path.isdir(name) else [name]:
            key = os.path.realpath(found)
            if key not in seen:
                seen.add(key)
                yield found


def _read(path: str, max_bytes: int) -> bytes:
    """The bytes of a regular file; of one that is too large, one byte more than allowed."""
    if os.path.isdir(path):
        raise IsADirectoryError(None, "it is a folder")
    # Without blocking: to open a named pipe waits for its writer.
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
    with open(descriptor, "rb") as stream:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise OSError(None, "it is not a regular file")
        return stream.read(max_bytes + 1)


def _in_folder(folder: str) -> Iterator[str]:
    if _is_in_repository(folder):
        listed = _ask_git(folder)
        if listed is not None:
            yield from (os.path.join(folder, name) if folder != "." else name for name in listed)
            return
    for known in KNOWN_PATHS:
        path = os.path.join(folder, known) if folder != "." else known
        if os.path.isfile(path):
            yield path
    try:
        inner = sorted(
            entry.name
            for entry in os.scandir(folder)
            if entry.is_dir(follow_symlinks=False) and entry.name != ".git"
        )
    except OSError:
        return
    for name in inner:
        yield from _in_folder(os.path.join(folder, name) if folder != "." else name)


def _is_in_repository(folder: str) -> bool:
    here = os.path.realpath(folder)
    while True:
        if os.path.exists(os.path.join(here, ".git")):
            return True
        above = os.path.dirname(here)
        if above == here:
            return False
        here = above


def _ask_git(folder: str) -> list[str] | None:
    """The automations files below a folder that git does not ignore; None without git."""
    patterns = [f":(glob)**/{known}" for known in KNOWN_PATHS]
    options = ["--cached", "--others", "--exclude-standard", "-z", "--", *patterns]
    try:
        done = subprocess.run(
            ["git", "-C", folder, "ls-files", *options], capture_output=True, check=True
        )
    except (OSError, subprocess.CalledProcessError):
        return None
    names = {os.fsdecode(name) for name in done.stdout.split(b"\0") if name}
    return sorted(name for name in names if os.path.isfile(os.path.join(folder, name)))
