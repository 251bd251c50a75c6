"""The fixtures of these tests, which are skipped if pytest-lsp is missing."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import pytest

if find_spec("pytest_lsp") is None:
    collect_ignore_glob = ["test_*.py"]
else:
    import pytest_asyncio

    from tests.server.fixtures import client, editor, servers

    __all__ = ["client", "editor", "servers"]

    def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
        """Run all asynchronous tests in the event loop that the servers run in."""
        mark = pytest.mark.asyncio(loop_scope="session")
        for item in items:
            here = Path(__file__).parent in item.path.parents
            if here and pytest_asyncio.is_async_test(item):
                item.add_marker(mark, append=False)
