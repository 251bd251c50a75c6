"""The Homebrew formula that a release fills."""

import hashlib
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from scripts import homebrew
from tests.optional import needs

REPOSITORY = "https://example.org/us/automation-validator"


@pytest.fixture
def formula(tmp_path: Path) -> str:
    sdist = tmp_path / "automation_validator-1.2.0.tar.gz"
    sdist.write_bytes(b"archive")
    return homebrew.formula(sdist, REPOSITORY)


def test_nothing_is_left_to_fill(formula: str) -> None:
    assert formula.startswith("class AutomationValidator < Formula\n")
    assert not re.search("@[A-Z]", formula)
    address = f"{REPOSITORY}/releases/download/v1.2.0/automation_validator-1.2.0.tar.gz"
    assert f'  url "{address}"\n' in formula
    assert f'  sha256 "{hashlib.sha256(b"archive").hexdigest()}"\n' in formula
    (description,) = re.findall(r'^  desc "(.*)"$', formula, re.MULTILINE)
    assert 10 < len(description) <= 80


def test_another_file_is_rejected(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="is not a source distribution"):
        homebrew.formula(tmp_path / "automation_validator-1.2.0-py3-none-any.whl", REPOSITORY)


@needs("Ruby", shutil.which("ruby"))
def test_it_is_ruby(formula: str) -> None:
    subprocess.run(["ruby", "-c"], input=formula, text=True, check=True)
