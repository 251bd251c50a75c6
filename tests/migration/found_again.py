"""Whether what an older file contains is in what it was migrated to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import yaml

from validator.migration import gp_commands
from validator.migration.migration import Migration
from validator.shell.reader import read


def scripts_of(text: str) -> list[str]:
    """The scripts of an automations file."""
    data = yaml.safe_load(text) or {}
    tasks = [each["command"] for each in (data.get("tasks") or {}).values()]
    return tasks + [each["commands"]["start"] for each in (data.get("services") or {}).values()]


def missing_scripts(older: Any, migration: Migration) -> list[str]:
    """The scripts of an older file's tasks that are not in the new one, letter for letter.

    Of a script with commands of `gp`, whose lines may have changed, each command is looked for.
    """
    scripts = scripts_of(migration.file)
    return [
        script for script in older_scripts(older) if not _is_there(script, scripts, migration.file)
    ]


def older_scripts(older: Any) -> Iterator[str]:
    """The scripts of the tasks of an older file."""
    for task in older.get("tasks") or []:
        for name in ("before", "init", "prebuild", "command"):
            script = task.get(name) if isinstance(task, dict) else None
            if isinstance(script, str) and script.strip():
                yield script


def _is_there(script: str, scripts: list[str], file: str) -> bool:
    if any(script.rstrip("\n") in each for each in scripts):
        return True
    lines = script.split("\n")
    if gp_commands.is_only_comments(script):
        return all(line.strip() in file for line in lines)
    found = read(script)
    if found is None or not gp_commands.find(script):
        return False
    every = "\n".join(scripts) + file
    return all(
        line.strip() in every
        for command in found.commands
        for line in script[command.start : command.end].split("\n")
    )
