"""What a search looks for, and what it has found."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence

from validator import arguments
from validator.configuration.config import Config
from validator.finding import Problem, Span
from validator.kinds import is_known_path
from validator.tuples import NamedTuple

ConfigOf = Callable[[str], Config | None]
"""From a folder to the configuration for the files in it; None if that can't be used."""


class Found(NamedTuple):
    """A file to check, or why a file or folder is not checked.

    `problems` are those that the search itself has found. With `skipped` there is nothing else: the
    file must not be read. `config` is its configuration, if the search has loaded it.
    """

    path: str
    problems: tuple[Problem, ...] = ()
    skipped: bool = False
    config: Config | None = None

    @classmethod
    def unreadable(cls, path: str, message: str) -> Found:
        """A file or folder that can't be read, or must not be."""
        return cls(path, (Problem("unreadable-file", message, Span(0, 0)),), skipped=True)


class Wanted:
    """The files that a search selects: those at known paths, and those of the configuration.

    `varies` says that the configuration differs from folder to folder. `exclude` are patterns of
    files to leave out in addition to those of the configuration, relative to the current folder.
    """

    def __init__(self, config: Config | ConfigOf | None, exclude: Sequence[str] = ()) -> None:
        if not callable(config):
            arguments.instance(config, Config, "config")
        self.varies = callable(config)
        self._config_of = config if callable(config) else lambda _: config
        self._excluding = Config(exclude=exclude)

    def takes(self, path: str) -> bool:
        """Whether the file at a path is selected."""
        if is_known_path(path):
            return True
        config = self._config_of(os.path.dirname(path))
        return config is not None and config.names(path)

    def leaves_out(self, path: str, config: Config | None, *, folder: bool = False) -> bool:
        """Whether a file or folder is excluded; `config` is that of the folder it is in."""
        excluded = config is not None and config.excludes(path, folder=folder)
        return excluded or self._excluding.excludes(path, folder=folder)

    def config_for(self, path: str) -> Config:
        """The configuration for a file, with its overrides for this file."""
        return (self._config_of(os.path.dirname(path)) or Config()).for_path(path)

    def config_in(self, folder: str) -> Config | None:
        """The configuration for the files in a folder; None if it can't be used."""
        return self._config_of(folder)

    def takes_others_in(self, folder: str) -> bool:
        """Whether files in a folder outside of the known paths may be selected."""
        config = self._config_of(folder)
        return config is not None and bool(config.files)


def is_automations_file(path: str, config: Config) -> bool:
    """Whether a search would select a file: by its path, or by the configuration's patterns."""
    return (is_known_path(path) or config.names(path)) and not config.excludes(path)


class Coverage:
    """What a search selects, and what it has found apart from the files to check.

    `missing` are the paths that do not exist, `ignored` the files at known paths that git ignores,
    `excluded` the files and folders that the configuration or an option excludes, and `older` the
    `.gitpod.yml` of repositories; `warnings` are the ignore files that can't be used, each with the
    reason. `above` is the folder above the current one in which files were found, "" if that was
    not searched or has none.
    """

    def __init__(self, wanted: Wanted) -> None:
        self.wanted = wanted
        self.missing: list[str] = []
        self.ignored: list[str] = []
        self.excluded: list[str] = []
        self.older: list[str] = []
        self.warnings: list[tuple[str, str]] = []
        self.above = ""
