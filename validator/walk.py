"""The walk through a folder that is searched: what is taken, what is left out, and why."""

import os
import stat
from collections.abc import Iterator
from operator import itemgetter
from typing import NamedTuple

from validator.kinds import KNOWN_NAMES
from validator.paths import repository_of
from validator.repository import Ignores, Repository, is_ignored
from validator.search import Found, Search

_LEADS_OUT = (
    "this link leads out of the folder searched, so it was not followed; name the file to check it"
)


class _Folder(NamedTuple):
    """A folder to look into.

    `shown` and `real` are its paths as it is shown, and with links followed; `known` are the names
    that automations files have in it. `path` is that in its repository, `ignores` what is ignored
    there; with `tracked_only` all is that is not tracked. Of a `leaf` only the files matter. Paths
    end with a separator, or are empty.
    """

    shown: str
    real: str
    known: frozenset[str]
    repository: Repository | None = None
    path: bytes = b""
    ignores: Ignores | None = None
    tracked_only: bool = False
    leaf: bool = False


class _Hit(NamedTuple):
    real: str
    found: Found


class _Listed(NamedTuple):
    """What may matter in a folder."""

    folders: list[str]
    files: list["os.DirEntry[str]"]
    is_repository: bool
    has_ignores: bool


class Walk:
    """Finds the files in a folder and those below it, in the order of the names at each level.

    `.git`, folders that git ignores, and links to folders are left out; a link at a known place is
    followed as long as it stays inside the folder that is searched.
    """

    def __init__(self, root: str, real: str, search: Search) -> None:
        self._root = root
        self._real = os.path.join(real, "")
        self._search = search
        self._wanted = search.wanted

    def __iter__(self) -> Iterator[tuple[str, Found]]:
        # Not by recursion, for which folders may be nested too deep.
        waiting: list[_Folder | _Hit] = [self._start()]
        while waiting:
            here = waiting.pop()
            if isinstance(here, _Hit):
                yield here
            else:
                waiting += reversed(self._look_into(here))

    def _start(self) -> _Folder:
        """The folder searched, with the ignore files above it in its repository."""
        # A link may have another name than the folder that it leads to.
        names = {os.path.basename(os.path.abspath(self._root)), os.path.basename(self._real[:-1])}
        known = frozenset(each for name in names for each in KNOWN_NAMES.get(name, ()))
        shown = "" if self._root == os.curdir else os.path.join(self._root, "")
        start = _Folder(shown, self._real, known)
        root = repository_of(self._real)
        if root is None:
            return start
        here = self._in_new_repository(start._replace(real=os.path.join(root, "")))
        for name in self._real[len(here.real) :].split(os.sep)[:-1]:
            here = self._with_own_ignores(here)
            path = here.path + os.fsencode(name) + b"/"
            here = here._replace(real=os.path.join(here.real, name, ""), path=path)
        return here

    def _in_new_repository(self, folder: _Folder) -> _Folder:
        repository = Repository(folder.real, self._wanted, self._warn)
        return folder._replace(repository=repository, path=b"", ignores=repository.ignores())

    def _with_own_ignores(self, folder: _Folder) -> _Folder:
        assert folder.repository is not None
        ignores = folder.repository.ignores_below(folder.real, folder.path, folder.ignores)
        return folder._replace(ignores=ignores)

    def _warn(self, path: str, message: str) -> None:
        self._search.warnings.append((path, message))

    def _look_into(self, folder: _Folder) -> list[_Folder | _Hit]:
        """The folders and files to go on with, in the order of their names."""
        try:
            listed = self._listed(folder)
        except OSError as error:
            return [self._unreadable(folder.shown[:-1] or os.curdir, folder.real, error)]
        if listed.is_repository and folder.real != self._real and not folder.tracked_only:
            folder = self._in_new_repository(folder)
        if listed.has_ignores and folder.repository is not None:
            folder = self._with_own_ignores(folder)
        found: list[tuple[str, _Folder | _Hit | None]] = [
            (name, self._folder(folder, name)) for name in listed.folders
        ]
        found += [(entry.name, self._file(folder, entry)) for entry in listed.files]
        return [each for _, each in sorted(found, key=itemgetter(0)) if each is not None]

    def _listed(self, folder: _Folder) -> _Listed:
        """What is in a folder. Raises OSError where it can't be read."""
        takes_others = self._wanted.takes_others_in(folder.shown)
        folders: list[str] = []
        files: list[os.DirEntry[str]] = []
        is_repository = has_ignores = False
        with os.scandir(folder.shown or os.curdir) as entries:
            for entry in entries:
                name = entry.name
                if name == ".git":
                    is_repository = True
                elif name == ".gitignore":
                    has_ignores = True
                elif name in folder.known:
                    files.append(entry)
                elif entry.is_dir(follow_symlinks=False):
                    folders.append(name)
                elif takes_others or name in KNOWN_NAMES:
                    files.append(entry)
        return _Listed([] if folder.leaf else folders, files, is_repository, has_ignores)

    def _folder(self, folder: _Folder, name: str) -> _Folder | None:
        """A folder in another one, if it is to be looked into."""
        path, tracked_only = folder.path, folder.tracked_only
        if folder.repository is not None:
            path += os.fsencode(name)
            if tracked_only or is_ignored(path, folder.ignores, folder=True):
                tracked_only = path in folder.repository.tracked_folders
                if not tracked_only:
                    self._leave_out(folder, name)
                    return None
            path += b"/"
        return _Folder(
            folder.shown + name + os.sep,
            folder.real + name + os.sep,
            KNOWN_NAMES.get(name, _NO_NAMES),
            folder.repository,
            path,
            folder.ignores,
            tracked_only,
        )

    def _file(self, folder: _Folder, entry: "os.DirEntry[str]") -> _Folder | _Hit | None:
        """A file or a link in a folder; None if it is not to be taken."""
        name = entry.name
        shown, here = folder.shown + name, folder.real + name
        to_folder = name in KNOWN_NAMES and entry.is_symlink()
        if not (to_folder or name in folder.known or self._wanted.takes(shown)):
            return None
        if folder.repository is not None:
            path = folder.path + os.fsencode(name)
            ignored = folder.tracked_only or is_ignored(path, folder.ignores, folder=False)
            if ignored and path not in folder.repository.tracked:
                if not to_folder:
                    self._search.ignored.append(shown)
                return None
        real = here
        if entry.is_symlink():
            real = os.path.realpath(here)
            if not os.path.join(real, "").startswith(self._real):
                return _Hit(here, Found.unreadable(shown, _LEADS_OUT))
        if not to_folder:
            return _Hit(real, Found(shown))
        try:
            is_folder = stat.S_ISDIR(os.stat(here).st_mode)
        except OSError as error:
            return self._unreadable(shown, here, error)
        linked = _Folder(shown + os.sep, os.path.join(real, ""), KNOWN_NAMES[name], leaf=True)
        return linked if is_folder else None

    def _unreadable(self, shown: str, real: str, error: OSError) -> _Hit:
        message = f"the folder can't be read: {error.strerror or error}"
        return _Hit(real, Found.unreadable(shown, message))

    def _leave_out(self, folder: _Folder, name: str) -> None:
        """Remember the automations files in a folder that git ignores."""
        for known in sorted(KNOWN_NAMES.get(name, ())):
            shown = os.path.join(folder.shown, name, known)
            if os.path.isfile(shown):
                self._search.ignored.append(shown)


_NO_NAMES: frozenset[str] = frozenset()
