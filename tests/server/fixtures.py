"""The fixtures of the server's tests."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
import pytest_lsp
from pytest_lsp import ClientServerConfig, LanguageClient

from tests.server.editors import SERVER, Client, Editor, capabilities


@pytest_lsp.fixture(config=ClientServerConfig(SERVER, client_factory=Client))
async def client(lsp_client: LanguageClient) -> AsyncIterator[None]:
    """A server that is started, not yet initialized."""
    yield
    await lsp_client.shutdown_session()


@pytest_asyncio.fixture
async def editor(request: pytest.FixtureRequest, client: Client, tmp_path: Path) -> Editor:
    """An editor with an empty folder open: that of the test's parameter, or Visual Studio Code."""
    made = Editor(client, tmp_path)
    await made.initialize(capabilities(getattr(request, "param", "visual-studio-code")))
    return made
