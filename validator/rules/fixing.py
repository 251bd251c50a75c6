"""Rules for applying fixes; `validator.fixing` reports their findings."""

from __future__ import annotations

from validator.finding import Severity
from validator.rule import Rule

RULES = (
    Rule(
        name="incomplete-fix",
        severity=Severity.ERROR,
        summary="Not all fixes were made",
        why="Fixes are made in rounds, and the document is checked after each. Where fixes touch "
        "one another and the document is large, all rounds would take too long. The fixes that "
        "were made are sound; run `--fix` again for more, or fix some by hand.",
        blocking=True,
    ),
)
