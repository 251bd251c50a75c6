"""Generate `validator/rules/index.py` from the declarations of the rules."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from validator import rules
from validator.api import rules as api_rules
from validator.contract import rules as contract_rules
from validator.rules import Rule

_HEAD = '''\
"""Where each rule is, and what it needs.

Made from the declarations by scripts/generate.py.
"""

from validator.finding import Severity
from validator.rule import Entry

INDEX = {
'''


_WIDEST = 85


def declarations() -> list[tuple[str, Rule]]:
    """Every declared rule, with the name of its module."""
    modules = [
        f"{package.__name__}.{each.name}"
        for package in (rules, contract_rules, api_rules)
        for each in iter_modules(package.__path__)
    ]
    modules += ["validator.api.mixed_spelling", "validator.parsing.rules"]
    found = [
        (name, rule)
        for name in modules
        if not name.endswith(".index")
        for rule in getattr(import_module(name), "RULES", ())
    ]
    return sorted(found, key=lambda each: each[1].name)


def page() -> str:
    """The text of the module."""
    return _HEAD + "".join(_entry(module, rule) for module, rule in declarations()) + "}\n"


def _entry(module: str, rule: Rule) -> str:
    parts = [f'"{module}"', f"Severity.{rule.severity.name}", f'"{rule.group}"']
    if rule.check is not None:
        parts.append("checks=True")
    if rule.needs:
        parts.append(f"needs={_written(rule.needs)}")
    if rule.blocking:
        parts.append("blocking=True")
    if rule.optional:
        parts.append("optional=True")
    if rule.merge is not None:
        parts.append("merges=True")
    if rule.words:
        parts.append(f"words={_written(rule.words)}")
    if rule.ignored_by != "comments":
        parts.append(f'ignored_by="{rule.ignored_by}"')
    if rule.secret:
        parts.append("secret=True")
    lines = "".join(f"        {part},\n" for part in parts)
    return f'    "{rule.name}": Entry(\n{lines}    ),\n'


def _written(names: tuple[str, ...]) -> str:
    quoted = [f'"{name}"' for name in names]
    written = f"({', '.join(quoted)}{',' if len(quoted) == 1 else ''})"
    if len(written) < _WIDEST:
        return written
    # As the formatter has it.
    return "(\n" + "".join(f"            {name},\n" for name in quoted) + "        )"
