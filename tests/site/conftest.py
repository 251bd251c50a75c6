"""The site, built once."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from scripts import site
from tests.optional import NEEDS


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the built site."""
    if importlib.util.find_spec("zensical") is None:
        pytest.skip(f"{NEEDS}the package zensical")
    folder = tmp_path_factory.mktemp("site") / "site"
    assert site.main([str(folder), "--without-playground"]) == 0
    return folder
