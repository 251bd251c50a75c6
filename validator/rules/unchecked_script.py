"""Scripts that shellcheck did not check. Found by `validator.script_check`."""

from __future__ import annotations

from validator.finding import Severity
from validator.rule import Rule

RULES = (
    Rule(
        name="unchecked-script",
        severity=Severity.HINT,
        group="scripts",
        summary="A script was not checked by shellcheck",
        why="Scripts of more than 10,000 characters are not checked, as shellcheck can take very "
        "long for them; neither are scripts for which it fails or takes too long. This is an error "
        'if the setting `shellcheck` is `"on"`.',
        settings=("shellcheck",),
    ),
)
