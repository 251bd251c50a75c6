"""Keeping what a document must not contain out of everything that is shown of it."""

from __future__ import annotations

import re

from validator.finding import Problem
from validator.parsing.text import Text

# A message repeats at least so many characters of a value before they say anything about it.
_BEGINNING = 6
_REST = r"[^\s`'\"]*"


def without_secrets(problems: list[Problem], text: Text) -> list[Problem]:
    """Problems whose messages and notes have `*` in the place of secrets.

    The lines of the text are shown without them from then on.
    """
    text.secrets = sorted({each.span for each in problems if each.secret})
    beginnings = {text.value[start : start + _BEGINNING] for start, _ in text.secrets}
    return [_without(problem, beginnings) for problem in problems]


def _without(problem: Problem, beginnings: set[str]) -> Problem:
    notes = tuple(
        note._replace(message=_masked(note.message, beginnings)) for note in problem.notes
    )
    fixes = tuple(fix._replace(title=_masked(fix.title, beginnings)) for fix in problem.fixes)
    message = _masked(problem.message, beginnings)
    return problem._replace(message=message, notes=notes, fixes=fixes)


def _masked(message: str, beginnings: set[str]) -> str:
    """A message without what begins as a secret does: of a long one it has the beginning only."""
    at = 0
    while at < len(message):
        end = at + 1
        if message[at : at + _BEGINNING] in beginnings:
            found = re.compile(_REST).match(message, at)
            end = max(end, found.end() if found else end)
            message = message[:at] + "*" * (end - at) + message[end:]
        at = end
    return message
