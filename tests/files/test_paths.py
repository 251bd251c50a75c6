"""Paths relative to a folder, also if there is no such path."""

import ntpath
import os
from pathlib import Path

import pytest

from validator import Config
from validator.configuration.config import Override
from validator.files import paths
from validator.finding import Severity
from validator.search.found import is_automations_file


@pytest.mark.parametrize(
    ("path", "folder", "shown"),
    [
        ("C:\\repo\\.ona\\a.yaml", "C:\\repo", ".ona/a.yaml"),
        ("c:\\Repo\\a.yaml", "C:\\repo", "a.yaml"),
        ("C:\\a.yaml", "C:\\repo", "../a.yaml"),
        ("D:\\repo\\a.yaml", "C:\\repo", "D:/repo/a.yaml"),
        ("\\\\server\\share\\a.yaml", "C:\\repo", "//server/share/a.yaml"),
    ],
)
def test_paths_of_windows(
    monkeypatch: pytest.MonkeyPatch, path: str, folder: str, shown: str
) -> None:
    monkeypatch.setattr(os, "path", ntpath)
    monkeypatch.setattr(os, "sep", "\\")
    assert paths.relative(path, folder) == shown


def test_without_a_current_folder_a_path_stays_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    assert paths.relative("a.yaml", "/repo") == "a.yaml"


def test_patterns_are_compared_on_another_drive_too(monkeypatch: pytest.MonkeyPatch) -> None:
    def other_drive(path: str, start: str) -> str:
        raise ValueError(f"path is on mount {path!r}, start on mount {start!r}")

    monkeypatch.setattr(os.path, "relpath", other_drive)
    override = Override("tasks/*.yaml", frozenset(), {"unknown-field": Severity.HINT})
    config = Config(files=("tasks/*.yaml",), overrides=(override,))
    assert not is_automations_file("D:/x/a.yaml", config)
    assert config.for_path("D:/x/a.yaml").severity == {}
