"""Generate the pages of `docs/rules/`, the reference of the rules, from their declarations."""

from __future__ import annotations

from difflib import unified_diff

from validator import output
from validator.configuration.config import Config
from validator.describe import markdown
from validator.engine import check_text
from validator.fixer import fix_text
from validator.rule import GROUPS, Group
from validator.rules import Rule, all_rules, in_groups

_INTRODUCTION = """\
# Rules

<!-- Made from the declarations in `validator/rules/` by scripts/generate.py. -->

The rules of `automation-validator check`, by what they are about. An **error** is something that
the platform rejects or that can't work, a **warning** is almost certainly not what you meant, a
**hint** is advice. [Fixes, suppressions and baselines](../guides/fixes.md) says how to fix and
ignore findings, [configuration](../reference/configuration.md) how to switch rules on and off.
"""

_FURTHER = (
    "See also: [ignore a finding](../guides/fixes.md#ignore-a-finding), "
    "[settings](../reference/configuration.md), [all rules](index.md)."
)


def index() -> str:
    """The text of the page of all rules: one table per group."""
    return _INTRODUCTION + "".join(_table(group, rules) for group, rules in in_groups().items())


def _table(group: Group, rules: list[Rule]) -> str:
    rows = "".join(
        f"| [{rule.name}]({rule.name}.md) | {rule.standing} | {'yes' if rule.fixable else ''} "
        f"| {rule.summary} |\n"
        for rule in rules
    )
    head = "| rule | severity | fix | |\n|---|---|---|---|\n"
    return f"\n## {group.capitalize()}\n\n{GROUPS[group]}.\n\n{head}{rows}"


def page(name: str) -> str:
    """The text of the page of one rule."""
    rule = all_rules()[name]
    fix = "has a fix" if rule.fixable else "no fix"
    head = f"**{rule.standing}**, {fix}, group [{rule.group}](index.md#{rule.group})"
    parts = [f"# {name}", head, markdown(rule, _output(rule), _difference(rule))]
    if rule.bad:
        # The playground is a page of the site, beside the docs.
        parts.append(f"[Try it in the playground](../../playground/#rule={name})")
    return "\n\n".join([*parts, _FURTHER]) + "\n"


def _config(rule: Rule) -> Config:
    return Config(severity={rule.name: rule.severity}, shellcheck="auto")


def _output(rule: Rule) -> str:
    """The output of a check of the rule's wrong example."""
    if not rule.bad:
        return ""
    written: list[str] = []
    writer = output.create("text", written.append, color=False, width=100)
    writer.report(check_text(rule.bad, path=rule.file, config=_config(rule)))
    return "".join(written).rstrip("\n")


def _difference(rule: Rule) -> str:
    """What the fix changes in the rule's wrong example, as a diff; "" if it has none."""
    for unsafe in (False, True):
        fixed = fix_text(rule.bad, path=rule.file, config=_config(rule), unsafe=unsafe).text
        if fixed != rule.bad:
            before, after = rule.bad.splitlines(keepends=True), fixed.splitlines(keepends=True)
            option = "--fix --unsafe-fixes" if unsafe else "--fix"
            names = rule.file, f"{rule.file} after {option}"
            return "".join(unified_diff(before, after, *names)).rstrip("\n")
    return ""
