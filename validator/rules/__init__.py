"""The rules. Each module of this package declares one, or a tight family, in `RULES`.

A check imports only the modules of the rules that have something to look at: `INDEX` says where
each rule is and what it needs.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module

from validator.rules.index import INDEX
from validator.rules.rule import Rule

__all__ = ["CHECKS", "INDEX", "Rule", "all_rules", "declared"]

CHECKS = {name: frozenset(entry.needs) for name, entry in INDEX.items() if entry.checks}
"""The names of the rules that have a check of their own, and what they need."""


@cache
def declared(name: str) -> Rule:
    """The rule of a name. Raises KeyError for one that there is not."""
    rules: tuple[Rule, ...] = import_module(INDEX[name].module).RULES
    return next(rule for rule in rules if rule.name == name)


@cache
def all_rules() -> dict[str, Rule]:
    """Every rule by its name, in the order of their names."""
    return {name: declared(name) for name in INDEX}
