"""Build the documentation site, by default into `site/`. Warnings are errors.

$ python -m scripts.site [--without-playground] [FOLDER]
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from scripts import site_pages
from validator import addresses

ROOT = Path(__file__).parents[1]

PLAYGROUND = "scripts.playground"
"""The module that builds the page of the playground."""


def build(target: Path, *, playground: bool = True) -> None:
    """Write the site into a folder, in place of what it contains.

    Without the playground, which needs npm, no page leads to it. Raises CalledProcessError if a
    part can't be built without a warning.
    """
    with tempfile.TemporaryDirectory() as folder:
        configuration = site_pages.write(
            Path(folder),
            repository=addresses.REPOSITORY.rstrip("/"),
            site=addresses.SITE.rstrip("/"),
            playground=playground,
        )
        _run("zensical", "build", "--strict", "--config-file", str(configuration), folder=folder)
        shutil.rmtree(target, ignore_errors=True)
        shutil.move(Path(folder) / "site", target)
    if playground:
        _run(PLAYGROUND, str(target / "playground"), folder=str(ROOT))


def _run(module: str, *arguments: str, folder: str) -> None:
    """Run a module as a program, which shows its output only if it fails."""
    done = subprocess.run(
        [sys.executable, "-m", module, *arguments],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
        text=True,
        encoding="utf-8",
    )
    if done.returncode:
        # zensical colours each character of what it quotes, and has no option against it.
        print(re.sub("\x1b\\[[0-9;]*m", "", done.stdout), file=sys.stderr)
        done.check_returncode()


def main(arguments: list[str]) -> int:
    """Run the command; returns its exit code."""
    parser = argparse.ArgumentParser(prog="python -m scripts.site", description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT / "site")
    help_ = "leave out the playground, which needs npm"
    parser.add_argument("--without-playground", action="store_true", help=help_)
    chosen = parser.parse_args(arguments)
    target: Path = chosen.folder
    try:
        build(target, playground=not chosen.without_playground)
    except subprocess.CalledProcessError as error:
        return error.returncode
    print(f"wrote {target}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
