"""A server for each test, and an editor in front of it; skipped where pytest-lsp is missing."""

from importlib.util import find_spec

if find_spec("pytest_lsp") is None:
    collect_ignore_glob = ["test_*.py"]
else:
    from tests.server.fixtures import client, editor

    __all__ = ["client", "editor"]
