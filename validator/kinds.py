"""The document kinds, and where the files that people write are kept."""

from __future__ import annotations

import os
from collections.abc import Collection
from functools import lru_cache

from validator.tuples import NamedTuple

TYPE_CHECKING = False

if TYPE_CHECKING:
    from typing import Literal

DEFAULT_KIND = "automations-file"
"""Kind of every document that does not look like an API document, also of an empty one."""

WORKFLOW_FILE = "workflow-file"
"""Kind of the files that describe AI automations: triggers, limits and steps."""

UNKNOWN = "unknown"
"""What a report has in place of a kind if the document's shape does not show it."""


class Kind(NamedTuple):
    """A document kind.

    `message` is the name of its protobuf message in the platform's contract, empty if it has none.
    `lists` are its fields that are lists of documents of other kinds, and which kinds these are.
    `paths` are where its files are kept in a repository; a name may be `*` with an ending. A kind
    without paths is not a file that people write, but a document of the API.
    """

    message: str = ""
    lists: tuple[tuple[str, str], ...] = ()
    paths: tuple[str, ...] = ()


KNOWN_PATHS = (
    ".ona/config.yaml",
    ".ona/config.yml",
    ".ona/automations.yaml",
    ".ona/automations.yml",
    ".gitpod/automations.yaml",
    ".gitpod/automations.yml",
)
"""The paths of automations files in a repository; any file there is one."""

WORKFLOW_PATHS = (
    ".ona/automations/*.yaml",
    ".ona/automations/*.yml",
    ".ona/ai-automations/*.yaml",
    ".ona/ai-automations/*.yml",
    "ona/ai-automations/*.yaml",
    "ona/ai-automations/*.yml",
)
"""The paths of workflow files in a repository; a file there may also be an automations file."""

KINDS = {
    DEFAULT_KIND: Kind("gitpod.v1.AutomationsFile", paths=KNOWN_PATHS),
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
    "workflow": Kind("gitpod.v1.Workflow"),
    "workflow-execution": Kind("gitpod.v1.WorkflowExecution"),
    "workflow-execution-action": Kind("gitpod.v1.WorkflowExecutionAction"),
    "workflow-execution-action-list": Kind(
        "gitpod.v1.ListWorkflowExecutionActionsResponse",
        (("workflowExecutionActions", "workflow-execution-action"),),
    ),
    "workflow-execution-list": Kind(
        "gitpod.v1.ListWorkflowExecutionsResponse", (("workflowExecutions", "workflow-execution"),)
    ),
    WORKFLOW_FILE: Kind("gitpod.v1.CreateWorkflowRequest", paths=WORKFLOW_PATHS),
    "workflow-list": Kind("gitpod.v1.ListWorkflowsResponse", (("workflows", "workflow"),)),
}
"""The document kinds by name; each has a schema of that name, and so has the configuration."""

SECTIONS: dict[str, Literal["service", "task"]] = {"services": "service", "tasks": "task"}
"""The sections of an automations file, and what each of their items is."""

_PLACES = [os.path.split(path) for kind in KINDS.values() for path in kind.paths]

KNOWN_NAMES: dict[str, frozenset[str]] = {
    place: frozenset(name for folder, name in _PLACES if folder == place)
    for place in sorted({folder for folder, _ in _PLACES})
}
"""The folders of the known paths, and the names of the files in each, which may be patterns."""

_PATTERNS = {
    folder: names for folder, names in KNOWN_NAMES.items() if any("*" in name for name in names)
}

_ENDINGS = tuple(f"/{path}" for path in KNOWN_PATHS)
_FILE_NAMES = frozenset(path.rpartition("/")[2] for path in KNOWN_PATHS)


def check_kind(kind: str) -> None:
    """Raise ValueError for an unknown kind."""
    if kind not in KINDS:
        raise ValueError(f"unknown kind {kind!r}; the kinds are {', '.join(KINDS)}")


def is_written(kind: str) -> bool:
    """Whether documents of a kind are files that people write, and not documents of the API."""
    return kind in KINDS and bool(KINDS[kind].paths)


def is_known_path(path: str) -> bool:
    """Whether a path, seen from any folder, is one of the files that people write."""
    return kind_at(path) is not None


def kind_at(path: str) -> str | None:
    """The kind of the files at a path, seen from any folder; None if it is not a known path."""
    if known_place(path) is not None:
        return DEFAULT_KIND
    if not path.endswith((".yaml", ".yml")):
        return None
    folder, name = os.path.split(path)
    place = known_folder(folder)
    if place not in _PATTERNS:
        try:
            place = _real_known_folder(os.path.abspath(folder))
        except (OSError, ValueError):
            return None
    return WORKFLOW_FILE if is_known_name(name, _PATTERNS.get(place, ())) else None


# Resolving links takes long, and there may be many files in a folder.
@lru_cache(maxsize=256)
def _real_known_folder(folder: str) -> str:
    return known_folder(folder) or known_folder(os.path.realpath(folder))


def known_folder(path: str) -> str:
    """Which of the folders of the known paths a folder is, by the end of its path; "" for none."""
    names = path.replace(os.sep, "/").rstrip("/").split("/")
    for place in ("/".join(names[-2:]), names[-1]):
        if place in KNOWN_NAMES:
            return place
    return ""


def is_known_name(name: str, known: Collection[str]) -> bool:
    """Whether the name of a file is one of some names, which may be `*` with an ending."""
    return name in known or f"*{os.path.splitext(name)[1]}" in known


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
        try:
            place = _place(os.path.abspath(path)) or _place(os.path.realpath(path))
        except (OSError, ValueError):
            return None
    return place


def _place(path: str) -> tuple[str, str] | None:
    name = f"/{path}".replace(os.sep, "/")
    for ending, known in zip(_ENDINGS, KNOWN_PATHS, strict=True):
        if name.endswith(ending):
            return path[: -len(known)], known
    return None
