"""The rules. Each module of this package declares one, or a tight family, in `RULES`."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from validator.rules.rule import Rule

__all__ = ["Rule", "all_rules"]


@cache
def all_rules() -> dict[str, Rule]:
    """Every rule by its name, in the order of their names."""
    found: dict[str, Rule] = {}
    for module in iter_modules(__path__):
        if module.name != "rule":
            for rule in import_module(f"{__name__}.{module.name}").RULES:
                if rule.name in found:
                    raise ValueError(f"two rules have the name {rule.name}")
                found[rule.name] = rule
    return dict(sorted(found.items()))
