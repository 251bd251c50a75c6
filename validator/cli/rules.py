"""`automation-validator rules` and `automation-validator explain`: list and explain the rules."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import click

from validator.addresses import rule_page
from validator.cli.choice import OneOf, no_such
from validator.cli.click_options import options
from validator.cli.messages import say
from validator.cli.option import CONFIGURATION
from validator.cli.options import chosen_configurations, config_for
from validator.cli.rule_completion import complete_rules
from validator.cli.streams import columns
from validator.display import wrap
from validator.kinds import DEFAULT_KIND, KINDS
from validator.rule import GROUPS
from validator.rules import ABOUT_OWN, INDEX, OWN, Rule, all_rules, in_groups

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from validator.configuration.config import Config

_NONE_OWN = "the configuration has no rules of its own"

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


def _complete_groups(
    _context: click.Context, _parameter: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    from click.shell_completion import CompletionItem

    return [
        CompletionItem(name, help=about)
        for name, about in {**GROUPS, OWN: ABOUT_OWN}.items()
        if name.startswith(incomplete)
    ]


@click.command(short_help="List the rules.")
@click.argument("names", nargs=-1, metavar="[GROUP]...", shell_complete=_complete_groups)
@_format_option
@click.option(
    "--kind",
    type=OneOf(tuple(KINDS), "document kind"),
    metavar="KIND",
    help="Only rules that apply to documents of this kind (see `schema --help`).",
)
@options(*CONFIGURATION)
def rules(
    names: tuple[str, ...],
    format_: str,
    kind: str | None,
    config_path: str | None,
    isolated: bool,
) -> None:
    """List the rules by what they are about, with their severity.

    With a GROUP, only the rules of this group, or of several. Those of your own, by the
    configuration of the current folder, come last; their group is `own`.
    """
    own = list(_own(_config(config_path, isolated=isolated), kind).values())
    groups = _groups(names, own=bool(own))
    listed = [rule for rule in (*_of_kind(kind), *own) if rule.group in groups]
    if format_ == "json":
        import json

        content = {
            "version": 1,
            "groups": [{"name": name, "summary": about} for name, about in groups.items()],
            "rules": [_as_json(rule) for rule in listed],
        }
        click.echo(json.dumps(content, indent=2))
        return
    if not listed:
        say(f"No rule of these groups applies to documents of the kind `{kind}`.")
    longest = max((len(rule.name) for rule in listed), default=0)
    width = columns(sys.stdout)
    between = ""
    for group, about in groups.items():
        members = [rule for rule in listed if rule.group == group]
        if not members:
            continue
        click.echo(between + _row(f"{group}: ", about, width))
        between = "\n"
        for rule in members:
            fix = "fix" if rule.fixable else ""
            line = f"  {rule.name:{longest}}  {rule.severity!s:7}  {fix:3}  "
            off = " (off by default)" * rule.optional
            click.echo(_row(line, f"{rule.summary}{off}", width))


def _groups(names: tuple[str, ...], *, own: bool) -> dict[str, str]:
    """The groups with some names, or all, each with what it is about.

    `own` says whether there are rules of one's own. Raises click.BadParameter for another name.
    """
    known = {str(name): about for name, about in GROUPS.items()}
    if own:
        known[OWN] = ABOUT_OWN
    for name in names:
        if name in known:
            continue
        message = no_such("group", name, known)
        if name in INDEX:
            message = f"`{name}` is a rule; `explain {name}` explains it"
        elif name == OWN:
            message = _NONE_OWN
        raise click.BadParameter(message, param_hint="GROUP")
    return {name: about for name, about in known.items() if not names or name in names}


def _config(path: str | None, *, isolated: bool) -> Config:
    """The configuration that is named, or that of the current folder."""
    configurations = chosen_configurations(path, isolated=isolated, shellcheck="off")
    return config_for(os.curdir, configurations)


def _own(config: Config, kind: str | None = None) -> dict[str, Rule]:
    """The rules of one's own, or those for documents of a kind, by name."""
    if not config.rules and not config.plugins:
        return {}
    from validator.own_rules.descriptions import described

    for plugin in config.plugins:
        _warn_if_unusable(plugin)
    declared = [rule for rule in config.rules if kind in (None, rule.kind)]
    return described(declared, config.plugins if kind in (None, DEFAULT_KIND) else ())


def _warn_if_unusable(plugin: str) -> None:
    from validator.own_rules.plugins import PluginError, rules_of

    try:
        rules_of(plugin)
    except PluginError as error:
        say(f"Warning: the plug-in `{plugin}` can't be used: {error}.")


def _of_kind(kind: str | None) -> list[Rule]:
    """All rules, or those that apply to documents of a kind."""
    if kind is None:
        return list(all_rules().values())
    from validator.cli.rule_kinds import applies

    return [rule for rule in all_rules().values() if applies(rule, kind)]


def _complete_rules_and_groups(
    context: click.Context, parameter: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    groups = _complete_groups(context, parameter, incomplete)
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
@options(*CONFIGURATION)
def explain(
    names: tuple[str, ...], all_: bool, format_: str, config_path: str | None, isolated: bool
) -> None:
    """Explain rules: what they find, why that is wrong, and how to write it instead.

    The name of a group stands for all of its rules; `rules` lists both. Rules of your own are those
    by the configuration of the current folder.
    """
    if names and all_:
        raise click.UsageError("--all can't be used together with names of rules or groups.")
    if not names and not all_:
        raise click.UsageError("name rules or groups, or use --all; `rules` lists them.")
    own: dict[str, Rule] = {}
    if config_path is not None or all_ or not INDEX.keys() | GROUPS.keys() >= {*names}:
        # A configuration that can't be used does not keep the program's rules from being explained.
        own = _own(_config(config_path, isolated=isolated))
    wanted = [*all_rules().values(), *own.values()] if all_ else _named(names, own)
    if format_ == "json":
        import json

        content = {"version": 1, "rules": [_as_json(rule) for rule in wanted]}
        click.echo(json.dumps(content, indent=2))
        return
    width = min(columns(sys.stdout) or 88, 88)
    click.echo(f"\n\n{'-' * width}\n\n".join(_explained(rule, width) for rule in wanted))


def _named(names: tuple[str, ...], own: dict[str, Rule]) -> list[Rule]:
    """The rules with some names, and those of groups, each once. Raises click.BadParameter."""
    known = {**own, **all_rules()}
    groups = {**in_groups(), **({OWN: list(own.values())} if own else {})}
    found: dict[str, Rule] = {}
    for name in names:
        if name in known:
            found[name] = known[name]
        elif name in groups:
            found |= {rule.name: rule for rule in groups[name]}
        elif name == OWN:
            raise click.BadParameter(_NONE_OWN, param_hint="RULE")
        else:
            from validator.configuration.selection import unknown_rule

            raise click.BadParameter(unknown_rule(name, [*groups, *own]), param_hint="RULE")
    return list(found.values())


def _explained(declared: Rule, width: int) -> str:
    from validator.describe import plain

    head = f"{declared.name} ({declared.standing}; group {declared.group})"
    address = "" if declared.group == OWN else rule_page(declared.name)
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
        # Rules of one's own have no pages.
        "docs": "" if rule.group == OWN else rule_page(rule.name) or f"docs/rules/{rule.name}.md",
    }
