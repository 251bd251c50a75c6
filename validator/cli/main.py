"""The command `automation-validator`, and what its commands share."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Any

import click

from validator.cli import (
    CLEAN,
    COMMANDS,
    COMPLETE,
    INTERNAL,
    INTERRUPTED,
    NAME,
    TRACEBACK,
)
from validator.cli.ending import end
from validator.cli.streams import Unwritable

# Not in click 8.1.
_HELP = getattr(click.exceptions, "NoArgsIsHelpError", ())


class _Commands(click.Group):
    """Import a command only when it is used, so that none waits for what another one needs."""

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
        except click.NoSuchOption:
            raise
        except click.UsageError as error:
            from validator.cli.suggestions import unknown_command

            raise click.UsageError(unknown_command(args[0]), ctx) from error

    def main(  # type: ignore[override]  # not in click's several forms
        self, args: Sequence[str] | None = None, *, standalone_mode: bool = True, **extra: Any
    ) -> Any:
        """Run the command line, and end the process with a documented exit code."""
        if standalone_mode:
            if COMPLETE in os.environ:
                from validator.cli.shells import register

                register()
            end(lambda: self.code(args, **extra))
        return super().main(args, standalone_mode=False, **extra)

    def code(self, args: Sequence[str] | None = None, **extra: Any) -> int:
        """Run the command line, and return its exit code. Raises Unwritable."""
        try:
            code: int | None = super().main(args, standalone_mode=False, **extra)
            return code or CLEAN
        except click.Abort:  # Ctrl-C before there is a command
            return INTERRUPTED
        except click.ClickException as error:
            _show(error)
            return error.exit_code

    def invoke(self, ctx: click.Context) -> object:
        """Run a command; any unhandled exception ends with a documented exit code."""
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.Abort, click.exceptions.Exit, Unwritable):
            raise
        except KeyboardInterrupt:
            # On a terminal the `^C` would share a line with the prompt.
            if sys.stderr.isatty():
                click.echo(err=True)
            ctx.exit(INTERRUPTED)
        except Exception as error:  # including EOFError, for which click would print "Aborted!"
            _report_bug(error)
            ctx.exit(INTERNAL)


def _show(error: click.ClickException) -> None:
    """Write an error to stderr, with names, such as of files, escaped."""
    if isinstance(error, click.NoSuchOption):
        from validator.cli.suggestions import unknown_option

        error = click.UsageError(unknown_option(error), error.ctx)
    # The help shown for a missing command is all our own, with its line breaks.
    if not isinstance(error, _HELP):
        # Via `vars`, because the attribute is declared final.
        vars(error)["message"] = _harmless(error.message)
    error.show()


def _report_bug(error: Exception) -> None:
    """Report an unexpected error on stderr: one line, after the traceback if requested."""
    if os.environ.get(TRACEBACK):
        import traceback

        for line in "".join(traceback.format_exception(error)).splitlines():
            click.echo(_harmless(line), err=True)
    message = f": {str(error)!r:.200}" if str(error) else ""
    report = f"Error: bug in this program: {type(error).__name__}{message}{_place(error)}. Please "
    click.echo(
        _harmless(f"{report}report it with the traceback, which {TRACEBACK}=1 prints."), err=True
    )


def _harmless(line: str) -> str:
    """A line that is safe to show, whatever an error quotes of a document."""
    try:
        from validator.display import inert, visible
    except Exception:  # the import may fail with the very error to report
        shown = (each if each.isprintable() else ascii(each)[1:-1] for each in line)
        return "".join(shown).replace("##", "# #").replace("::", ": :")
    return inert(visible(line))


def _place(error: Exception) -> str:
    """Where in this package an error was raised: ` (cli/main.py:5)`."""
    package = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    place, step = "", error.__traceback__
    while step is not None:
        path = step.tb_frame.f_code.co_filename
        if path.startswith(package + os.sep):
            place = f" ({os.path.relpath(path, package)}:{step.tb_lineno})"
        step = step.tb_next
    return place


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(
    None,
    "-V",
    "--version",
    package_name=NAME,
    prog_name=NAME,
    message="%(prog)s %(version)s",
)
def main() -> None:
    """Check automation files: the tasks and services of cloud development environments."""
    # Imported modules live until the end; collecting garbage at exit would take long, too.
    gc.freeze()
