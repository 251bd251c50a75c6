"""Files generated from other parts of the project are up to date."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from scripts import generate
from validator.rules import INDEX


@pytest.mark.parametrize("name", generate.MADE)
def test_it_is_made_anew(name: str) -> None:
    assert generate.differs(name) is None, "run `python -m scripts.generate`"


def test_it_starts_although_the_index_names_a_module_that_has_moved() -> None:
    moved = INDEX["ready-loops"].module
    code = f"import sys; sys.modules[{moved!r}] = None; import scripts.generate"
    subprocess.run([sys.executable, "-c", code], check=True, cwd=generate.ROOT)


def test_nothing_is_left_from_an_earlier_time() -> None:
    assert generate.stale() == [], "run `python -m scripts.generate`"


def test_the_page_of_a_removed_rule_is_reported_and_deleted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(generate, "ROOT", tmp_path)
    monkeypatch.setattr(generate, "MADE", {"docs/rules/kept.md": lambda _: "new"})
    pages = tmp_path / "docs" / "rules"
    pages.mkdir(parents=True)
    for name in ("kept.md", "removed.md", "picture.svg"):
        (pages / name).write_text("new")
    assert generate.main(["--check"]) == 1
    assert (pages / "removed.md").exists()
    assert generate.main([]) == 0
    assert sorted(path.name for path in pages.iterdir()) == ["kept.md", "picture.svg"]
    assert generate.main(["--check"]) == 0
    assert capsys.readouterr().out == (
        "docs/rules/removed.md is not generated any more\ndeleted docs/rules/removed.md\n"
    )


def test_the_command_writes_and_tells_what_differs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(generate, "ROOT", tmp_path)
    monkeypatch.setattr(generate, "MADE", {"a": lambda _: "new", "b": lambda text: text.upper()})
    (tmp_path / "a").write_text("old")
    (tmp_path / "b").write_text("SAME")
    assert generate.main(["--check"]) == 1
    assert (tmp_path / "a").read_text() == "old"
    assert generate.main([]) == 0
    assert (tmp_path / "a").read_text() == "new"
    assert generate.main(["--check"]) == 0
    assert capsys.readouterr().out == "a differs\nwrote a\n"
