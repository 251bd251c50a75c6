"""Collect the language server that the VS Code extension contains, for one platform.

The extension must work offline and for any Python that its user has, so what the server needs is
installed into one folder. Compiled modules carry the version of Python in their names, so those for
several versions lie there side by side.

$ python -m scripts.extension_server linux-x64 editors/vscode/server/lib
"""

from __future__ import annotations

import argparse
import platform
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
REQUIREMENTS = ROOT / "editors/vscode/server/requirements.txt"
COMPILED = ROOT / "editors/vscode/server/requirements-compiled.txt"

VERSIONS = ("3.10", "3.11", "3.12", "3.13", "3.14")
"""The versions of Python that the server runs on."""

PLATFORMS = {
    "alpine-arm64": ["musllinux_1_2_aarch64", "musllinux_1_1_aarch64"],
    "alpine-x64": ["musllinux_1_2_x86_64", "musllinux_1_1_x86_64"],
    "darwin-arm64": ["macosx_11_0_arm64"],
    "darwin-x64": ["macosx_10_13_x86_64", "macosx_10_12_x86_64", "macosx_10_9_x86_64"],
    "linux-arm64": ["manylinux2014_aarch64", "manylinux_2_17_aarch64"],
    "linux-x64": ["manylinux2014_x86_64", "manylinux_2_17_x86_64"],
    "win32-x64": ["win_amd64"],
}
"""The platforms, as VS Code names them, with the tags of wheels that run there."""

_KEPT_METADATA = ("METADATA", "licenses")
"""What is kept of a package's metadata: version and license. The rest names the machine."""


def this_platform() -> str:
    """The name of the platform that this runs on. Raises KeyError if VS Code has none for it."""
    system = {"darwin": "darwin", "linux": "linux", "win32": "win32"}[sys.platform]
    if system == "linux" and platform.libc_ver()[0] != "glibc":
        system = "alpine"
    machine = {"aarch64": "arm64", "arm64": "arm64", "amd64": "x64", "x86_64": "x64"}
    return f"{system}-{machine[platform.machine().lower()]}"


def collect(name: str, target: Path) -> None:
    """Install the server and what it needs for a platform into a folder, which is replaced.

    Raises CalledProcessError if pip fails, KeyError if the platform is unknown.
    """
    tags = [option for tag in PLATFORMS[name] for option in ("--platform", tag)]
    shutil.rmtree(target, ignore_errors=True)
    _install(target, str(ROOT))
    wheels = ["--only-binary=:all:", "--implementation", "cp"]
    pure = ["--python-version", VERSIONS[0], "--platform", "any", "--abi", "none"]
    _install(target, *wheels, *pure, "--requirement", str(REQUIREMENTS))
    for version in VERSIONS:
        with tempfile.TemporaryDirectory() as folder:
            options = [*wheels, *tags, "--python-version", version]
            _install(Path(folder), *options, "--requirement", str(COMPILED))
            shutil.copytree(folder, target, dirs_exist_ok=True)
    _clean(target)


def _install(target: Path, *arguments: str) -> None:
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    options = ["--no-deps", "--no-compile", "--upgrade", "--target", str(target)]
    subprocess.run([*pip, *options, *arguments], check=True)


def _clean(folder: Path) -> None:
    """Remove commands, tests, and what pip writes about the machine."""
    shutil.rmtree(folder / "bin", ignore_errors=True)
    for tests in [*folder.rglob("tests")]:
        shutil.rmtree(tests)
    for metadata in folder.glob("*.dist-info"):
        for path in metadata.iterdir():
            if path.name.startswith(("LICENSE", "COPYING", *_KEPT_METADATA)):
                continue
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink()


def main(arguments: list[str]) -> int:
    """Run the command; returns its exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("platform", choices=[*PLATFORMS, "this"], help="`this`: of this machine")
    parser.add_argument("target", type=Path, help="folder to replace")
    given = parser.parse_args(arguments)
    name = this_platform() if given.platform == "this" else given.platform
    collect(name, given.target)
    print(f"collected the server for {name}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
