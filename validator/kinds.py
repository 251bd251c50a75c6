"""The document kinds: which one a document is, told by where it lies or by its own shape."""

from __future__ import annotations

import os

from validator.nodes import Mapping, Node

DEFAULT_KIND = "automations-file"
"""The kind of whatever is no API document by its shape: an empty document is one, too."""

UNKNOWN = "unknown"
"""What stands for the kind of a document whose shape does not tell it."""

KNOWN_PATHS = (
    ".ona/automations.yaml",
    ".ona/automations.yml",
    ".gitpod/automations.yaml",
    ".gitpod/automations.yml",
)
"""Where a repository keeps its automations file; whatever stands there is one."""

KNOWN_NAMES = {
    folder: frozenset(path[len(folder) + 1 :] for path in KNOWN_PATHS if path.startswith(folder))
    for folder in sorted({path.split("/")[0] for path in KNOWN_PATHS})
}
"""The folders of the known paths, and the names that automations files have in each."""

_KNOWN_ENDINGS = tuple(f"/{path}" for path in KNOWN_PATHS)
_SECTIONS = {"services", "tasks"}


def is_known_path(path: str) -> bool:
    """Whether automations files are kept at a path."""
    return f"/{path}".replace(os.sep, "/").endswith(_KNOWN_ENDINGS)


def candidates(root: Node, path: str | None) -> tuple[str, ...]:
    """The kinds that a document may be: several, or none, where its shape does not tell."""
    if path is not None and is_known_path(path):
        return (DEFAULT_KIND,)
    if (
        isinstance(root, Mapping)
        and root.members.keys() <= _SECTIONS
        and all(isinstance(value, Mapping) for _, value in root.members.values())
    ):
        return (DEFAULT_KIND,)
    # A plain automations file is told without knowing what the others look like.
    from validator import shape

    return shape.candidates(root)
