"""The document kinds, and where the file that people write is kept."""

import os
from contextlib import suppress
from typing import Literal, NamedTuple

DEFAULT_KIND = "automations-file"
"""Kind of every document that does not look like an API document, also of an empty one."""

UNKNOWN = "unknown"
"""What a report has in place of a kind if the document's shape does not show it."""


class Kind(NamedTuple):
    """A document kind.

    `message` is the name of its protobuf message in the platform's contract, empty if it has none.
    `lists` are its fields that are lists of documents of other kinds, and which kinds these are.
    """

    message: str = ""
    lists: tuple[tuple[str, str], ...] = ()


KINDS = {
    DEFAULT_KIND: Kind("gitpod.v1.AutomationsFile"),
    "automation-trigger": Kind("gitpod.v1.AutomationTrigger"),
    "environment": Kind(lists=(("tasks", "task"), ("services", "service"))),
    "environment-class": Kind("gitpod.v1.EnvironmentClass"),
    "service": Kind("gitpod.v1.Service"),
    "service-list": Kind("gitpod.v1.ListServicesResponse", (("services", "service"),)),
    "status-history": Kind(lists=(("statuses", "status"),)),
    "task": Kind("gitpod.v1.Task"),
    "task-execution": Kind("gitpod.v1.TaskExecution"),
    "task-execution-list": Kind(
        "gitpod.v1.ListTaskExecutionsResponse", (("taskExecutions", "task-execution"),)
    ),
    "task-list": Kind("gitpod.v1.ListTasksResponse", (("tasks", "task"),)),
}
"""The document kinds by name; each has a schema of that name, and so has the configuration."""

SECTIONS: dict[str, Literal["service", "task"]] = {"services": "service", "tasks": "task"}
"""The sections of an automations file, and what each of their items is."""

KNOWN_PATHS = (
    ".ona/config.yaml",
    ".ona/config.yml",
    ".ona/automations.yaml",
    ".ona/automations.yml",
    ".gitpod/automations.yaml",
    ".gitpod/automations.yml",
)
"""The paths of automations files in a repository; any file there is one."""

KNOWN_NAMES = {
    folder: frozenset(path[len(folder) + 1 :] for path in KNOWN_PATHS if path.startswith(folder))
    for folder in sorted({path.split("/")[0] for path in KNOWN_PATHS})
}
"""The folders of the known paths, and the names of automations files in each."""

_ENDINGS = tuple(f"/{path}" for path in KNOWN_PATHS)
_FILE_NAMES = frozenset[str]().union(*KNOWN_NAMES.values())


def check_kind(kind: str) -> None:
    """Raise ValueError for an unknown kind."""
    if kind not in KINDS:
        raise ValueError(f"unknown kind {kind!r}; the kinds are {', '.join(KINDS)}")


def is_known_path(path: str) -> bool:
    """Whether a path, seen from any folder, is one of automations files."""
    return known_place(path) is not None


def known_place(path: str) -> tuple[str, str] | None:
    """The folder that a known path is relative to, and which of the known paths it is.

    None if the path is not one of automations files.
    """
    if path.replace(os.sep, "/").rpartition("/")[2] not in _FILE_NAMES:
        return None
    place = _place(path)
    if place is None:
        # From inside `.ona`, or through a link to it, the path alone is not enough. OSError: the
        # current folder was deleted. ValueError: the path is not valid.
        with suppress(OSError, ValueError):
            place = _place(os.path.abspath(path)) or _place(os.path.realpath(path))
    return place


def _place(path: str) -> tuple[str, str] | None:
    name = f"/{path}".replace(os.sep, "/")
    for ending, known in zip(_ENDINGS, KNOWN_PATHS, strict=True):
        if name.endswith(ending):
            return path[: -len(known)], known
    return None
