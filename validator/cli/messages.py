"""Messages on standard error, apart from a run's output."""

from __future__ import annotations

import click

from validator.display import inert, visible


def say(message: str) -> None:
    """Write one line to standard error; names and text of others in it are escaped."""
    click.echo(inert(visible(message)), err=True)
