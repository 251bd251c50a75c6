"""Scripts that the shell can't parse. Found by `validator.script_check`."""

from __future__ import annotations

from validator.finding import Severity
from validator.rule import Rule

_TASK = "tasks:\n  greet:\n    name: Greet\n    command: {}\n    triggeredBy: [manual]\n"

RULES = (
    Rule(
        name="script-syntax",
        severity=Severity.ERROR,
        group="scripts",
        summary="The shell can't parse a script",
        why="Such a script fails as soon as it starts, or at the line that can't be parsed. "
        "shellcheck finds the mistake, so it is reported only if shellcheck is installed (see the "
        "setting `shellcheck`). It is a warning if the shell accepts the script, and shellcheck "
        "does not.",
        bad=_TASK.format("echo Let's go"),
        good=_TASK.format('echo "Let\'s go"'),
        settings=("shellcheck", "shell"),
    ),
)
