"""Comments that suppress nothing. Found by `validator.suppression`."""

from __future__ import annotations

from validator.finding import Severity
from validator.rule import Rule

_TASK = "tasks:\n  build:  # automation-validator: {}\n    name: Build\n    command: make\n"

RULES = (
    Rule(
        name="unused-suppression",
        severity=Severity.WARNING,
        group="checking",
        summary="A comment suppresses a finding that does not exist",
        why="The finding it was written for is fixed or has moved. If the comment stays, it hides "
        "the next mistake of that kind.",
        bad=_TASK.format("ignore[duplicate-trigger]") + "    triggeredBy: [manual]\n",
        good=_TASK.format("ignore[never-triggered] started by a script"),
        fixable=True,
        ignored_by="configuration",
    ),
)
