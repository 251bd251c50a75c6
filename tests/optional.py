"""Programs and data that some tests need, and that need not be installed.

A test that lacks one is skipped with a reason that begins with `NEEDS`; the end of a run counts
these (see `conftest.py`). CONTRIBUTING.md says where to get each of them.
"""

from __future__ import annotations

import os
from shutil import which

import pytest

from validator.shell.program import program

NEEDS = "needs "


def needs(what: str, found: object) -> pytest.MarkDecorator:
    """Skip a test, or all tests of a module, if a requirement was not found."""
    return pytest.mark.skipif(not found, reason=NEEDS + what)


needs_posix = needs(
    "POSIX: its signals, pipes, links, modes and names of files", os.name == "posix"
)
needs_user = needs("a user other than root", getattr(os, "geteuid", int)())
needs_root = needs("the user root", getattr(os, "geteuid", lambda: 1)() == 0)
needs_git = needs("git", which("git"))
needs_graphviz = needs("Graphviz (dot)", which("dot"))
needs_shellcheck = needs("shellcheck", program())
needs_npm = needs("npm and Node.js", which("npm") and which("node"))
