"""The rules for API documents.

Each module checks one rule, or a few closely related ones: `CHECKS` maps rule names to functions.
Rules only for these documents are declared there too, in `RULES`; the others are declared in
`validator.rules`. The rules on executions and the file of their tasks have no such function, since
they need both: `validator.api.timeline` calls their `contradictions`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from validator.api.model import ApiDocument
from validator.finding import Problem

Check = Callable[[ApiDocument], Iterator[Problem]]


@cache
def all_checks() -> dict[str, Check]:
    """The check of each rule by rule name, sorted by name."""
    found: dict[str, Check] = {}
    for module in iter_modules(__path__):
        for name, check in _checks_of(module.name).items():
            if name in found:
                raise ValueError(f"two checks are made for the rule {name}")
            found[name] = check
    return dict(sorted(found.items()))


def _checks_of(module: str) -> dict[str, Check]:
    checks: dict[str, Check] = getattr(import_module(f"{__name__}.{module}"), "CHECKS", {})
    return checks
