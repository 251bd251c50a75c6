"""The rules. Each module of this package declares one, or a tight family, in `RULES`.

A check imports only the modules of the rules that have something to look at: `INDEX` says where
each rule is and what it needs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from importlib import import_module
from typing import TypeVar

from validator.finding import Problem, Span
from validator.rule import Rule
from validator.rules.index import INDEX

__all__ = [
    "BLOCKING",
    "CHECKS",
    "INDEX",
    "MERGED",
    "OPTIONAL",
    "WORDS",
    "Rule",
    "all_rules",
    "crash",
    "declared",
    "found_by",
]

_Document = TypeVar("_Document")

CHECKS = {name: frozenset(entry.needs) for name, entry in INDEX.items() if entry.checks}
"""The names of the rules that have a check of their own, and what they need."""

WORDS = {name: entry.words for name, entry in INDEX.items() if entry.words}
"""Of some rules, the words of which a text must contain one, so that they can find anything."""

BLOCKING = frozenset(name for name, entry in INDEX.items() if entry.blocking)
"""The names of the rules whose findings mean that a document was not wholly checked, or fixed."""

OPTIONAL = frozenset(name for name, entry in INDEX.items() if entry.optional)
"""The names of the rules that are used only where they are asked for."""

MERGED = frozenset(name for name, entry in INDEX.items() if entry.merges)
"""The names of the rules that have one finding in a document at most."""


@cache
def declared(name: str) -> Rule:
    """The rule of a name. Raises KeyError for one that there is not."""
    rules: tuple[Rule, ...] = import_module(INDEX[name].module).RULES
    return next(rule for rule in rules if rule.name == name)


@cache
def all_rules() -> dict[str, Rule]:
    """Every rule by its name, in the order of their names."""
    return {name: declared(name) for name in INDEX}


def found_by(
    name: str, check: Callable[[_Document], Iterator[Problem]], document: _Document
) -> list[Problem]:
    """The problems that a rule finds; a crash is a problem too, and the other rules go on."""
    try:
        return list(check(document))
    except Exception as error:
        return [crash(f"the rule `{name}`", error)]


def crash(what: str, error: Exception) -> Problem:
    """The problem that a defect of this program is; `what` failed."""
    message = f"{what} failed: {type(error).__name__}: {error}"
    return Problem("internal-error", message, Span(0, 0))
