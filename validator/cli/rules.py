"""`automation-validator rules` and `automation-validator explain`: what is checked for, and why."""

from __future__ import annotations

import shutil

import click

from validator.cli.choice import OneOf
from validator.cli.rule_names import complete_rules, known_rule
from validator.rules import Rule, all_rules


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
    """List what is checked for: each rule with its severity."""
    if format_ == "json":
        import json

        content = {"version": 1, "rules": [_as_json(rule) for rule in all_rules().values()]}
        click.echo(json.dumps(content, indent=2))
        return
    width = max(map(len, all_rules()))
    for rule in all_rules().values():
        fix = "fix" if rule.fixable else ""
        click.echo(f"{rule.name:{width}}  {rule.severity!s:7}  {fix:3}  {rule.summary}")


@click.command(short_help="Explain a rule.")
@click.argument("rule", shell_complete=complete_rules)
def explain(rule: str) -> None:
    """Explain a rule: what it finds, why that is wrong, and how to write it instead."""
    from validator.describe import plain

    declared = all_rules()[known_rule(rule, "RULE")]
    width = min(shutil.get_terminal_size((88, 24)).columns, 88)
    click.echo(f"{declared.name} ({declared.severity})\n\n{plain(declared, width)}")


def _as_json(rule: Rule) -> dict[str, object]:
    return {
        "name": rule.name,
        "severity": str(rule.severity),
        "summary": rule.summary,
        "why": rule.why,
        "bad": rule.bad,
        "good": rule.good,
        "fixable": rule.fixable,
        "docs": f"docs/rules.md#{rule.name}",
    }
