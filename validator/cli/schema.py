"""`automation-validator schema`: the JSON Schemas, for editors and other programs."""

from __future__ import annotations

import click

from validator import schemas
from validator.cli.choice import OneOf
from validator.kinds import KINDS

NAMES = (*KINDS, "config", "failure-output", "graph-output", "json-output", "why-output")

_NAMES = "\n".join(f"  {name}" for name in KINDS)
_HELP = f"""Print the JSON Schema of a document kind, by default of automations files.

It is one file, in draft-07, the draft that editors support best.

\b
The kinds:
{_NAMES}

\b
Further schemas:
  config          the configuration
  failure-output  the output of `plan --if-fails REFERENCE --format json`
  graph-output    the output of `graph --format json`
  json-output     the output of `check --format json`
  why-output      the output of `why --format json`
"""


@click.command(help=_HELP, short_help="Print a JSON Schema.")
@click.argument("kind", type=OneOf(NAMES, "document kind"), default=NAMES[0], metavar="[KIND]")
def schema(kind: str) -> None:
    """Write a schema to standard output."""
    import json

    click.echo(json.dumps(schemas.in_one_piece(kind), indent=2))
