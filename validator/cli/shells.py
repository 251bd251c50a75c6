"""Completion in shells: their scripts, and the answers that these ask for.

click has both; what it gets wrong is corrected here. Imported only if a shell asks, or the command
`completion`.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from click.shell_completion import (
    BashComplete,
    CompletionItem,
    FishComplete,
    ShellComplete,
    ZshComplete,
    add_completion_class,
)

from validator.cli import TRACEBACK
from validator.display import visible

if TYPE_CHECKING:
    import click


class _Completion(ShellComplete):
    """Completion that also completes `--option=value`, and shows descriptions on one line."""

    def get_completions(self, args: list[str], incomplete: str) -> list[CompletionItem]:
        # Bash makes words of their own of `--option`, `=` and the value.
        if incomplete == "=":
            incomplete = ""
        elif args[-1:] == ["="]:
            args = args[:-1]
        option, equals, begun = incomplete.partition("=")
        before = ""
        if equals and option.startswith("--"):
            args, incomplete, before = [*args, option], begun, option + equals
        try:
            found = super().get_completions(args, incomplete)
        except Exception:
            # A traceback in the middle of a command line helps nobody.
            if os.environ.get(TRACEBACK):
                raise
            return []
        return [
            CompletionItem(
                before + each.value if each.type == "plain" else each.value,
                each.type,
                each.help and visible(each.help.replace("\n", " ")),
            )
            for each in found
        ]


class _Bash(_Completion, BashComplete):
    pass


class _Zsh(_Completion, ZshComplete):
    pass


class _Fish(_Completion, FishComplete):
    # click's script splits at each comma, and so loses the rest of a description that has one.
    source_template = FishComplete.source_template.replace(
        'string split ","', 'string split --max 1 ","'
    )


SHELLS: dict[str, type[ShellComplete]] = {"bash": _Bash, "fish": _Fish, "zsh": _Zsh}
"""The class of each shell, by its name."""


def register() -> None:
    """Make click answer shells by these classes."""
    for name, shell in SHELLS.items():
        add_completion_class(shell, name)


def script(shell: str, command: click.Command, name: str, variable: str) -> str:
    """The script that makes a shell complete a command by its name, asking via a variable."""
    extra: dict[str, Any] = {}
    return SHELLS[shell](command, extra, name, variable).source()
