"""The command `automation-validator` and what its parts share."""

from __future__ import annotations

import gc
import sys
from importlib import import_module

import click

COMMANDS = {
    "check": "validator.cli.check",
    "explain": "validator.cli.rules",
    "graph": "validator.cli.graph",
    "lsp": "validator.cli.lsp",
    "plan": "validator.cli.plan",
    "rules": "validator.cli.rules",
    "schema": "validator.cli.schema",
}
"""The commands: each is a function of that name in its module."""


class _Commands(click.Group):
    """Imports a command when it is asked for, so that none waits for what another one needs."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = getattr(import_module(COMMANDS[cmd_name]), cmd_name)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            from validator.wording import closest

            near = closest(args[0], sorted(COMMANDS))
            if near is None:
                raise
            raise click.UsageError(f"{error.message} Did you mean '{near}'?", ctx) from error


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(
    package_name="automation-validator",
    prog_name="automation-validator",
    message="%(prog)s %(version)s",
)
def main() -> None:
    """Check automation files: the tasks and services of cloud development environments."""
    for stream in (sys.stdout, sys.stderr):
        # A terminal that can't show a character must not end the run.
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    # What is imported stays to the end; to search it for garbage, the last time on leaving, takes
    # a tenth of a run on one file. Of what a check makes little is garbage that needs a search.
    gc.freeze()
    gc.set_threshold(100_000)
