"""The rules of the API documents.

Each module checks for one rule, or a tight family: `CHECKS` holds the functions by the rules'
names. Rules that only these documents have are declared beside them, in `RULES`; the others are
declared in `validator.rules`.
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
    """The check of each rule by the rule's name, in the order of their names."""
    found: dict[str, Check] = {}
    for module in iter_modules(__path__):
        for name, check in import_module(f"{__name__}.{module.name}").CHECKS.items():
            if name in found:
                raise ValueError(f"two checks are made for the rule {name}")
            found[name] = check
    return dict(sorted(found.items()))
