"""Generate the page of modules: what each module of the package does, from its docstring."""

from __future__ import annotations

import ast
from pathlib import Path

_ROOT = Path(__file__).parents[1]
_PACKAGE = _ROOT / "validator"

_HEAD = """\
# Modules

What each module does, from its docstring. [design.md](design.md) says how they work together and
which may import which. This page is generated: `make generate` writes it.
"""


def page() -> str:
    """The text of the page. Raises ValueError for a module without a docstring."""
    folders = [_PACKAGE, *sorted(path.parent for path in _PACKAGE.glob("*/**/__init__.py"))]
    return "\n".join([_HEAD, *map(_section, folders)])


def _section(folder: Path) -> str:
    name = folder.relative_to(_ROOT).as_posix()
    modules = sorted(folder.glob("[!_]*.py"))
    rows = "".join(
        f"| [`{each.stem}`](../../{name}/{each.name}) | {_line(each)} |\n" for each in modules
    )
    table = f"\n| module | what it does |\n|---|---|\n{rows}" if rows else ""
    return f"## {name}\n\n{_line(folder / '__init__.py')}\n{table}"


def _line(path: Path) -> str:
    """The first paragraph of a module's docstring, as one line of a table."""
    docstring = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    if not docstring:
        raise ValueError(f"{path.name} has no docstring")
    return " ".join(docstring.split("\n\n")[0].split()).replace("|", "\\|")
