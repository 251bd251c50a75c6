"""The examples of the page on plans and graphs are real output."""

import contextlib
import io
import re
import shutil
from pathlib import Path

import pytest

from tests.checkout import ROOT
from tests.command import run_in

PAGE = (ROOT / "docs" / "guides" / "plan-and-graph.md").read_text(encoding="utf-8")
GRAPH = PAGE[PAGE.index("## Graph") :]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A folder with an automations file."""
    (tmp_path / ".ona").mkdir()
    shutil.copy(ROOT / "fixtures/graph/automations.yaml", tmp_path / ".ona")
    return tmp_path


def block(language: str) -> str:
    found = re.search(rf"^```{language}\n(.*?)^```$", GRAPH, re.MULTILINE | re.DOTALL)
    assert found
    return found[1]


def test_the_command_makes_the_picture(project: Path) -> None:
    done = run_in(project, *block("sh").split()[1:])
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    made = (project / "automations.svg").read_text(encoding="utf-8")
    assert made == (ROOT / "docs" / "guides" / "graph.svg").read_text(encoding="utf-8")


def test_the_library_example_runs(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(project)
    with contextlib.redirect_stdout(io.StringIO()) as printed:
        exec(compile(block("python"), "page", "exec"), {})
    assert printed.getvalue().startswith("[]\nflowchart LR\n")


def test_what_it_links_to_is_there() -> None:
    links = re.findall(r"\]\((?!http)([^)#]+)\)", PAGE)
    assert links
    assert [link for link in links if not (ROOT / "docs" / "guides" / link).exists()] == []
