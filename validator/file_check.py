"""Check one file."""

from __future__ import annotations

import os

from validator import arguments
from validator.configuration.config import Config, config_or_default
from validator.engine import check_text, not_checked, unreadable
from validator.files.reading import read_bytes
from validator.report import Report
from validator.search.found import Found
from validator.search.shadowed import shadowed


def check_file(
    path: str | os.PathLike[str], *, kind: str | None = None, config: Config | None = None
) -> Report:
    """Check one file.

    `kind` is the document kind; by default it is configured or inferred. `config` is by default the
    default configuration, not a file's. A file that can't be read gives a report with the finding
    `unreadable-file`. Raises ValueError if `kind` is unknown, and
    TypeError for an argument of another type; no file makes it raise anything.
    """
    name = arguments.path(path) or ""
    config = config_or_default(config).of_kind(kind)
    try:
        data = read_bytes(name, config.limits.max_bytes)
    except OSError as error:
        return unreadable(name, f"can't be read: {error.strerror or error}", config)
    return check_text(data, path=name, config=config, others=shadowed(name))


def check_found(found: Found, config: Config) -> Report:
    """Check a file that a search found, or report why it can't be checked."""
    if found.skipped:
        return not_checked(found.path, found.problems, config)
    return check_file(found.path, config=config)
