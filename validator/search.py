"""Which files to check: those that are named, and those in the known places of named folders."""

import os
import stat
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from validator.config import Config
from validator.contract.kinds import is_known_path
from validator.finding import Problem, Span

ConfigOf = Callable[[str], Config | None]
"""From a folder to the configuration for the files in it; None if that can't be used."""


class Found(NamedTuple):
    """A file to check, or what keeps a file or folder from being checked.

    `problems` are what the search itself has to say about it. With `skipped` there is nothing else:
    it is not to be read. `config` is its configuration, if the search has come upon it.
    """

    path: str
    problems: tuple[Problem, ...] = ()
    skipped: bool = False
    config: Config | None = None

    @classmethod
    def unreadable(cls, path: str, message: str) -> "Found":
        """A file or folder that can't be read, or must not be."""
        return cls(path, (Problem("unreadable-file", message, Span(0, 0)),), skipped=True)


class Search:
    """Finds the files that paths name: a file itself, of a folder all automations files in it.

    What git ignores is left out. The configuration may name further files than those in the known
    places; it may be a function from a folder to the configuration for the files in it. With
    `upward`, if there is no file at all, the known paths of the folders above the current one are
    tried, the nearest first, up to the root of its repository.

    Go through it once. Then `checked` is the number of files to check, `unreadable` that of files
    and folders that the search could not read; `missing` are the paths that do not exist, `ignored`
    the files at known paths that git ignores, and `older` the `.gitpod.yml` of repositories;
    `warnings` are the ignore files that can't be used, each with the reason.
    """

    def __init__(
        self,
        paths: Iterable[str | os.PathLike[str]],
        config: Config | ConfigOf | None = None,
        *,
        upward: bool = False,
    ) -> None:
        if isinstance(paths, (str, bytes)):
            # Its characters would be taken for paths.
            raise TypeError(f"paths are several; write [{paths!r}]")
        self._paths = paths
        self._upward = upward
        self.wanted = Wanted(config)
        self.checked = 0
        self.unreadable = 0
        self.missing: list[str] = []
        self.ignored: list[str] = []
        self.older: list[str] = []
        self.warnings: list[tuple[str, str]] = []
        self._real_folders: dict[str, str] = {}

    def __iter__(self) -> Iterator[Found]:
        seen: set[str] = set()
        for real, found in self._all():
            if real not in seen:
                seen.add(real)
                self.checked += not found.skipped
                self.unreadable += any(each.rule == "unreadable-file" for each in found.problems)
                yield found

    def _all(self) -> Iterator[tuple[str, Found]]:
        """What the paths name, each with where it really is."""
        for path in self._paths:
            yield from self._named(os.fspath(path))
        if self._upward and not self.checked:
            from validator.walk import above

            yield from above(self)

    def _named(self, path: str) -> Iterator[tuple[str, Found]]:
        if "\0" in path:
            yield path, Found(path)
            return
        mode, missing = 0, False
        try:
            mode = os.lstat(path).st_mode
        except PermissionError:
            pass  # it may well be there
        except OSError:
            missing = True
        try:
            real = self._real_path(path, mode)
        except OSError:
            yield path, Found.unreadable(path, "can't be found: the current folder was deleted")
            return
        if not stat.S_ISREG(mode) and os.path.isdir(path):
            # Needed only where a folder is searched.
            from validator.walk import Walk

            yield from Walk(path, real, self)
            return
        if missing:
            self.missing.append(path)
        yield real, Found(path)

    def _real_path(self, path: str, mode: int) -> str:
        """Where a path really is; raises OSError where the current folder was deleted.

        Many files are named of few folders, and to look up where these are takes longest.
        """
        folder, name = os.path.split(path)
        if not stat.S_ISREG(mode) or not name:
            return os.path.realpath(path)
        if folder not in self._real_folders:
            self._real_folders[folder] = os.path.realpath(folder)
        return os.path.join(self._real_folders[folder], name)


class Wanted:
    """Which files a search takes: those in the known places, and those of the configuration.

    `varies` says that the configuration differs from folder to folder.
    """

    def __init__(self, config: Config | ConfigOf | None) -> None:
        self.varies = callable(config)
        self._config_of = config if callable(config) else lambda _: config

    def takes(self, path: str) -> bool:
        """Whether the file at a path is one of them."""
        if is_known_path(path):
            return True
        config = self._config_of(os.path.dirname(path))
        return config is not None and config.names(path)

    def config_for(self, path: str) -> Config:
        """The configuration for a file, with what it says about this file in particular."""
        return (self._config_of(os.path.dirname(path)) or Config()).for_path(path)

    def config_in(self, folder: str) -> Config | None:
        """The configuration for the files in a folder; None if it can't be used."""
        return self._config_of(folder)

    def takes_others_in(self, folder: str) -> bool:
        """Whether files in a folder may be taken that are not in the known places."""
        config = self._config_of(folder)
        return config is not None and bool(config.files)


def is_automations_file(path: str, config: Config) -> bool:
    """Whether a search would take a file: by its place, or by the configuration's patterns."""
    return is_known_path(path) or config.names(path)
