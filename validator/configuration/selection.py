"""Names of rules, groups and presets in `select`, `ignore` and `severity`: what they select."""

from collections.abc import Collection, Iterable

from validator.rule import GROUPS, OwnNames
from validator.rules import ALL, IGNORABLE, INDEX, OWN, SELECTORS, is_code, specificity


def members(names: Collection[str], own: OwnNames) -> frozenset[str]:
    """Names of rules and codes, with the rules of groups and `ALL` added to them."""
    if INDEX.keys() >= set(names):
        return frozenset(names)
    groups = frozenset(names) - INDEX.keys()
    rules = {rule for rule in (*INDEX, *own.declared) if specificity(rule, groups)}
    return frozenset(names).union(rules)


def wrong_name(name: str, setting: str, own: OwnNames) -> str | None:
    """What is wrong with a name in `select`, `ignore` or `severity`; None if nothing is."""
    if name in INDEX or own.has(name) or (setting == "ignore" and is_code(name)):
        return None
    known = {"select": SELECTORS, "ignore": IGNORABLE, "severity": ()}[setting]
    if name in known:
        return None
    if name in SELECTORS:
        is_group = name in GROUPS or name == OWN
        what = f"`{name}` is a group" if is_group else f"`{name}` selects several rules"
        if setting == "severity":
            return f"{what}; a severity is that of a rule"
        return f"{what}, and can't be ignored; name groups or rules, or `{ALL}`"
    return unknown_rule(name, (*known, *own.declared))


def unknown_rule(name: str, others: Iterable[str] = ()) -> str:
    """The message for an unknown rule name; `others` are names that are also known there."""
    from validator.likeness import Vocabulary
    from validator.wording import did_you_mean, quoted

    if is_code(name):
        return f"{quoted(name)} is a code of the rule `shellcheck`, and can only be ignored"
    # Codes are in capital letters.
    known = [*INDEX, *others]
    near = (name.upper(),) if is_code(name.upper()) else Vocabulary(known).nearest(name).names
    advice = did_you_mean(near) if near else "`automation-validator rules` lists them"
    return f"unknown rule {quoted(name)}; {advice}"
