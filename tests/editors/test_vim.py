"""A real Vim with the settings in `editors/`, and what takes the place of the plugin vim-lsp."""

import json
import os
import subprocess
from pathlib import Path
from shutil import which

from tests.optional import needs
from validator.kinds import KNOWN_PATHS, WORKFLOW_PATHS

SCRIPT = Path(__file__).parents[2] / "editors/automations.vim"
DRIVER = Path(__file__).parent / "vim.vim"


def has_features() -> bool:
    """Whether this Vim is one with lambdas, JSON and file types; small ones lack all of them."""
    if which("vim") is None:
        return False
    done = subprocess.run(["vim", "--version"], capture_output=True, text=True)
    return "+eval" in done.stdout and "+lambda" in done.stdout and "+syntax" in done.stdout


pytestmark = needs("Vim 8.1 with +eval", has_features())


def test_known_paths_are_served(tmp_path: Path) -> None:
    others = ("automations.yaml", ".gitpod/config.yaml", ".ona/config.json")
    known = (*KNOWN_PATHS, *(path.replace("*", "nightly") for path in WORKFLOW_PATHS))
    files = [tmp_path / path for path in (*others, *known)]
    for file in files:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("tasks: {}\n", encoding="utf-8")
    autoload = tmp_path / "home/.vim/autoload/lsp.vim"
    autoload.parent.mkdir(parents=True)
    autoload.write_text(
        "function! lsp#register_server(server) abort\n"
        "  call add(g:registered, a:server)\n"
        "endfunction\n"
    )
    result = tmp_path / "result.json"
    # Without the settings of this machine, but with file types and syntax as users have them.
    commands = ["set nocompatible", "filetype plugin indent on", "syntax on", f"source {SCRIPT}"]
    arguments = [each for command in commands for each in ("--cmd", command)]
    done = subprocess.run(
        ["vim", "-N", "-u", "NONE", "-i", "NONE", "-es", *arguments, "-S", DRIVER, "--", *files],
        env={**os.environ, "HOME": str(tmp_path / "home"), "RESULT": str(result)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert result.exists(), done.stdout + done.stderr
    server, *opened = json.loads(result.read_text())
    assert server == ["automation-validator", ["automation-validator", "lsp"], "yaml"]
    for file, (kind, served, syntax) in zip(files, opened, strict=True):
        if file in files[len(others) :]:
            assert (kind, served, syntax) == ("yaml.automations", 1, "yaml"), file
        else:
            assert not served, file
