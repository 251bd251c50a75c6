"""Which configuration file applies to a file."""

from __future__ import annotations

import os
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from validator.configuration.config import Config


class Origin:
    """Finds the configuration files of a run, with its options --config and --isolated."""

    def __init__(self, config_path: str | None, *, isolated: bool) -> None:
        self._config_path = config_path
        self._isolated = isolated
        self._nearest = cache(_nearest)
        self._steps = cache(_steps)

    def of(self, path: str) -> str | None:
        """The configuration file for a file; None if there is none.

        Raises ConfigError if the nearest one can't be read.
        """
        if self._config_path is not None or self._isolated:
            return self._config_path
        return self._nearest(os.path.dirname(path))

    def steps(self, path: str) -> list[tuple[str, Config]]:
        """The files that the configuration file for a file consists of; none if there is none.

        First those that it extends, last itself, each with the settings so far. Raises ConfigError.
        """
        file = self.of(path)
        return [] if file is None else self._steps(file)


def _steps(path: str) -> list[tuple[str, Config]]:
    from validator.configuration.config_file import load_steps

    return load_steps(path)


def _nearest(folder: str) -> str | None:
    # Needed only for some options.
    from validator.configuration.config_file import find_config

    return find_config(folder)
