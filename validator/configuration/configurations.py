"""The configurations that apply to the files of a run."""

from __future__ import annotations

import os
from collections.abc import Callable

from validator.configuration.config import (
    FILE_NAME,
    PROJECT_FILE_NAME,
    Config,
    ConfigError,
    folders_from,
)


class Configurations:
    """The configuration for each file: the nearest one, from its own folder upwards.

    With `given`, that one is used for all files. `adapt` is applied to each: it adds the settings
    of the command line. A configuration file is read once. `errors` are those of files that can't
    be used, in the order in which they were found.
    """

    def __init__(
        self, given: Config | None = None, adapt: Callable[[Config], Config] | None = None
    ) -> None:
        self.errors: list[ConfigError] = []
        self._adapt = adapt or (lambda config: config)
        self._given = None if given is None else self._adapt(given)
        self._default = self._adapt(Config())
        self._known: dict[str, Config | None] = {}

    def of(self, path: str) -> Config | None:
        """The configuration for a file; None if the nearest one can't be used."""
        return self.of_folder(os.path.dirname(path))

    def of_folder(self, folder: str) -> Config | None:
        """The configuration for the files in a folder; None if it can't be used."""
        if self._given is not None:
            return self._given
        if folder not in self._known:
            self._known[folder] = self._nearest(folder)
        return self._known[folder]

    def _nearest(self, folder: str) -> Config | None:
        passed = []
        found: Config | None = self._default
        for each in folders_from(folder):
            if each in self._known:
                found = self._known[each]
                break
            passed.append(each)
            try:
                config = _config_in(each)
            except ConfigError as error:
                self.errors.append(error)
                found = None
                break
            if config is not None:
                found = self._adapt(config)
                break
        self._known.update(dict.fromkeys(passed, found))
        return found


def _config_in(folder: str) -> Config | None:
    """The configuration in a folder itself; None if it has none. Raises ConfigError."""
    names = (FILE_NAME, PROJECT_FILE_NAME)
    if not any(os.path.lexists(os.path.join(folder, name)) for name in names):
        return None
    # Most folders have none, and importing the loader takes longer than checking a file.
    from validator.configuration.config_file import config_in

    return config_in(folder)
