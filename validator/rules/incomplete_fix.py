"""Fixes that were not all made. Found by `validator.fixer`."""

from __future__ import annotations

from validator.finding import Severity
from validator.rule import Rule

RULES = (
    Rule(
        name="incomplete-fix",
        severity=Severity.ERROR,
        group="checking",
        summary="Not all fixes were made",
        why="Fixes are applied in rounds, and the document is checked after each. If many fixes "
        "overlap and the document is large, all rounds would take too long. The fixes that "
        "were made are correct; run `--fix` again for more, or fix some by hand.",
        blocking=True,
    ),
)
