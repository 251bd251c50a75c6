"""Names of rules on the command line: validation and completion."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

from validator.configuration.config import unknown_rule
from validator.rules import INDEX, all_rules

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem


def known_rule(name: str, where: str) -> str:
    """The name, if it is a rule's; `where` is the option or argument that contains it."""
    if name not in INDEX:
        raise click.BadParameter(unknown_rule(name), param_hint=where)
    return name


def tell_rules(missing: Iterable[str], select: tuple[str, ...], ignore: tuple[str, ...]) -> None:
    """Explain how to name several rules, if a nonexistent path is a rule after another one."""
    rules = [path for path in missing if path in INDEX]
    option, given = ("--select", select) if select else ("--ignore", ignore)
    if rules and given:
        from validator.cli.messages import say
        from validator.wording import listed

        what = "is a rule, not a path" if len(rules) == 1 else "are rules, not paths"
        together = ",".join((*given, *rules))
        say(f"Hint: {listed(rules, 'and')} {what}; write `{option} {together}`.")


def complete_rules(
    _context: click.Context, _parameter: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """The rules whose names begin with the text after the last comma."""
    from click.shell_completion import CompletionItem

    before, comma, begun = incomplete.rpartition(",")
    return [
        CompletionItem(f"{before}{comma}{rule.name}", help=rule.summary)
        for rule in all_rules().values()
        if rule.name.startswith(begun)
    ]
