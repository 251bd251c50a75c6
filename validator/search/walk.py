"""Walk through a searched folder: what is selected, what is skipped, and why."""

import os
import stat
from collections.abc import Iterator
from contextlib import suppress
from operator import itemgetter
from typing import NamedTuple

from validator.configuration.config import FILE_NAME, PROJECT_FILE_NAME, Config
from validator.files.paths import repository_of
from validator.kinds import KNOWN_NAMES, is_known_name, known_folder
from validator.search.found import Coverage, Found
from validator.search.misnamed import AT_THE_ROOT, IN_KNOWN_FOLDERS, misnamed
from validator.search.repository import Ignores, Repository, is_ignored

_LEADS_OUT = (
    "this link leads out of the folder searched, so it was not followed; name the file to check it"
)
_CONFIGURATIONS = frozenset({FILE_NAME, PROJECT_FILE_NAME})
_OLDER = frozenset({".gitpod.yaml", ".gitpod.yml"})
_NO_NAMES: frozenset[str] = frozenset()
# The folders of the known paths, also those that only contain one.
_PLACES = {place.rpartition("/")[0] for place in KNOWN_NAMES} - {""} | KNOWN_NAMES.keys()
_DEPTH = max(place.count("/") for place in KNOWN_NAMES) + 1


class _Folder(NamedTuple):
    """A folder to look into.

    `shown` and `real` are its path as shown, and with links resolved; `place` is which of the
    folders of the known paths it is, "" for none; `config` is the configuration for its files,
    None if it can't be used. `path` is its path in its repository, `ignores` what is ignored
    there; with `tracked_only` everything untracked is. Paths end with a separator, or are empty.

    `depth` is the number of levels below it to look into, only in folders with known paths; None
    for all levels of all folders.
    """

    shown: str
    real: str
    place: str
    config: Config | None
    repository: Repository | None = None
    path: bytes = b""
    ignores: Ignores | None = None
    tracked_only: bool = False
    depth: int | None = None

    @property
    def known(self) -> frozenset[str]:
        """The names of the files that people write in it, which may be patterns."""
        return KNOWN_NAMES.get(self.place, _NO_NAMES)

    def place_of(self, name: str) -> str:
        """Which of the folders of the known paths a subfolder is; "" for none."""
        inner = f"{self.place}/{name}" if self.place else name
        if inner not in _PLACES:
            inner = name if name in _PLACES else ""
        return inner


class _Hit(NamedTuple):
    real: str
    found: Found


class Walk:
    """Finds the files in a folder and those below it, in the order of the names at each level.

    `.git`, folders that git ignores, and links to folders are skipped; a link at a known path is
    followed as long as it stays inside the searched folder. With `shallow`, only the folder's own
    known paths are tried.
    """

    def __init__(self, root: str, real: str, search: Coverage, *, shallow: bool = False) -> None:
        self._root = root
        self._real = os.path.join(real, "")
        self._search = search
        self._wanted = search.wanted
        self._depth = _DEPTH if shallow else None

    def __iter__(self) -> Iterator[tuple[str, Found]]:
        # Without recursion, since folders may be nested too deep for it.
        waiting: list[_Folder | _Hit] = [self._start()]
        while waiting:
            here = waiting.pop()
            if isinstance(here, _Hit):
                yield here
            else:
                waiting += reversed(self._look_into(here))

    def _start(self) -> _Folder:
        """The searched folder, with the ignore files above it in its repository."""
        # A link may have another name than its target.
        place = known_folder(os.path.abspath(self._root)) or known_folder(self._real)
        shown = "" if self._root == os.curdir else os.path.join(self._root, "")
        config = self._wanted.config_in(shown)
        start = _Folder(shown, self._real, place, config, depth=self._depth)
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
        """The folders and files to continue with, in the order of their names."""
        found: list[tuple[str, _Folder | _Hit | None]] = []
        try:
            with os.scandir(folder.shown or os.curdir) as entries:
                listed = list(entries)
            names = {entry.name for entry in listed}
            folder = self._with_what_is_in_force(folder, names)
            meant = self._similar_names(folder, names)
            takes_others = folder.config is not None and bool(folder.config.files)
            here = folder.known
            for entry in listed:
                name = entry.name
                # Most folders are none of the known ones.
                known = bool(here) and is_known_name(name, here)
                if not known and entry.is_dir(follow_symlinks=False):
                    found.append((name, self._folder(folder, name)))
                elif takes_others or known or folder.place_of(name) or name in meant:
                    found.append((name, self._file(folder, entry, meant)))
        except OSError as error:
            return [self._unreadable(folder.shown[:-1] or os.curdir, folder.real, error)]
        found.sort(key=itemgetter(0))
        return [each for _, each in found if each is not None]

    def _with_what_is_in_force(self, folder: _Folder, names: set[str]) -> _Folder:
        """A folder with the effect of its content: a repository, ignore files, configurations."""
        if ".git" in names and not self._is_root(folder) and not folder.tracked_only:
            folder = self._in_new_repository(folder)
        if ".gitignore" in names and folder.repository is not None:
            folder = self._with_own_ignores(folder)
        if not names.isdisjoint(_CONFIGURATIONS):
            folder = folder._replace(config=self._wanted.config_in(folder.shown))
        return folder

    def _is_root(self, folder: _Folder) -> bool:
        return folder.real == self._real

    def _similar_names(self, folder: _Folder, names: set[str]) -> set[str]:
        """The names in a folder that may be meant as those of automations files."""
        at_the_root = self._is_root(folder) or ".git" in names
        if not folder.known and not at_the_root:
            return set()
        # In a folder of workflow files, any name is right.
        named = folder.known and not any("*" in name for name in folder.known)
        similar = (IN_KNOWN_FOLDERS if named else _NO_NAMES) | (
            AT_THE_ROOT if at_the_root else _NO_NAMES
        )
        if at_the_root:
            self._search.older += sorted(folder.shown + name for name in names & _OLDER)
        return {name for name in names - folder.known if name.lower() in similar}

    def _folder(self, folder: _Folder, name: str) -> _Folder | None:
        """A subfolder; None if it is not searched."""
        place = folder.place_of(name)
        if name == ".git" or folder.depth == 0 or (folder.depth and not place):
            return None
        if self._is_excluded(folder, name, is_folder=True):
            return None
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
            place,
            folder.config,
            folder.repository,
            path,
            folder.ignores,
            tracked_only,
            None if folder.depth is None else folder.depth - 1,
        )

    def _file(
        self, folder: _Folder, entry: "os.DirEntry[str]", meant: set[str]
    ) -> _Folder | _Hit | None:
        """A file or a link in a folder; None if it is not selected."""
        name = entry.name
        shown, here = folder.shown + name, folder.real + name
        place, known = folder.place_of(name), is_known_name(name, folder.known)
        to_folder = bool(place) and entry.is_symlink()
        taken = to_folder or known or self._wanted.takes(shown)
        if not taken and name not in meant:
            return None
        if folder.repository is not None:
            path = folder.path + os.fsencode(name)
            ignored = folder.tracked_only or is_ignored(path, folder.ignores, folder=False)
            if ignored and path not in folder.repository.tracked:
                if known:
                    self._search.ignored.append(shown)
                return None
        if self._is_excluded(folder, name, is_folder=to_folder):
            return None
        if not taken:
            return self._misnamed(folder, name)
        real = here
        if entry.is_symlink():
            real = os.path.realpath(here)
            if not os.path.join(real, "").startswith(self._real):
                return _Hit(here, Found.unreadable(shown, _LEADS_OUT))
        if not to_folder:
            return _Hit(real, Found(shown, config=folder.config))
        try:
            is_folder = stat.S_ISDIR(os.stat(here).st_mode)
        except OSError as error:
            return self._unreadable(shown, here, error)
        if not is_folder:
            return None
        real = os.path.join(real, "")
        depth = _DEPTH - place.count("/") - 1
        return _Folder(shown + os.sep, real, place, folder.config, depth=depth)

    def _is_excluded(self, folder: _Folder, name: str, *, is_folder: bool) -> bool:
        """Whether a file or folder is excluded, which is recorded."""
        shown = folder.shown + name
        excluded = self._wanted.leaves_out(shown, folder.config, folder=is_folder)
        if excluded:
            self._search.excluded.append(shown)
        return excluded

    def _misnamed(self, folder: _Folder, name: str) -> _Hit | None:
        """A file with an unknown name, if it is an automations file."""
        shown, here = folder.shown + name, folder.real + name
        config = self._wanted.config_for(shown)
        if os.path.islink(here) or not config.uses("misnamed-file"):
            return None
        in_known_folder = bool(folder.known) and name.lower() in IN_KNOWN_FOLDERS
        problem = misnamed(here, config.limits.max_bytes, in_known_folder=in_known_folder)
        return None if problem is None else _Hit(here, Found(shown, (problem,), skipped=True))

    def _unreadable(self, shown: str, real: str, error: OSError) -> _Hit:
        message = f"the folder can't be read: {error.strerror or error}"
        return _Hit(real, Found.unreadable(shown, message))

    def _leave_out(self, folder: _Folder, name: str) -> None:
        """Record the files at known paths in a folder that git ignores."""
        place = folder.place_of(name)
        if not place:
            return
        path = os.path.join(folder.shown, name)
        with suppress(OSError):
            for each in sorted(os.listdir(path)):
                shown = os.path.join(path, each)
                if is_known_name(each, KNOWN_NAMES.get(place, ())) and os.path.isfile(shown):
                    self._search.ignored.append(shown)


def above(search: Coverage) -> Iterator[tuple[str, Found]]:
    """The files at the known paths of the nearest folder above the current one that has any.

    Only folders of the same repository are tried.
    """
    try:
        here, root = os.path.realpath(os.curdir), repository_of(os.curdir)
    except OSError:
        return
    shown = os.curdir
    while root is not None and here != root:
        here, shown = os.path.dirname(here), os.path.join(shown, os.pardir)
        found = list(Walk(os.path.normpath(shown), here, search, shallow=True))
        if found:
            search.above = os.path.abspath(shown)
            yield from found
            return
