"""`automation-validator completion`: scripts that make shells complete the command line."""

from __future__ import annotations

import click

from validator.cli import COMPLETE, NAME
from validator.cli.choice import OneOf

_NAMES = ("bash", "fish", "zsh")


@click.command(short_help="Print the completion script of a shell.")
@click.argument("shell", metavar="[bash|fish|zsh]", type=OneOf(_NAMES, "shell"))
@click.pass_context
def completion(context: click.Context, shell: str) -> None:
    """Print the script that makes a shell complete commands, options, rules and references.

    \b
    Bash, in ~/.bashrc:
      eval "$(automation-validator completion bash)"
    Zsh, in ~/.zshrc, after compinit:
      eval "$(automation-validator completion zsh)"
    Fish, in ~/.config/fish/config.fish:
      automation-validator completion fish | source
    """  # noqa: D301  # click takes the character, \b, for lines that stay as they are
    from validator.cli.shells import script

    click.echo(script(shell, context.find_root().command, NAME, COMPLETE), nl=False)
