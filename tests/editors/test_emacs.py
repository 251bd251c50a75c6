"""A real Emacs with the settings in `editors/`, and the real language server."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.optional import needs
from validator.kinds import KNOWN_PATHS

SCRIPT = Path(__file__).parents[2] / "editors/eglot.el"
DRIVER = Path(__file__).parent / "emacs.el"
BATCH = ["emacs", "--batch", "--no-init-file", "--funcall", "package-initialize"]
PACKAGES = "(progn (require 'eglot) (require 'yaml-mode))"


def is_usable() -> bool:
    if shutil.which("emacs") is None:
        return False
    return subprocess.run([*BATCH, "--eval", PACKAGES], capture_output=True).returncode == 0


pytestmark = needs("Emacs with eglot and yaml-mode", is_usable())


def emacs(folder: Path, *arguments: str | Path) -> str:
    path = os.pathsep.join([os.path.dirname(sys.executable), os.environ["PATH"]])
    environment = {**os.environ, "HOME": str(folder), "PATH": path}
    done = subprocess.run(
        [*BATCH, *arguments], capture_output=True, text=True, env=environment, timeout=60
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_settings_compile_without_a_warning(tmp_path: Path) -> None:
    copy = tmp_path / SCRIPT.name
    shutil.copy(SCRIPT, copy)
    strict = "(setq byte-compile-error-on-warn t)"
    emacs(tmp_path, "--eval", strict, "--funcall", "batch-byte-compile", copy)
    assert copy.with_suffix(".elc").exists()


def test_known_paths_are_served(tmp_path: Path) -> None:
    paths = ("automations.yaml", ".gitpod/config.yaml", *KNOWN_PATHS)
    # One folder per file: the second of two known files in one folder has an additional finding.
    files = [tmp_path / str(number) / path for number, path in enumerate(paths)]
    for file in files:
        file.parent.mkdir(parents=True)
        file.write_text("tasks: {build: {name: Build, comand: make}}\n", encoding="utf-8")
    finding = "`comand` is not a field of a task; did you mean `command`?"
    expected = [f"{file.name} yaml-mode" for file in files[:2]]
    for file in files[2:]:
        expected += [f"{file.name} automations-mode"]
        expected += [f"30-36 automation-validator [unknown-field]: {finding}"]
    assert emacs(tmp_path, "--load", SCRIPT, "--load", DRIVER, *files).splitlines() == expected
