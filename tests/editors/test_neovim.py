"""A real Neovim with the settings in `editors/`, and the real language server."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.editors import neovim
from tests.optional import needs
from validator.kinds import KNOWN_PATHS, WORKFLOW_PATHS

SCRIPT = Path(__file__).parents[2] / "editors/neovim.lua"
PROGRAM = neovim.find()
TEXT = """\
services:
  database:
    name: Database
    commands:
      start: postgres
      ready: pg_isready
    triggeredBy: [manual]
tasks:
  install:
    name: Install
    command: make install
    triggeredBy: [manual]
  build:
    name: Build
    comand: make
    dependsOn: [install, database]
    triggeredBy: [manual]
"""
ATTACHED = "#vim.lsp.get_clients({ bufnr = 0 })"
CODES = "vim.tbl_map(function(each) return each.code end, vim.diagnostic.get(0))"

pytestmark = needs("Neovim 0.11", PROGRAM)


@pytest.fixture
def editor(tmp_path: Path) -> Iterator[neovim.Neovim]:
    with opened(tmp_path, KNOWN_PATHS[0]) as editor:
        editor.wait(ATTACHED)
        yield editor


def opened(folder: Path, path: str) -> "neovim.Started":
    file = folder / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(TEXT, encoding="utf-8")
    assert PROGRAM is not None
    return neovim.started(PROGRAM, file, SCRIPT)


def test_only_known_paths_are_served(tmp_path: Path) -> None:
    with opened(tmp_path, ".gitpod/config.yaml") as editor:
        assert editor.wait("vim.bo.filetype") == "yaml"
        for path in (*KNOWN_PATHS, *(each.replace("*", "nightly") for each in WORKFLOW_PATHS)):
            file = tmp_path / path
            file.parent.mkdir(exist_ok=True, parents=True)
            file.write_text(TEXT, encoding="utf-8")
            editor.keys(f":edit {file}<CR>")
            editor.wait(ATTACHED)
        roots = "vim.tbl_map(function(each) return each.root_dir end, vim.lsp.get_clients())"
        assert editor.lua(roots) == [str(tmp_path)]
        editor.keys(":buffer 1<CR>")
        assert editor.wait("vim.fn.expand('%:t')") == "config.yaml"
        assert editor.lua(ATTACHED) == 0


def test_findings_are_shown_and_fixed(editor: neovim.Neovim) -> None:
    assert editor.wait(CODES) == ["unknown-field"]
    finding = editor.lua("vim.diagnostic.get(0)[1]")
    assert finding["message"] == "`comand` is not a field of a task; did you mean `command`?"
    place = [finding[name] for name in ("lnum", "col", "end_lnum", "end_col")]
    assert place == [14, 4, 14, 10]
    editor.answer("Rename it to `command`")
    editor.keys(":15<CR>0gra")
    editor.wait(CODES, lambda codes: codes == [])
    assert editor.text == TEXT.replace("comand", "command")


def test_references_are_followed_and_renamed(editor: neovim.Neovim) -> None:
    # Findings show that the server has read the document; the editor requests nothing before.
    editor.wait(CODES)
    editor.keys("/\\[install<CR>l<C-]>")
    editor.wait("vim.fn.line('.')", lambda line: line == 9)
    assert editor.lua("vim.fn.col('.')") == 3
    editor.answer("setup")
    editor.keys("grn")
    editor.wait("vim.fn.getline(9)", lambda line: line == "  setup:")
    expected = TEXT.replace("  install:", "  setup:").replace("[install,", "[setup,")
    assert editor.text == expected


def test_references_are_completed(editor: neovim.Neovim) -> None:
    editor.wait(CODES)
    editor.keys("/\\[install<CR>ci[<C-X><C-O>")
    words = "vim.tbl_map(function(each) return each.word end, vim.fn.complete_info().items)"
    assert {*editor.wait(words)} == {"install", "database"}
