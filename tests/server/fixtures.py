"""The fixtures of the server's tests."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
import pytest_lsp
from lsprotocol import types
from pytest_lsp import ClientServerConfig, LanguageClient

from tests.server.editors import SERVER, Client, Editor, capabilities


@pytest_lsp.fixture(config=ClientServerConfig(SERVER, client_factory=Client), loop_scope="session")
async def client(lsp_client: LanguageClient) -> AsyncIterator[None]:
    """A server of the test's own, which is started, but not initialized."""
    yield
    await lsp_client.shutdown_session()


class Servers:
    """One server for each kind of editor: starting one takes longer than most tests."""

    def __init__(self) -> None:
        self._clients: dict[str, Client] = {}

    async def get(self, name: str) -> Client:
        """The client of the server for the editor with a name."""
        if name not in self._clients:
            self._clients[name] = client = Client()
            await client.start_io(*SERVER)
            await client.initialize_session(types.InitializeParams(capabilities(name)))
        return self._clients[name]

    async def stop(self) -> None:
        for client in self._clients.values():
            await client.shutdown_session()
            await client.stop()


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def servers() -> AsyncIterator[Servers]:
    made = Servers()
    yield made
    await made.stop()


@pytest_asyncio.fixture(loop_scope="session")
async def editor(
    request: pytest.FixtureRequest, servers: Servers, tmp_path: Path
) -> AsyncIterator[Editor]:
    """An editor in a folder of the test's own: that of its parameter, or Visual Studio Code."""
    name = getattr(request, "param", "visual-studio-code")
    made = Editor(await servers.get(name), tmp_path, capabilities(name))
    yield made
    made.close_all()
