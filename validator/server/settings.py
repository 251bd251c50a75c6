"""The configuration that is in force for a file, and whether the server is there for it."""

from __future__ import annotations

import os
from collections.abc import Callable

from validator.configuration.config import Config
from validator.configuration.configurations import Configurations
from validator.search.found import is_automations_file


class CurrentConfigurations:
    """Configurations as their files stand now: read again each time, in a millisecond.

    Where one can't be used, the last that could is in force; `warn` is told why, once.
    """

    def __init__(self, warn: Callable[[str], None]) -> None:
        self._warn = warn
        self._good: dict[str, Config] = {}
        self._problems: dict[str, str] = {}

    def of(self, path: str | None) -> Config | None:
        """The configuration for a file, None where it is no automations file."""
        if path is None:
            return None
        config = self.of_folder(os.path.dirname(path))
        return config if is_automations_file(path, config) else None

    def of_folder(self, folder: str) -> Config:
        """The configuration that is in force in a folder."""
        found = Configurations()
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
        return config
