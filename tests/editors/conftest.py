"""The VS Code extension, packaged as for its users."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.checkout import ROOT

_LEFT_OUT = (".*", "node_modules", "dist", "build", "site", "lib", "__pycache__")


@pytest.fixture(scope="session")
def vsix(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of the extension, for this machine; made once."""
    source = tmp_path_factory.mktemp("extension") / "source"
    for name in ("docs", "editors", "schema", "scripts", "validator"):
        shutil.copytree(ROOT / name, source / name, ignore=shutil.ignore_patterns(*_LEFT_OUT))
    for name in ("LICENSE", "README.md", "pyproject.toml"):
        shutil.copy(ROOT / name, source)
    path = os.pathsep.join([os.path.dirname(sys.executable), os.environ["PATH"]])
    for command in (["npm", "ci"], ["npm", "run", "package"]):
        done = subprocess.run(
            command,
            cwd=source / "editors/vscode",
            env=os.environ | {"PATH": path},
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stdout + done.stderr
    return source / "editors/vscode/dist/automation-validator.vsix"
