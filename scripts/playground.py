"""Build the playground: a folder with the page that runs this package in the browser.

$ python -m scripts.playground OUT

It needs npm and Node.js, and the packages of `playground/package.json`, which it installs there if
they are missing. Any server of static files can serve the folder, at any address.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from importlib import metadata
from pathlib import Path
from threading import Thread

from playground.python.worker import TABS, handle
from validator import all_rules
from validator.kinds import DEFAULT_KIND, WORKFLOW_FILE

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "playground"

LIBRARIES = ("PyYAML",)
"""The distributions that a check imports, apart from networkx. Their extensions are left out."""

LATER = ("networkx",)
"""Those that few checks import: the page loads them when they are needed."""

PYODIDE = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip")
# What a page has no use for.
_LEFT_OUT = {
    "tests",
    "benchmarks",
    "server",
    "cli",
    "proposal",
    "output",
    "search",
    "page",
    "_yaml",
}
_ENDINGS = (".py", ".json", ".css", ".html", ".js", ".svg")


def build(out: Path, source: Path = SOURCE) -> None:
    """Write the playground to a folder. `source` is the folder `playground`, or a copy of it.

    Raises CalledProcessError if npm or Node.js fails.
    """
    if not (source / "node_modules").is_dir():
        npm = ["npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts", "--silent"]
        subprocess.run(npm, cwd=source, check=True)
    out.mkdir(parents=True, exist_ok=True)
    bundle = ["npm", "run", "--silent", "bundle", "--", f"--outdir={out.resolve()}"]
    subprocess.run([*bundle, "--log-level=warning"], cwd=source, check=True)
    for name in ("index.html", "style.css"):
        shutil.copy(source / name, out / name)
    (out / "pyodide").mkdir(exist_ok=True)
    for name in (*PYODIDE, "pyodide-lock.json"):
        shutil.copy(source / "node_modules/pyodide" / name, out / "pyodide" / name)
    _lock(out / "pyodide/pyodide-lock.json")
    _pack(out / "package.zip", _package())
    _pack(out / "later.zip", _libraries(LATER))
    subprocess.run(["node", "compile.mjs", str(out.resolve())], cwd=source, check=True)
    (out / "examples.json").write_text(json.dumps(examples()), encoding="utf-8")
    loaded = ["package.zip", *(f"pyodide/{name}" for name in PYODIDE if not name.endswith(".mjs"))]
    sizes = {name: (out / name).stat().st_size for name in loaded}
    (out / "sizes.json").write_text(json.dumps(sizes), encoding="utf-8")


def can_build() -> bool:
    """Whether npm and Node.js are installed, and the registry of npm answers."""
    if not all(map(shutil.which, ("npm", "node"))):
        return False
    return not subprocess.run(["npm", "ping"], capture_output=True, check=False).returncode


def build_apart(folder: Path) -> Path:
    """Build the playground below a folder, without writing to the checkout; returns where it is."""
    source, out = folder / "source", folder / "out"
    ignored = shutil.ignore_patterns("node_modules", "__pycache__")
    shutil.copytree(SOURCE, source, ignore=ignored)
    build(out, source)
    return out


def _lock(path: Path) -> None:
    """Remove the packages from Pyodide's index: none is loaded, and it is a hundred kilobytes."""
    lock = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps({**lock, "packages": {}}), encoding="utf-8")


def _package() -> Iterator[tuple[str, Path]]:
    """The files of this package, of its libraries and of the page's own Python."""
    for folder, name in ((ROOT / "validator", "validator"), (ROOT / "schema", "validator/schema")):
        for path in sorted(folder.rglob("*")):
            yield f"{name}/{path.relative_to(folder).as_posix()}", path
    for path in sorted((SOURCE / "python").glob("[!_]*.py")):
        yield path.name, path
    yield from _libraries(LIBRARIES)


def _libraries(names: tuple[str, ...]) -> Iterator[tuple[str, Path]]:
    for name in names:
        for file in metadata.files(name) or ():
            yield file.as_posix(), Path(str(file.locate()))


def _pack(archive: Path, files: Iterator[tuple[str, Path]]) -> None:
    """Write an archive of the files that a browser can use, the same each time."""
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as made:
        for name, path in files:
            parts = Path(name).parts
            if name.startswith("..") or not _LEFT_OUT.isdisjoint(parts[:-1]):
                continue
            if path.is_file() and name.endswith(_ENDINGS):
                made.writestr(zipfile.ZipInfo(name), path.read_bytes(), zipfile.ZIP_DEFLATED)


def examples() -> list[dict[str, object]]:
    """The wrong example of each rule, with the tab that it is opened in."""
    found: list[dict[str, object]] = []
    for rule in all_rules().values():
        tab = tab_of(rule.bad, rule.name) if rule.bad else None
        if tab is not None:
            found.append(
                {
                    "rule": rule.name,
                    "severity": str(rule.severity),
                    "summary": rule.summary,
                    "everything": rule.optional,
                    "tab": tab,
                    "text": rule.bad,
                }
            )
    return found


def tab_of(text: str, rule: str) -> str | None:
    """The tab in which a check of a text finds a rule; None if it is found in none."""
    for tab, kind in (("automations", DEFAULT_KIND), ("workflow", WORKFLOW_FILE), ("api", None)):
        assert tab in TABS
        asked = {"op": "check", "tab": tab, "text": text, "everything": True}
        answer = json.loads(handle(json.dumps(asked)))
        rules = {each["rule"] for each in answer["findings"]}
        if rule in rules and kind in (None, answer["kind"]):
            return tab
    return None


@contextmanager
def serve(folder: Path) -> Iterator[str]:
    """Serve a folder on a free port of this machine; gives its address."""
    handler = partial(_Handler, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


class _Handler(SimpleHTTPRequestHandler):
    # Not what the system's settings say.
    extensions_map = {  # noqa: RUF012
        **SimpleHTTPRequestHandler.extensions_map,
        ".js": "text/javascript",
        ".mjs": "text/javascript",
        ".wasm": "application/wasm",
    }

    def log_message(self, *_: object) -> None:
        """Write nothing."""


def main(arguments: list[str] | None = None) -> int:
    """Run the command; returns its exit code."""
    parser = argparse.ArgumentParser(prog="python -m scripts.playground", description=__doc__)
    parser.add_argument("out", type=Path, help="folder to write to")
    build(parser.parse_args(arguments).out)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
