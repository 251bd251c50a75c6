"""Write the files that are generated from other parts of the project.

$ python -m scripts.generate           # write files that differ, delete those of removed rules
$ python -m scripts.generate --check   # report these files, and exit with 1
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

from scripts import (
    automations_file_page,
    configuration,
    library_page,
    models_page,
    modules_page,
    rule_index,
    rules_page,
    shown,
    terminal_picture,
)
from validator.rules import INDEX as RULES

ROOT = Path(__file__).parents[1]

INDEX = "validator/rules/index.py"


def _rule_page(name: str, _text: str) -> str:
    return rules_page.page(name)


MADE: dict[str, Callable[[str], str]] = {
    INDEX: lambda _: rule_index.page(),
    "schema/config.schema.json": configuration.schema,
    "docs/rules/index.md": lambda _: rules_page.index(),
    **{f"docs/rules/{name}.md": partial(_rule_page, name) for name in RULES},
    "docs/explanation/modules.md": lambda _: modules_page.page(),
    "docs/reference/automations-file.md": lambda _: automations_file_page.page(),
    "docs/reference/library.md": lambda _: library_page.page(),
    "docs/reference/models.md": lambda _: models_page.page(),
    "docs/reference/workflow-file.md": lambda _: models_page.workflow_file_page(),
    "docs/reference/configuration.md": configuration.page,
    "docs/guides/editors.md": shown.editors,
    "docs/guides/plan-and-graph.md": shown.commands,
    "docs/guides/python.md": shown.python,
    "docs/guides/graph.svg": lambda _: shown.picture(),
    "docs/guides/timeline.svg": lambda _: shown.timeline_picture(),
    "docs/assets/terminal-light.svg": lambda _: terminal_picture.draw("light"),
    "docs/assets/terminal-dark.svg": lambda _: terminal_picture.draw("dark"),
    "README.md": shown.readme,
}
"""Each file that is generated, wholly or partly, with the function from its old to its new text."""

GENERATED = ("docs/rules/*.md",)
"""Patterns of files that are all generated: a file that is not in `MADE` is left from an earlier
time."""


def stale() -> list[str]:
    """The files that are not generated any more, such as the page of a removed rule."""
    found = (path for pattern in GENERATED for path in ROOT.glob(pattern))
    return sorted({path.relative_to(ROOT).as_posix() for path in found} - MADE.keys())


def differs(name: str) -> str | None:
    """The new text of a file; None if it is up to date."""
    path = ROOT / name
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    made = MADE[name](text)
    return None if made == text else made


def main(arguments: list[str]) -> int:
    """Run the command; returns its exit code."""
    parser = argparse.ArgumentParser(prog="python -m scripts.generate", description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing, report what differs")
    only_check = parser.parse_args(arguments).check
    changed = False
    for name in MADE:
        text = differs(name)
        if text is None:
            continue
        changed = True
        print(f"{name} differs" if only_check else f"wrote {name}")
        if not only_check:
            (ROOT / name).write_text(text, encoding="utf-8", newline="\n")
            if name == INDEX:
                # The other files depend on the index, which this process has already imported.
                again = [sys.executable, "-m", "scripts.generate", *arguments]
                return subprocess.run(again, check=False, cwd=ROOT).returncode
    for name in stale():
        changed = True
        print(f"{name} is not generated any more" if only_check else f"deleted {name}")
        if not only_check:
            (ROOT / name).unlink()
    return int(changed and only_check)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
