"""Text on standard output and standard error, as click writes it."""

from __future__ import annotations

import codecs
import os
import sys

TYPE_CHECKING = False

if TYPE_CHECKING:
    from typing import TextIO


def say(message: str) -> None:
    """Write one line to standard error; names and text of others in it are escaped."""
    from validator.display import inert, visible

    echo(f"{inert(visible(message))}\n", aside=True)


def echo(text: str, *, aside: bool = False) -> None:
    """Write text at once, with the colours in it: to standard output, with `aside` to stderr."""
    stream = sys.stderr if aside else sys.stdout
    if _needs_click(stream):
        import click

        click.echo(text, err=aside, nl=False, color=True)
    else:
        stream.write(text)
        stream.flush()


def _needs_click(stream: TextIO) -> bool:
    """Whether click does more than to write: on a console of Windows, and in place of ASCII."""
    if os.name == "nt" and stream.isatty():
        return True
    return codecs.lookup(stream.encoding or "ascii").name == "ascii"
