"""Generate `docs/rules.md`, the reference of the rules, from their declarations."""

from __future__ import annotations

from validator import output
from validator.configuration.config import Config
from validator.describe import markdown
from validator.engine import check_text
from validator.rules import Rule, all_rules

_INTRODUCTION = """\
# Rules

<!-- Made from the declarations in `validator/rules/` by scripts/generate.py. -->

The rules of `automation-validator check`. An **error** is something that the platform rejects or
that can't work, a **warning** is almost certainly not what you meant, a **hint** is advice.

| rule | severity | fix | |
|---|---|---|---|
"""


def page() -> str:
    """The page's text: a table, and one section per rule, headed by the rule's name."""
    rules = all_rules().values()
    rows = "".join(
        f"| [{rule.name}](#{rule.name}) | {rule.standing} | {'yes' if rule.fixable else ''} "
        f"| {rule.summary} |\n"
        for rule in rules
    )
    sections = "".join(
        f"\n## {rule.name}\n\n**{rule.standing}**\n\n{markdown(rule, _output(rule))}\n"
        for rule in rules
    )
    return _INTRODUCTION + rows + sections


def _output(rule: Rule) -> str:
    """The output of a check of the rule's wrong example."""
    if not rule.bad:
        return ""
    written: list[str] = []
    writer = output.create("text", written.append, color=False, width=100)
    config = Config(severity={rule.name: rule.severity}, shellcheck="auto")
    writer.report(check_text(rule.bad, path=rule.file, config=config))
    return "".join(written).rstrip("\n")
