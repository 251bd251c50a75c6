"""`automation-validator rules` and `automation-validator explain`: list and explain the rules."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from validator.addresses import rule_page
from validator.cli.choice import OneOf
from validator.cli.options import complete_rules, known_rule
from validator.cli.streams import columns
from validator.display import wrap
from validator.kinds import KINDS
from validator.rule import GROUPS
from validator.rules import INDEX, Rule, all_rules, in_groups

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

_LEAST_SUMMARY = 24
"""Minimum number of columns for a summary next to the name of its rule."""


_format_option = click.option(
    "--format",
    "format_",
    type=OneOf(["json", "text"], "format"),
    default="text",
    show_default=True,
    help="Output format.",
)


@click.command(short_help="List the rules.")
@_format_option
@click.option(
    "--kind",
    type=OneOf(tuple(KINDS), "document kind"),
    metavar="KIND",
    help="Only rules that apply to documents of this kind (see `schema --help`).",
)
def rules(format_: str, kind: str | None) -> None:
    """List the rules by what they are about, with their severity."""
    listed = _of_kind(kind)
    if format_ == "json":
        import json

        content = {
            "version": 1,
            "groups": [{"name": name, "summary": about} for name, about in GROUPS.items()],
            "rules": [_as_json(rule) for rule in listed],
        }
        click.echo(json.dumps(content, indent=2))
        return
    names = max(len(rule.name) for rule in listed)
    width = columns(sys.stdout)
    between = ""
    for group, rules_of_group in in_groups().items():
        members = [rule for rule in rules_of_group if rule in listed]
        if not members:
            continue
        click.echo(between + _row(f"{group}: ", GROUPS[group], width))
        between = "\n"
        for rule in members:
            fix = "fix" if rule.fixable else ""
            line = f"  {rule.name:{names}}  {rule.severity!s:7}  {fix:3}  "
            off = " (off by default)" * rule.optional
            click.echo(_row(line, f"{rule.summary}{off}", width))


def _of_kind(kind: str | None) -> list[Rule]:
    """All rules, or those that apply to documents of a kind."""
    if kind is None:
        return list(all_rules().values())
    from validator.cli.rule_kinds import applies

    return [rule for rule in all_rules().values() if applies(rule, kind)]


def _complete_rules_and_groups(
    context: click.Context, parameter: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    from click.shell_completion import CompletionItem

    groups = [
        CompletionItem(name, help=about)
        for name, about in GROUPS.items()
        if name.startswith(incomplete)
    ]
    return complete_rules(context, parameter, incomplete) + groups


@click.command(short_help="Explain rules.")
@click.argument(
    "names",
    nargs=-1,
    metavar="[RULE|GROUP]...",
    shell_complete=_complete_rules_and_groups,
)
@click.option("--all", "all_", is_flag=True, help="Explain all rules.")
@_format_option
def explain(names: tuple[str, ...], all_: bool, format_: str) -> None:
    """Explain rules: what they find, why that is wrong, and how to write it instead.

    The name of a group stands for all of its rules; `rules` lists both.
    """
    if bool(names) == all_:
        raise click.UsageError("name rules or groups, or use --all; `rules` lists them.")
    wanted = list(all_rules().values()) if all_ else _named(names)
    if format_ == "json":
        import json

        content = {"version": 1, "rules": [_as_json(rule) for rule in wanted]}
        click.echo(json.dumps(content, indent=2))
        return
    width = min(columns(sys.stdout) or 88, 88)
    click.echo(f"\n\n{'-' * width}\n\n".join(_explained(rule, width) for rule in wanted))


def _named(names: tuple[str, ...]) -> list[Rule]:
    """The rules with some names, and those of groups, each once."""
    found: dict[str, Rule] = {}
    for name in names:
        for group, members in in_groups().items():
            if name == group:
                found.update({rule.name: rule for rule in members})
        if name not in GROUPS:
            found[name] = all_rules()[_known(name)]
    return list(found.values())


def _known(name: str) -> str:
    """The name of a rule. Raises click.BadParameter, which may suggest a group."""
    from validator.likeness import Vocabulary
    from validator.wording import did_you_mean, quoted

    near = Vocabulary([*INDEX, *GROUPS]).nearest(name).names
    if name not in INDEX and any(each in GROUPS for each in near):
        message = f"{quoted(name)} is not a rule or a group; {did_you_mean(near)}"
        raise click.BadParameter(message, param_hint="RULE")
    return known_rule(name, "RULE")


def _explained(declared: Rule, width: int) -> str:
    from validator.describe import plain

    head = f"{declared.name} ({declared.standing}; group {declared.group})"
    address = rule_page(declared.name)
    return "\n\n".join([head, plain(declared, width), *[address] * bool(address)])


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
