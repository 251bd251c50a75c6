"""A file's name for other programs: its path in the repository, and its URI."""

from __future__ import annotations

import os

from validator.files.paths import repository_of

# The folder of the repository in jobs of GitHub and GitLab, if it has no folder `.git`.
_JOB_FOLDERS = ("GITHUB_WORKSPACE", "CI_PROJECT_DIR")

NO_FILES = frozenset({"<stdin>", "<text>"})
"""Used as the path of a document that has none."""

SOURCE_ROOT = "%SRCROOT%"
"""The usual name of the root in SARIF: URIs of files in the repository are relative to it."""


class Root:
    """The folder that paths in a report are relative to; the same for all files of a run.

    It is the first that exists of: the repository of the current folder, which is the nearest
    folder upward that has `.git`; the folder of a CI job; the repository of the first file; the
    current folder. The folder in the environment variable `workspace` takes precedence.
    """

    def __init__(self, workspace: str | None = None) -> None:
        self._workspace = workspace
        self._folder: str | None = None

    def inside(self, path: str) -> str | None:
        """The path of a file relative to the root, with `/`; None for a file outside of it.

        Links to folders are resolved on both sides. A link to a file is a separate file.
        """
        whole = _whole(path)
        if path in NO_FILES or not os.path.isabs(whole):
            return None
        if self._folder is None:
            self._folder = self._find(whole)
        # A folder may be in the repository only under the name of a link.
        for each in (whole, os.path.abspath(path)):
            inner = _below(each, self._folder)
            if inner is not None:
                return inner.replace(os.sep, "/")
        return None

    def path(self, path: str) -> str:
        """The path of a file relative to the root; the absolute path of a file outside of it."""
        return self.inside(path) or _whole(path)

    def artifact(self, path: str) -> dict[str, str]:
        """A file as SARIF's artifactLocation: relative to the root, or absolute (3.4)."""
        from urllib.parse import quote

        inner = self.inside(path)
        if inner is not None:
            return {"uri": quote(os.fsencode(inner)), "uriBaseId": SOURCE_ROOT}
        whole = _whole(path)
        return {"uri": _uri(whole) if os.path.isabs(whole) else quote(os.fsencode(whole))}

    def bases(self) -> dict[str, dict[str, str]]:
        """SARIF's originalUriBaseIds: the location of the root; empty if no file was needed."""
        if self._folder is None:
            return {}
        return {SOURCE_ROOT: {"uri": _uri(self._folder).rstrip("/") + "/"}}

    def _find(self, first: str) -> str:
        current = _current()
        workspace, *jobs = (_named(each) for each in (self._workspace, *_JOB_FOLDERS))
        for found in (workspace, current and repository_of(current), *jobs):
            if found is not None:
                return found
        folder = os.path.dirname(first)
        return repository_of(folder) or current or folder


def _current() -> str | None:
    """The current folder; None if it was deleted."""
    try:
        return os.path.realpath(os.curdir)
    except OSError:
        return None


def _named(variable: str | None) -> str | None:
    """The folder in an environment variable."""
    folder = os.environ.get(variable or "")
    return os.path.realpath(folder) if folder else None


def _whole(path: str) -> str:
    """The absolute path of a file, without links to folders and without `.` and `..`.

    If there is none, the path as given: for text in no file, or without a current folder.
    """
    folder, name = os.path.split(path)
    if path in NO_FILES:
        return path
    try:
        return os.path.join(os.path.realpath(folder), name)
    except (OSError, ValueError):
        return path


def _below(path: str, folder: str) -> str | None:
    """The path relative to a folder; None if it is not inside."""
    begin = os.path.join(folder, "")
    # Windows ignores case; normalizing a path does not change its length.
    inside = os.path.normcase(path).startswith(os.path.normcase(begin))
    return path[len(begin) :] if inside else None


def _uri(path: str) -> str:
    """The URI of an absolute path."""
    from pathlib import Path

    return Path(path).as_uri()
