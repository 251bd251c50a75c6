"""Draw a terminal with a command, its coloured output and its exit code, as SVG."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from html import escape
from pathlib import Path

ROOT = Path(__file__).parents[1]

FOLDER = ROOT / "fixtures" / "broken"
COLUMNS = 100
"""The width of the terminal, at which it wraps lines."""

SCHEMES = {
    "light": {
        "canvas": "#f6f8fa",
        "": "#1f2328",
        "31": "#c5221f",
        "33": "#8a5a00",
        "36": "#0a6b75",
        "94": "#0550ae",
    },
    "dark": {
        "canvas": "#0d1117",
        "": "#e6edf3",
        "31": "#ff7b72",
        "33": "#e3b341",
        "36": "#39c5cf",
        "94": "#79c0ff",
    },
}
"""For each colour scheme the background and the colours, by the codes that select them."""

_CHANGE_OUTPUT = {"NO_COLOR", "GITHUB_ACTIONS"}
_BOLD = "1"
_FONTS = "ui-monospace, SFMono-Regular, Menlo, Consolas, DejaVu Sans Mono, monospace"
_ADVANCE = 7.8
_LINE = 18
_MARGIN = 16


def draw(scheme: str) -> str:
    """The picture in a colour scheme, `light` or `dark`."""
    colors = SCHEMES[scheme]
    lines = list(_wrapped(_session()))
    width = _MARGIN * 2 + COLUMNS * _ADVANCE
    height = _MARGIN * 2 + len(lines) * _LINE
    texts = [
        _text(run, codes, column, number, colors)
        for number, line in enumerate(lines)
        for column, run, codes in line
        if run.strip()
    ]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height}"'
        f' width="{width:g}" height="{height}">\n'
        "<title>automation-validator check</title>\n"
        f'<rect width="100%" height="100%" rx="8" fill="{colors["canvas"]}"/>\n'
        f'<g font-family="{_FONTS}" font-size="13" xml:space="preserve">\n'
        + "\n".join(texts)
        + "\n</g>\n</svg>\n"
    )


def _session() -> str:
    """What a person sees who runs the command and asks for its exit code."""
    done = subprocess.run(
        [sys.executable, "-m", "validator", "check"],
        check=False,
        cwd=FOLDER,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env={
            **{name: value for name, value in os.environ.items() if name not in _CHANGE_OUTPUT},
            "COLUMNS": str(COLUMNS),
            "FORCE_COLOR": "1",
        },
    )
    return f"$ automation-validator check\n{done.stdout}$ echo $?\n{done.returncode}"


def _wrapped(session: str) -> Iterator[list[tuple[int, str, str]]]:
    """The lines of the terminal, each as runs of one style: column, text, codes of the style."""
    for line in session.split("\n"):
        runs: list[tuple[int, str, str]] = []
        column, codes = 0, ""
        for part in re.split("(\x1b\\[[0-9;]*m)", line):
            if part.startswith("\x1b"):
                codes = part[2:-1].removeprefix("0")
                continue
            at = 0
            while at < len(part):
                if column == COLUMNS:
                    yield runs
                    runs, column = [], 0
                run = part[at : at + COLUMNS - column]
                runs.append((column, run, codes))
                column += len(run)
                at += len(run)
        yield runs


def _text(run: str, codes: str, column: int, number: int, colors: dict[str, str]) -> str:
    left = len(run) - len(run.lstrip())
    run = run.strip()
    styles = codes.split(";")
    color = next((colors[code] for code in styles if code in colors), colors[""])
    weight = ' font-weight="bold"' if _BOLD in styles else ""
    # Its length is given, as the reader's font may be wider or narrower.
    return (
        f'<text x="{_MARGIN + (column + left) * _ADVANCE:g}" y="{_MARGIN + number * _LINE + 13}"'
        f' textLength="{len(run) * _ADVANCE:g}" lengthAdjust="spacingAndGlyphs"'
        f' fill="{color}"{weight}>{escape(run, quote=False)}</text>'
    )
