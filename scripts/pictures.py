"""Take the pictures of the docs that need other programs, and write them to `docs/assets/`.

`code-server` is an npm package; Chromium and its driver are found on the PATH. The pictures of a
terminal are not among these: `python -m scripts.generate` writes them.

$ python -m scripts.pictures --code-server .../code-server/out/node/entry.js --extension X.vsix
"""

from __future__ import annotations

import argparse
import shutil
import sys
from pathlib import Path

from scripts import editor_picture

ROOT = Path(__file__).parents[1]
ASSETS = ROOT / "docs" / "assets"
IMAGES = ROOT / "editors" / "vscode" / "images"
EXTENSION_PICTURES = {"findings.png": "editor-light.png", "graph.png": "panel-light.png"}
"""The pictures that the extension's README shows: copies, as the package contains them."""


def main(arguments: list[str]) -> int:
    """Run the command; returns its exit code."""
    parser = argparse.ArgumentParser(prog="python -m scripts.pictures", description=__doc__)
    parser.add_argument("--code-server", type=Path, required=True, help="the file entry.js of it")
    parser.add_argument("--extension", type=Path, required=True, help="made by `npm run package`")
    given = parser.parse_args(arguments)
    program = Path(sys.executable).parent / "automation-validator"
    for picture in editor_picture.take(given.code_server, given.extension, program, ASSETS):
        print(f"wrote {picture}")
    for name, of_the_docs in EXTENSION_PICTURES.items():
        shutil.copy(ASSETS / of_the_docs, IMAGES / name)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
