"""The effective configuration of a file, and whether the server handles the file."""

from __future__ import annotations

import os
from collections.abc import Callable

from validator.configuration.config import Config
from validator.configuration.configurations import Configurations
from validator.search.found import is_automations_file

_UNTRUSTED = (
    "a configuration names plug-ins, which run only in trusted folders: trust the workspace, or "
    "set the initialization option `trusted` to true"
)


class CurrentConfigurations:
    """Up-to-date configurations: read again each time, which takes a millisecond.

    If one can't be used, the last usable one applies; `warn` is called with the reason, once.
    `trusted` says whether the user trusts the opened folders: only then are plug-ins run. If a
    configuration has some otherwise, `warn` is called, once.
    """

    def __init__(self, warn: Callable[[str], None]) -> None:
        self._warn = warn
        self.trusted = False
        self._told_of_plugins = False
        self._good: dict[str, Config] = {}
        self._problems: dict[str, str] = {}

    def of(self, path: str | None) -> Config | None:
        """The configuration of a file; None if it is no automations file."""
        if path is None:
            return None
        config = self.of_folder(os.path.dirname(path))
        return config if is_automations_file(path, config) else None

    def of_folder(self, folder: str) -> Config:
        """The effective configuration of a folder."""
        found = Configurations(adapt=self._adapted)
        config = found.of_folder(folder)
        if config is None:
            error = found.errors[0]
            more = f" ({len(error.more)} more in this file)" if error.more else ""
            problem = f"{error}{more}"
            if self._problems.get(folder) != problem:
                self._problems[folder] = problem
                self._warn(problem)
            return self._good.get(folder, Config())
        self._problems.pop(folder, None)
        self._good[folder] = config
        if config.plugins and not self.trusted and not self._told_of_plugins:
            self._told_of_plugins = True
            self._warn(_UNTRUSTED)
        return config

    def _adapted(self, config: Config) -> Config:
        return config.replace(run_plugins=self.trusted) if config.plugins else config
