"""Write output line by line: one that is long is never in memory as a whole."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import click


def write_lines(lines: Iterable[str], write: Callable[[str], None]) -> None:
    """Write lines in batches: one by one is slow, and all together may take much memory."""
    some: list[str] = []
    for line in lines:
        some.append(line + "\n")
        if len(some) >= 1000 or len(line) >= 100_000:
            write("".join(some))
            some.clear()
    if some:
        write("".join(some))


def echo(text: str) -> None:
    """Write text to standard output."""
    # The lines have colours only if these are wanted.
    click.echo(text, nl=False, color=True)
