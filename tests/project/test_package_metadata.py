"""The README and the links that the package index shows."""

from __future__ import annotations

import re
import shutil
import zipfile
from email import message_from_string
from pathlib import Path

import pytest

from scripts.package_metadata import absolute, urls
from tests.checkout import ROOT
from tests.project.test_packaging import build

README = (ROOT / "README.md").read_text(encoding="utf-8")
REPOSITORY = "https://git.example/automation-validator"
SITE = "https://docs.example"


def test_links_and_pictures_lead_to_the_version_in_the_repository() -> None:
    text = absolute(README, REPOSITORY, "v1.2.3")
    links = re.findall(r"\]\(([^)]*)\)", text)
    assert len(links) == len(re.findall(r"\]\([^)]*\)", README)) > 20
    assert all(link.startswith(f"{REPOSITORY}/blob/v1.2.3/") for link in links)
    pictures = re.findall(r'(?:src|srcset)="([^"]*)"', text)
    assert len(pictures) == 4
    for picture in pictures:
        path = picture.removeprefix(f"{REPOSITORY}/raw/v1.2.3/")
        assert (ROOT / path).is_file()


@pytest.mark.parametrize("text", ["[a](https://semver.org)", "[a](#use)", "see (docs/index.md)"])
def test_other_text_stays(text: str) -> None:
    assert absolute(text, REPOSITORY, "v1") == text


def test_only_known_addresses_are_shown() -> None:
    assert urls("", "") == {}
    assert urls("", SITE) == {"Homepage": SITE, "Documentation": SITE}
    assert urls(REPOSITORY, "")["Homepage"] == REPOSITORY
    assert list(urls(REPOSITORY, SITE)) == [
        *("Homepage", "Documentation", "Repository", "Issues", "Changelog"),
    ]


@pytest.mark.parametrize("repository", ["", REPOSITORY, f"{REPOSITORY}/"])
def test_the_wheel_has_them(repository: str, tmp_path: Path) -> None:
    source = tmp_path / "source"
    for name in ("docs/rules", "schema", "validator", "scripts"):
        shutil.copytree(ROOT / name, source / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, source)
    addresses = source / "validator" / "addresses.py"
    text = addresses.read_text(encoding="utf-8")
    assert 'REPOSITORY = ""\n' in text
    addresses.write_text(text.replace('REPOSITORY = ""', f'REPOSITORY = "{repository}"'))
    wheel = zipfile.ZipFile(build("wheel", tmp_path / "built", source))
    (name,) = (name for name in wheel.namelist() if name.endswith(".dist-info/METADATA"))
    metadata = message_from_string(wheel.read(name).decode())
    shown = metadata.get_payload()
    assert metadata["Description-Content-Type"] == "text/markdown"
    assert ("](docs/" in str(shown)) == (not repository)
    project = f"Repository, {REPOSITORY}"
    assert (project in metadata.get_all("Project-URL", [])) == bool(repository)
