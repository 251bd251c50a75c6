"""Comments of shellcheck on scripts. Found by `validator.script_check`."""

from __future__ import annotations

from validator.finding import Severity
from validator.rule import Rule

_SERVICE = (
    "services:\n  db:\n    name: Database\n    triggeredBy: [postEnvironmentStart]\n"
    "    commands:\n      start: postgres -D data\n      ready: {}\n"
)

RULES = (
    Rule(
        name="shellcheck",
        severity=Severity.WARNING,
        group="scripts",
        summary="A script has a mistake that shellcheck knows",
        why="shellcheck knows hundreds of mistakes in shell scripts. Its errors and warnings are "
        "warnings here, and everything else is a hint; its code leads to a page that explains it. "
        "It is run only if it is installed (see the setting `shellcheck`), with `set -e` as the "
        "platform ends a script at the first command that fails, and without the comments that "
        "need to know the environment. `ignore[SC2086]` suppresses one code, and so does "
        "shellcheck's own comment in the script.",
        bad=_SERVICE.format("$(pg_isready)"),
        good=_SERVICE.format("pg_isready"),
        fixable=True,
        settings=("shellcheck", "shell"),
    ),
)
