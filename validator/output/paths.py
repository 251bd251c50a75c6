"""What other programs call a file: its path in the repository, and its URI."""

from __future__ import annotations

import os

# Where the jobs of GitHub and of GitLab keep the repository; what reads their output starts there.
_BASES = ("GITHUB_WORKSPACE", "CI_PROJECT_DIR")


def in_repository(path: str) -> str:
    """A path as it stands in the repository of a CI job, else below the current folder.

    It has no `.` and `..` in it. A path that leads elsewhere comes out as an absolute one.
    """
    whole = os.path.abspath(path)
    bases = [base for name in _BASES if (base := os.environ.get(name))]
    for base in (*bases, os.getcwd()):
        inner = os.path.join(os.path.abspath(base), "")
        if whole.startswith(inner):
            return whole[len(inner) :].replace(os.sep, "/")
    return whole


def uri(path: str) -> str:
    """The URI of a path: relative in the repository, of the scheme `file` elsewhere."""
    from pathlib import PurePath
    from urllib.parse import quote

    name = in_repository(path)
    return PurePath(name).as_uri() if os.path.isabs(name) else quote(os.fsencode(name))
