"""The names of rules that shells complete."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from validator.rule import GROUPS
from validator.rules import ABOUT_OWN, ALL, OWN, RECOMMENDED, STRICT, all_rules

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem


def complete_rules(
    _context: click.Context, parameter: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """The rules whose names begin with the text after the last comma; in options, groups too."""
    from click.shell_completion import CompletionItem

    before, comma, begun = incomplete.rpartition(",")
    names = {rule.name: rule.summary for rule in all_rules().values()}
    if isinstance(parameter, click.Option):
        names |= GROUPS | {OWN: ABOUT_OWN, ALL: "All rules, also those that are off by default"}
    if parameter.name == "select":
        names |= {
            RECOMMENDED: "The rules that are on by default",
            STRICT: "All rules, and warnings fail",
        }
    return [
        CompletionItem(f"{before}{comma}{name}", help=about)
        for name, about in names.items()
        if name.startswith(begun)
    ]
