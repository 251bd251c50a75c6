"""The examples in `docs/reference/configuration.md` load."""

import re
from pathlib import Path

import pytest

from tests.checkout import ROOT
from tests.command import run_in
from validator import load_config

PAGE = ROOT / "docs" / "reference" / "configuration.md"


@pytest.mark.parametrize("number", [0, 1])
def test_the_examples_load(number: int, tmp_path: Path) -> None:
    example = re.findall(r"```toml\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)[number]
    name = "pyproject.toml" if "[tool." in example else "automation-validator.toml"
    path = tmp_path / name
    path.write_text(example, encoding="utf-8")
    assert load_config(str(path)).ignore == {"never-triggered"}


def test_the_errors_shown_are_those_of_the_example(tmp_path: Path) -> None:
    page = PAGE.read_text(encoding="utf-8")
    found = re.search(r"```toml\n([^`]*)```\n\nthey are\n\n```text\n(.*?)```", page, re.DOTALL)
    assert found is not None
    (tmp_path / "automation-validator.toml").write_text(found[1], encoding="utf-8")
    done = run_in(tmp_path, "check")
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.decode() == found[2]
