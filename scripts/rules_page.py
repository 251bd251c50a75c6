"""Generate the pages of `docs/rules/`, the reference of the rules, from their declarations."""

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


def index() -> str:
    """The text of the page of all rules: a table."""
    rows = "".join(
        f"| [{rule.name}]({rule.name}.md) | {rule.standing} | {'yes' if rule.fixable else ''} "
        f"| {rule.summary} |\n"
        for rule in all_rules().values()
    )
    return _INTRODUCTION + rows


def page(name: str) -> str:
    """The text of the page of one rule."""
    rule = all_rules()[name]
    return f"# {rule.name}\n\n**{rule.standing}**\n\n{markdown(rule, _output(rule))}\n"


def _output(rule: Rule) -> str:
    """The output of a check of the rule's wrong example."""
    if not rule.bad:
        return ""
    written: list[str] = []
    writer = output.create("text", written.append, color=False, width=100)
    config = Config(severity={rule.name: rule.severity}, shellcheck="auto")
    writer.report(check_text(rule.bad, path=rule.file, config=config))
    return "".join(written).rstrip("\n")
