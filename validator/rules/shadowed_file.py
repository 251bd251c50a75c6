"""Second automations files in a repository. Found where files are looked for."""

from __future__ import annotations

from validator.finding import Severity
from validator.rule import Rule

RULES = (
    Rule(
        name="shadowed-file",
        severity=Severity.WARNING,
        group="files",
        summary="The platform reads only one of the automations files in a repository",
        why="If two files are at known paths, one of them has no effect, and which one is not "
        "documented. Move all tasks and services into `.ona/config.yaml`, and remove the others.",
    ),
)
