"""The rules. Each module of this package declares one, or a few closely related ones, in `RULES`.

A check imports only the modules of rules that apply to the document: `INDEX` contains the module of
each rule and what it needs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from importlib import import_module

from validator.finding import Problem, Span
from validator.rule import GROUPS, Group, Rule
from validator.rules.index import INDEX

TYPE_CHECKING = False

if TYPE_CHECKING:
    from typing import TypeVar

    _Document = TypeVar("_Document")

__all__ = [
    "ABOUT_OWN",
    "ALL",
    "BLOCKING",
    "CHECKS",
    "IGNORABLE",
    "INDEX",
    "MERGED",
    "OPTIONAL",
    "OWN",
    "RECOMMENDED",
    "SECRET",
    "SELECTORS",
    "STRICT",
    "WORDS",
    "Rule",
    "all_rules",
    "crash",
    "declared",
    "found_by",
    "in_groups",
    "is_code",
    "may_find",
    "specificity",
]

CHECKS = {name: frozenset(entry.needs) for name, entry in INDEX.items() if entry.checks}
"""The rules with their own check, and what each needs to run."""

WORDS = {name: entry.words for name, entry in INDEX.items() if entry.words}
"""Of some rules, the words of which a text must contain one, so that they can find anything."""

BLOCKING = frozenset(name for name, entry in INDEX.items() if entry.blocking)
"""The rules whose findings mean that a document was not completely checked, or not fixed."""

OPTIONAL = frozenset(name for name, entry in INDEX.items() if entry.optional)
"""The rules that are off unless requested."""

SECRET = frozenset(name for name, entry in INDEX.items() if entry.secret)
"""The rules that find characters which must not be shown; they run even if they are not enabled."""

MERGED = frozenset(name for name, entry in INDEX.items() if entry.merges)
"""The rules with at most one finding per document."""


ALL = "ALL"
"""Selects all rules, also those that are off by default."""

RECOMMENDED = "recommended"
"""Selects the rules that are on by default."""

STRICT = "strict"
"""Selects all rules, and makes warnings fail a run."""

OWN: Group = "own"
"""The group of the rules that a configuration declares, or gets from plug-ins."""

ABOUT_OWN = "The rules that the configuration declares, or gets from plug-ins"
"""The subject of that group."""

IGNORABLE: tuple[str, ...] = (ALL, *GROUPS, OWN)
"""What stands for several rules, and can be ignored."""

SELECTORS: tuple[str, ...] = (*IGNORABLE, RECOMMENDED, STRICT)
"""What stands for several rules."""


def specificity(rule: str, names: frozenset[str]) -> int:
    """How specifically names select a rule: by its name 3, by its group 2, otherwise 1; 0: not."""
    if not names:
        # Asked for each rule of each document, mostly of one that ignores nothing.
        return 0
    if rule in names:
        return 3
    entry = INDEX.get(rule)
    if (OWN if entry is None else entry.group) in names:
        return 2
    if ALL in names or STRICT in names:
        return 1
    return int(RECOMMENDED in names and rule not in OPTIONAL)


def may_find(words: tuple[str, ...] | None, text: str) -> bool:
    """Whether a text has one of the words that a rule looks for; a Python object has no text."""
    return not words or not text or any(map(text.__contains__, words))


def is_code(name: str) -> bool:
    """Whether a name is the code of a finding of shellcheck, such as `SC2086`."""
    return name[:2] == "SC" and len(name) == 6 and name[2:].isdecimal() and name.isascii()


@cache
def declared(name: str) -> Rule:
    """The rule with a name. Raises KeyError if `name` is unknown."""
    rules: tuple[Rule, ...] = import_module(INDEX[name].module).RULES
    return next(rule for rule in rules if rule.name == name)


@cache
def all_rules() -> dict[str, Rule]:
    """All rules by name, sorted by name."""
    return {name: declared(name) for name in INDEX}


@cache
def in_groups() -> dict[Group, list[Rule]]:
    """All rules by group, in the order of the groups, then by name."""
    rules = all_rules().values()
    return {group: [rule for rule in rules if rule.group == group] for group in GROUPS}


def found_by(
    name: str, check: Callable[[_Document], Iterator[Problem]], document: _Document
) -> list[Problem]:
    """The problems that a rule finds; a crash is a problem too, so that other rules still run."""
    try:
        return list(check(document))
    except Exception as error:
        return [crash(f"the rule `{name}`", error)]


def crash(what: str, error: Exception) -> Problem:
    """The problem for a bug in this program: `what` failed with `error`."""
    message = f"{what} failed: {type(error).__name__}: {error}"
    return Problem("internal-error", message, Span(0, 0))
