"""`automation-validator help` and `automation-validator version`, as other programs have them."""

from __future__ import annotations

import click


def _complete_commands(
    _context: click.Context, _parameter: click.Parameter, incomplete: str
) -> list[str]:
    from validator.cli import COMMANDS

    return [name for name in sorted(COMMANDS) if name.startswith(incomplete)]


@click.command(short_help="Show the help of a command.")
@click.argument("command", required=False, shell_complete=_complete_commands)
@click.pass_context
def help(context: click.Context, command: str | None) -> None:  # noqa: A001  # the command's name
    """Show the help of COMMAND, or the list of commands: the same as `COMMAND --help`."""
    above = context.parent
    assert above is not None
    if command is None:
        click.echo(above.get_help())
        return
    assert isinstance(above.command, click.Group)
    name, found, _ = above.command.resolve_command(above, [command])
    assert found is not None
    click.echo(found.get_help(click.Context(found, above, name)))


@click.command(short_help="Show the version.")
@click.pass_context
def version(context: click.Context) -> None:
    """Show the version: the same as `--version`."""
    from validator import __version__

    assert context.parent is not None
    click.echo(f"{context.parent.info_name} {__version__}")
