"""Describe rules of one's own as the program describes its own rules."""

from __future__ import annotations

from collections.abc import Iterable

from validator.display import visible
from validator.files.paths import from_here
from validator.own_rules.own_rule import OwnRule
from validator.rule import Rule
from validator.rules import OWN


def described(rules: Iterable[OwnRule], plugins: Iterable[str]) -> dict[str, Rule]:
    """The rules that a configuration declares, and those of plug-ins, by name.

    They have no checks. The summary of a declared one is its message. A plug-in is imported; one
    that can't be used has no rules.
    """
    found = {rule.name: _declared(rule) for rule in rules}
    for plugin in plugins:
        from validator.own_rules.plugins import PluginError, rules_of

        try:
            added = rules_of(plugin)
        except PluginError:
            continue
        found |= {rule.name: _added(rule, plugin) for rule in added}
    return found


def _declared(rule: OwnRule) -> Rule:
    return Rule(
        name=rule.name,
        severity=rule.severity,
        group=OWN,
        summary=_line(rule.message).rstrip("."),
        why=_line(rule.why),
        source=_line(from_here(rule.source)) if rule.source else "",
    )


def _added(rule: Rule, plugin: str) -> Rule:
    source = f"the plug-in `{plugin}`{', ' * bool(rule.source)}{rule.source}"
    return rule._replace(group=OWN, source=source, check=None, merge=None)


def _line(text: str) -> str:
    """Text of a configuration, which may be untrusted, within a line."""
    return visible(" ".join(text.split()))
