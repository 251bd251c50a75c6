"""Validate the rules of one's own in a configuration."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from validator.own_rules import keywords, own_rule
from validator.parsing.nodes import Path
from validator.rules import INDEX, SELECTORS
from validator.wording import quoted


def wrong_rules(rules: Any) -> Iterator[tuple[Path, str, bool]]:
    """The errors in `rules` that the schema of the configuration does not find.

    Each with its path in the settings, its message, and whether it is about the key there.
    """
    seen: set[str] = set()
    for number, rule in enumerate(rules if isinstance(rules, list) else ()):
        if not isinstance(rule, dict):
            continue
        name, on = rule.get("name"), rule.get("on")
        if isinstance(name, str) and name:
            problem = own_rule.wrong_name(name)
            if name in INDEX or name in SELECTORS:
                problem = f"the program has the name {quoted(name)} already; choose another one"
            elif name in seen:
                problem = f"two rules have the name {quoted(name)}"
            if problem is not None:
                yield ("rules", number, "name"), problem, False
            seen.add(name)
        paths: dict[Path, Any] = {("on",): on} if isinstance(on, str) else {}
        if isinstance(on, list):
            paths = {("on", at): each for at, each in enumerate(on)}
        for path, each in paths.items():
            if isinstance(each, str) and each and (problem := own_rule.wrong_path(each)):
                yield ("rules", number, *path), problem, False
        if isinstance(rule.get("schema"), dict):
            for inner, message in keywords.mistakes(rule["schema"]):
                yield ("rules", number, "schema", *inner), message, bool(inner)
