"""The command `automation-validator` and what its parts share."""

from __future__ import annotations

import sys

import click

from validator.cli.check import check
from validator.cli.graph import graph
from validator.cli.rules import explain, rules


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
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


for _command in (check, explain, graph, rules):
    main.add_command(_command)
