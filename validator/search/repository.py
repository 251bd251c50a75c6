"""Git repositories in a search: what they ignore, and what they track.

Git itself is never run: it uses the configuration in a repository, which can name programs. Only
these files are read, as data: `.gitignore`, `.git` if it is a file, in the folder with git's own
files `commondir`, `info/exclude` and `index`; and the path of the ignore file for all repositories
in the user's own configuration.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from functools import cached_property
from typing import NamedTuple

from validator.configuration.config import FILE_NAME
from validator.files.gitignore import Patterns
from validator.files.reading import read_bytes
from validator.kinds import KNOWN_PATHS, WORKFLOW_PATHS
from validator.search.found import Wanted
from validator.search.git_user import user_ignore_file

MAX_WEIGHT = 20_000
"""Maximum number of bytes in patterns with wildcards that apply in one folder."""

# The folders of workflow files, whose path may be split up in an index, and how their names end.
_FOLDERS = tuple({path.split("/")[-2].encode() + b"/" for path in WORKFLOW_PATHS})
_PATTERNS = tuple({path.rpartition("*")[2].encode() for path in WORKFLOW_PATHS})

_MAX_IGNORE_FILE = 1_000_000
_MAX_INDEX = 100_000_000
_MAX_POINTER = 8192


class Ignores(NamedTuple):
    """The ignore files that apply in a folder: one of them, and those `above`, which it overrides.

    `below` is the length of its folder's path in the repository, with a `/` at the end. `weight` is
    that of all their patterns.
    """

    patterns: Patterns
    below: int
    weight: int
    above: Ignores | None


def is_ignored(path: bytes, ignores: Ignores | None, *, folder: bool) -> bool:
    """Whether ignore files ignore a path; the folders above it are not considered."""
    while ignores is not None:
        decision = ignores.patterns.decide(path[ignores.below :], folder=folder)
        if decision is not None:
            return decision
        ignores = ignores.above
    return False


class Repository:
    """The working tree of a repository.

    `wanted` says which tracked files are of interest. `warn` is called with the path of a file that
    can't be used, and why.
    """

    def __init__(self, root: str, wanted: Wanted, warn: Callable[[str, str], None]) -> None:
        self.root = root
        self._wanted = wanted
        self._warn = warn
        self._folder = _git_folder(root)

    def ignores(self) -> Ignores | None:
        """What is ignored in the whole repository, by its `info/exclude` and by its user."""
        found = self._add(user_ignore_file(), 0, None)
        if self._folder is not None:
            exclude = os.path.join(_common_folder(self._folder), "info", "exclude")
            found = self._add(exclude, 0, found)
        return found

    def ignores_below(self, folder: str, path: bytes, above: Ignores | None) -> Ignores | None:
        """What is ignored in a folder with a `.gitignore`; `path` is its own, with a `/`."""
        name = os.path.join(folder, ".gitignore")
        if os.path.islink(name):
            # Git does not follow it either.
            self._warn(name, "is a link, which git does not follow")
            return above
        return self._add(name, len(path), above)

    def _add(self, path: str, below: int, above: Ignores | None) -> Ignores | None:
        data = self._read(path, _MAX_IGNORE_FILE)
        patterns = Patterns(data) if data else None
        if not patterns:
            return above
        weight = patterns.weight + (above.weight if above is not None else 0)
        if weight > MAX_WEIGHT:
            self._warn(path, f"has too many wildcards (more than {MAX_WEIGHT:,} bytes of patterns)")
            return above
        return Ignores(patterns, below, weight, above)

    @cached_property
    def tracked(self) -> frozenset[bytes]:
        """The paths of the tracked files of interest: git does not ignore these."""
        # Needed only if something is ignored.
        from validator.search import git_index

        data = None
        if self._folder is not None:
            data = self._read(os.path.join(self._folder, "index"), _MAX_INDEX)
        known = tuple(map(os.fsencode, KNOWN_PATHS))
        if any(name in (data or b"") for name in _FOLDERS):
            known += _PATTERNS
        endings = (b"",) if self._takes_others(data or b"") else known
        return frozenset(
            path
            for path in git_index.tracked(data or b"", endings)
            if self._wanted.takes(os.path.join(self.root, os.fsdecode(path)))
        )

    def _takes_others(self, index: bytes) -> bool:
        """Whether tracked files outside of the known paths may be of interest."""
        folders = [self.root]
        if self._wanted.varies:
            from validator.search import git_index

            folders += [
                os.path.join(self.root, os.fsdecode(os.path.dirname(path)))
                for path in git_index.tracked(index, (FILE_NAME.encode(),))
            ]
        return any(map(self._wanted.takes_others_in, folders))

    @cached_property
    def tracked_folders(self) -> frozenset[bytes]:
        """The paths of the folders that contain tracked files of interest, at any level."""
        return frozenset(
            path[:at] for path in self.tracked for at, byte in enumerate(path) if byte == ord("/")
        )

    def _read(self, path: str, limit: int) -> bytes | None:
        """The content of a file that need not exist."""
        try:
            # Opening a device may have side effects.
            if not stat.S_ISREG(os.stat(path).st_mode):
                raise OSError(None, "it is not a regular file")
            data = read_bytes(path, limit)
        except (FileNotFoundError, NotADirectoryError):
            return None
        except (OSError, ValueError) as error:
            self._warn(path, f"can't be read: {getattr(error, 'strerror', None) or error}")
            return None
        if len(data) > limit:
            self._warn(path, f"is larger than {limit:,} bytes")
            return None
        return data


def _git_folder(root: str) -> str | None:
    """The folder with git's own files for a working tree; None if there is none."""
    path = os.path.join(root, ".git")
    if os.path.isdir(path):
        return path
    # In a linked working tree, and in a submodule, `.git` is a file with the path.
    pointer = _pointer(path)
    return _inside(root, pointer.removeprefix("gitdir: ")) if pointer[:8] == "gitdir: " else None


def _common_folder(folder: str) -> str:
    """The folder with the files that all working trees of a repository share."""
    pointer = _pointer(os.path.join(folder, "commondir"))
    return (_inside(folder, pointer) if pointer else None) or folder


def _pointer(path: str) -> str:
    """The path that a file of git contains; "" if there is no such file."""
    try:
        data = read_bytes(path, _MAX_POINTER) if os.path.isfile(path) else b""
    except OSError:
        return ""
    text = os.fsdecode(data[:_MAX_POINTER]).rstrip("\r\n")
    return "" if "\0" in text else text


def _inside(folder: str, path: str) -> str | None:
    """A path relative to a folder, unless it is on another machine.

    On Windows a path can name a server; opening it sends the user's login there.
    """
    joined = os.path.join(folder, path)
    drive = os.path.splitdrive(joined)[0]
    remote = drive.startswith(("\\\\", "//")) and drive != os.path.splitdrive(folder)[0]
    return None if remote else joined
