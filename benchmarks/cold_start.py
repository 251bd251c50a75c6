"""The time to check one small file, valid or rejected, which mostly is startup."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.files import CLEAN, REJECTED, SCHEMA, SMALL, WORKFLOW, write
from benchmarks.measure import Group, check, command, interleaved, tool

FLOOR = "import sys, yaml, click; yaml.compose(open(sys.argv[1]).read(), yaml.CSafeLoader)"


def groups(*, quick: bool) -> Iterator[Group]:
    with TemporaryDirectory() as name:
        folder = Path(name)
        rejected = write(folder, "rejected", REJECTED)
        for title, text in (("of 266 bytes", SMALL), ("of 1 kB", CLEAN)):
            path = write(folder, title.replace(" ", "-"), text)
            actions = {
                "floor: import yaml and click, compose": command(sys.executable, "-c", FLOOR, path),
                "automation-validator check": command(*check(path)),
                "Python alone": command(sys.executable, "-c", "pass"),
            }
            if text is CLEAN:
                actions["automation-validator check, rejected"] = command(*check(rejected))
            for peer, arguments in peers(folder, path).items():
                found = tool(arguments[0])
                if found is not None:
                    actions[peer] = command(found, *arguments[1:])
            timings = interleaved(actions, 2 if quick else 30)
            yield Group(f"Cold start: one file {title}", timings, {})


def peers(folder: Path, path: str) -> dict[str, list[str]]:
    """Other linters on the same file; zizmor, which only supports workflows, on one of those."""
    workflow = folder / "workflow.yml"
    workflow.write_text(WORKFLOW)
    return {
        "yamllint": ["yamllint", "-d", "relaxed", path],
        "check-jsonschema": ["check-jsonschema", "--schemafile", str(SCHEMA), path],
        "ajv-cli": ["ajv", "validate", "--strict=false", "-s", str(SCHEMA), "-d", path],
        "zizmor (a workflow)": ["zizmor", "--offline", str(workflow)],
    }
