"""`automation-validator lsp`: the language server."""

from __future__ import annotations

import gc
import sys

import click

from validator.cli.errors import InputError
from validator.cli.messages import say
from validator.cli.streams import closed
from validator.wording import quoted


def _address(
    _context: click.Context, _parameter: object, value: str | None
) -> tuple[str, int] | None:
    """The host and the port of an option: `2087` or `localhost:2087`."""
    if value is None:
        return None
    host, _, port = value.rpartition(":")
    if not (port.isascii() and port.isdigit()) or int(port) > 65535:
        message = f"{quoted(value)} is not a port or host and port; write `2087` or `[::1]:2087`"
        raise click.BadParameter(message)
    return host.strip("[]") or "127.0.0.1", int(port)


@click.command(short_help="Run the language server.")
@click.option(
    "--tcp",
    callback=_address,
    metavar="[HOST:]PORT",
    help="Listen for one connection, by default on this computer only; port 0 takes a free one.",
)
@click.option("--stdio", is_flag=True, hidden=True, help="Serve by standard input and output.")
@click.pass_context
def lsp(context: click.Context, tcp: tuple[str, int] | None, stdio: bool) -> None:
    """Run the language server, which speaks the Language Server Protocol.

    Editors start this themselves and talk to it over standard input and output.
    """
    if stdio and tcp:
        raise click.UsageError("--stdio and --tcp can't be used together.")
    # What importing makes stays until the end: collecting garbage among it only delays the start.
    gc.disable()
    from validator.server.run import serve_stdio, serve_tcp

    gc.enable()
    gc.freeze()
    if tcp is None:
        missing = closed()
        if missing is not None:
            raise InputError(f"{missing} is closed; an editor has to start the language server")
        if sys.stdin.isatty():
            say("A language server: editors start it and talk to it here.")
        context.exit(serve_stdio())
    try:
        context.exit(serve_tcp(*tcp))
    except OSError as error:
        raise click.UsageError(f"Can't listen on {tcp[0]}:{tcp[1]}: {error.strerror}.") from error
