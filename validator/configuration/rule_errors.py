"""Validate the rules of one's own in a configuration."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from validator.kinds import DEFAULT_KIND, KINDS
from validator.own_rules import field_names, keywords, own_rule
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
        name = rule.get("name")
        if isinstance(name, str) and name:
            problem = own_rule.wrong_name(name)
            if name in INDEX or name in SELECTORS:
                problem = f"the program has the name {quoted(name)} already; choose another one"
            elif name in seen:
                problem = f"two rules have the name {quoted(name)}"
            if problem is not None:
                yield ("rules", number, "name"), problem, False
            seen.add(name)
        for path, message, about_key in _wrong_content(rule):
            yield ("rules", number, *path), message, about_key


def _wrong_content(rule: dict[str, Any]) -> Iterator[tuple[Path, str, bool]]:
    """The errors in the paths and in the schema of a rule, with their paths in it."""
    on, schema, kind = rule.get("on"), rule.get("schema"), rule.get("kind", DEFAULT_KIND)
    paths: dict[Path, Any] = {("on",): on} if isinstance(on, str) else {}
    if isinstance(on, list):
        paths = {("on", at): each for at, each in enumerate(on)}
    wrong: list[tuple[Path, str, bool]] = [
        (path, problem, False)
        for path, each in paths.items()
        if isinstance(each, str) and each and (problem := own_rule.wrong_path(each))
    ]
    if isinstance(schema, dict):
        wrong += [
            (("schema", *inner), message, bool(inner))
            for inner, message in keywords.mistakes(schema)
        ]
    yield from wrong
    if not wrong and kind in KINDS and all(isinstance(each, str) for each in paths.values()):
        for path, message in field_names.mistakes(kind, paths, schema):
            yield path, message, path[-2:-1] == ("properties",)
