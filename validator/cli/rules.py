"""`automation-validator rules` and `automation-validator explain`: list and explain the rules."""

from __future__ import annotations

import shutil
import sys

import click

from validator.addresses import rule_page
from validator.cli.choice import OneOf
from validator.cli.options import complete_rules, known_rule
from validator.cli.streams import is_terminal
from validator.display import wrap
from validator.rule import GROUPS
from validator.rules import Rule, all_rules, in_groups

_LEAST_SUMMARY = 24
"""Minimum number of columns for a summary next to the name of its rule."""


@click.command(short_help="List the rules.")
@click.option(
    "--format",
    "format_",
    type=OneOf(["json", "text"], "format"),
    default="text",
    show_default=True,
    help="Output format.",
)
def rules(format_: str) -> None:
    """List the rules by what they are about, with their severity."""
    if format_ == "json":
        import json

        content = {
            "version": 1,
            "groups": [{"name": name, "summary": about} for name, about in GROUPS.items()],
            "rules": [_as_json(rule) for rule in all_rules().values()],
        }
        click.echo(json.dumps(content, indent=2))
        return
    names = max(map(len, all_rules()))
    width = shutil.get_terminal_size().columns if is_terminal(sys.stdout) else None
    between = ""
    for group, members in in_groups().items():
        click.echo(between + _row(f"{group}: ", GROUPS[group], width))
        between = "\n"
        for rule in members:
            fix = "fix" if rule.fixable else ""
            line = f"  {rule.name:{names}}  {rule.severity!s:7}  {fix:3}  "
            off = " (off by default)" * rule.optional
            click.echo(_row(line, f"{rule.summary}{off}", width))


@click.command(short_help="Explain a rule.")
@click.argument("rule", shell_complete=complete_rules)
def explain(rule: str) -> None:
    """Explain a rule: what it finds, why that is wrong, and how to write it instead."""
    from validator.describe import plain

    declared = all_rules()[known_rule(rule, "RULE")]
    width = min(shutil.get_terminal_size((88, 24)).columns, 88)
    head = f"{declared.name} ({declared.standing}; group {declared.group})"
    address = rule_page(declared.name)
    parts = [head, plain(declared, width), *[address] * bool(address)]
    click.echo("\n\n".join(parts))


def _row(line: str, summary: str, width: int | None) -> str:
    """A line of the list, wrapped between words on a terminal of `width` columns."""
    if width is None:
        return line + summary
    if width < len(line) + _LEAST_SUMMARY:
        return "\n".join([line.rstrip(), *wrap(f"    {summary}", width, 4)])
    return "\n".join(wrap(line + summary, width, len(line)))


def _as_json(rule: Rule) -> dict[str, object]:
    return {
        "name": rule.name,
        "group": rule.group,
        "severity": str(rule.severity),
        "default": not rule.optional,
        "summary": rule.summary,
        "why": rule.why,
        "source": rule.source,
        "bad": rule.bad,
        "good": rule.good,
        "fixable": rule.fixable,
        "settings": rule.settings,
        "docs": rule_page(rule.name) or f"docs/rules/{rule.name}.md",
    }
