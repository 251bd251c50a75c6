"""Comments that are not valid suppressions. Found by `validator.suppression`."""

from __future__ import annotations

from validator.finding import Severity
from validator.rule import Rule

_TASK = "tasks:\n  build:  # automation-validator: {}\n    name: Build\n    command: make\n"

RULES = (
    Rule(
        name="invalid-suppression",
        severity=Severity.WARNING,
        group="checking",
        summary="A comment is meant to suppress findings but does not",
        why="A comment names the rules that it suppresses: `# automation-validator: "
        "ignore[rule-a, rule-b] reason` at the end of a line or above it, or `ignore-file[rule]` "
        "before the first key. A misspelt rule name suppresses nothing, nor does the name of a "
        "rule that reports an incompletely checked document, such as `yaml-syntax`.",
        bad=_TASK.format("ignore") + "    triggeredBy: [manual]\n",
        good=_TASK.format("ignore[never-triggered]"),
        fixable=True,
        ignored_by="configuration",
    ),
)
