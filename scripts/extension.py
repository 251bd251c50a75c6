"""Package the VS Code extension for one platform, with the language server in it.

`npm ci` must have been run in `editors/vscode`. The package is made from a copy of what belongs
into it; its manifest gets the address of the repository from `validator/addresses.py`, once it is
known.

$ python -m scripts.extension                      # for this machine
$ python -m scripts.extension --target win32-x64   # for another platform
$ python -m scripts.extension --target universal   # for all platforms, without a server
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from scripts import extension_server
from validator.addresses import REPOSITORY

ROOT = Path(__file__).parents[1]
EXTENSION = ROOT / "editors/vscode"
UNIVERSAL = "universal"
_FILES = ("CHANGELOG.md", "LICENSE", "README.md", "images/*.png", "walkthrough/*.md")
_OF_DEVELOPMENT = ("scripts", "devDependencies", "private")


def manifest(given: dict[str, Any], repository: str) -> dict[str, Any]:
    """The manifest of the package: without what is for development, with the addresses."""
    made = {name: value for name, value in given.items() if name not in _OF_DEVELOPMENT}
    if repository:
        made["repository"] = {
            "type": "git",
            "url": f"{repository}.git",
            "directory": "editors/vscode",
        }
        made["bugs"] = {"url": f"{repository}/issues"}
        made["homepage"] = f"{repository}#readme"
    return made


def options(repository: str, version: str) -> list[str]:
    """What `vsce` is told about links: the Marketplace shows the README on a page of its own."""
    if not repository:
        return ["--allow-missing-repository", "--no-rewrite-relative-links"]
    path = f"v{version}/editors/vscode"
    return [
        f"--baseContentUrl={repository}/blob/{path}",
        f"--baseImagesUrl={repository}/raw/{path}",
    ]


def package(target: str, output: Path) -> None:
    """Write the package. Raises CalledProcessError if a program fails."""
    for script in ("check", "bundle"):
        subprocess.run(["npm", "run", "--silent", script], cwd=EXTENSION, check=True)
    made = manifest(json.loads((EXTENSION / "package.json").read_text("utf-8")), REPOSITORY)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for path in (each for pattern in _FILES for each in EXTENSION.glob(pattern)):
            _copy(path, folder)
        _copy(EXTENSION / made["main"], folder)
        (folder / "package.json").write_text(json.dumps(made, indent=2), encoding="utf-8")
        if target != UNIVERSAL:
            _copy(EXTENSION / "server/run.py", folder)
            extension_server.collect(target, folder / "server/lib")
        output.parent.mkdir(parents=True, exist_ok=True)
        command = [str(EXTENSION / "node_modules/.bin/vsce"), "package", "--no-dependencies"]
        command += [] if target == UNIVERSAL else ["--target", target]
        command += [*options(REPOSITORY, made["version"]), "--out", str(output.resolve())]
        subprocess.run(command, cwd=folder, check=True)


def _copy(path: Path, folder: Path) -> None:
    target = folder / path.relative_to(EXTENSION)
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(path, target)


def main(arguments: list[str]) -> int:
    """Run the command; returns its exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    targets = [*extension_server.PLATFORMS, UNIVERSAL]
    parser.add_argument("--target", choices=targets, default=extension_server.this_platform())
    output = EXTENSION / "dist/automation-validator.vsix"
    parser.add_argument("--output", type=Path, default=output)
    given = parser.parse_args(arguments)
    package(given.target, given.output)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
