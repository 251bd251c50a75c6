"""`automation-validator check`: findings of files, and an exit code."""

from __future__ import annotations

from typing import Any

import click

from validator.cli.check_options import OPTIONS
from validator.cli.click_options import options


@click.command(short_help="Check files and folders.")
@click.argument(
    "paths", nargs=-1, type=click.Path(allow_dash=True, readable=False), metavar="[PATH]..."
)
@options(*OPTIONS)
@click.pass_context
def check(context: click.Context, /, **given: Any) -> None:
    """Check automation files, and the documents of the API.

    A PATH is a file, a folder to search for automations files, or `-` for standard input. Without
    one, the current folder is searched; if it contains no automations file, the one of its
    repository is checked.

    Exit codes: 0 nothing found at or above --fail-on, 1 something found, 2 wrong usage, a PATH that
    does not exist, or output that can't be written, 3 a bug in this program.
    """
    if isinstance(context.obj, BaseException):
        # The command was run without click (see `plain`), which reports its error.
        raise context.obj
    from validator.cli.checking import run

    context.exit(run(**given))
