"""Bound the work of rules that somebody else has written."""

from __future__ import annotations

MOST_STEPS = 3_000_000
"""Maximum number of steps of all rules of a configuration on one document: a few seconds."""


class TooMuchWork(Exception):
    """The rules take too many steps."""


class Effort:
    """Counts the steps of a check."""

    def __init__(self, steps: int = MOST_STEPS) -> None:
        self._left = steps

    def spend(self, steps: int) -> None:
        """Count some steps. Raises TooMuchWork if there have been too many."""
        self._left -= steps
        if self._left < 0:
            raise TooMuchWork
