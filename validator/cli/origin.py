"""Which configuration file applies to a file."""

from __future__ import annotations

import os
from functools import cache


class Origin:
    """Finds the configuration files of a run, with its options --config and --isolated."""

    def __init__(self, config_path: str | None, *, isolated: bool) -> None:
        self._config_path = config_path
        self._isolated = isolated
        self._nearest = cache(_nearest)

    def of(self, path: str) -> str | None:
        """The configuration file for a file; None if there is none.

        Raises ConfigError if the nearest one can't be read.
        """
        if self._config_path is not None or self._isolated:
            return self._config_path
        return self._nearest(os.path.dirname(path))


def _nearest(folder: str) -> str | None:
    # Needed only for some options.
    from validator.configuration.config_file import find_config

    return find_config(folder)
