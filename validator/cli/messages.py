"""Messages on standard error: what a run says beside its output."""

from __future__ import annotations

import click

from validator.display import inert, visible


def say(message: str) -> None:
    """Write one line to standard error, whatever names and texts of others are in it."""
    click.echo(inert(visible(message)), err=True)
