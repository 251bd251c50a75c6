"""Update the parts of pages that show other files, or the output of commands."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

from scripts import models_page
from validator import drawing, read_document
from validator.api.timeline import timeline
from validator.drawing.diagram import diagram_of
from validator.drawing.timelines import timeline_svg

ROOT = Path(__file__).parents[1]

_LANGUAGES = {".el": "elisp", ".json": "json", ".lua": "lua", ".toml": "toml", ".vim": "vim"}


def readme(text: str) -> str:
    """The README with the output of its first command."""
    shown = re.search(r"^```text\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    assert shown is not None
    return text[: shown.start(1)] + _printed("check fixtures/broken") + text[shown.end(1) :]


def python(text: str) -> str:
    """The page on Python with the table of models."""
    table = models_page.table()
    head = re.escape(table.partition("\n")[0])
    return re.sub(rf"^{head}\n(?:\|.*\n)+", lambda _: table, text, flags=re.MULTILINE)


def commands(text: str) -> str:
    """A page with the output of its `plan` commands."""
    return re.sub(
        r"^```console\n\$ automation-validator (plan.*)\n(?:.*\n)*?```$",
        lambda found: f"```console\n$ automation-validator {found[1]}\n{_printed(found[1])}```",
        text,
        flags=re.MULTILINE,
    )


def editors(text: str) -> str:
    """The page on editors with the settings in `editors/`."""
    blocks = r"<!-- (editors/\S+) -->\n.*?<!-- end -->\n"
    return re.sub(blocks, _settings, text, flags=re.DOTALL)


def picture() -> str:
    """The picture of the page on graphs."""
    file = ROOT / "fixtures" / "graph" / "automations.yaml"
    document = read_document(file.read_text(encoding="utf-8"))
    assert document is not None
    return drawing.draw(diagram_of(document), "svg")


def timeline_picture() -> str:
    """The picture of the page on timelines."""
    folder = ROOT / "fixtures" / "timeline"
    document = read_document((folder / "automations.yaml").read_text(encoding="utf-8"))
    assert document is not None
    executions = json.loads((folder / "executions.json").read_text(encoding="utf-8"))
    return timeline_svg.draw(timeline(executions["taskExecutions"], document))


def _printed(arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "validator", *arguments.split()],
        check=False,
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, "COLUMNS": "100"},
    )
    return done.stdout


def _settings(found: re.Match[str]) -> str:
    path = ROOT / found[1]
    language = _LANGUAGES.get(path.suffix, "yaml" if "syntax" in path.suffix else "json")
    content = path.read_text(encoding="utf-8")
    return f"<!-- {found[1]} -->\n```{language}\n{content}```\n<!-- end -->\n"
