"""`automation-validator schema`: the JSON Schemas, for editors and other programs."""

from __future__ import annotations

import click

from validator import schemas

NAMES = (*schemas.KINDS, "config", "graph-output", "json-output")

_NAMES = "\n".join(f"  {name}" for name in schemas.KINDS)
_HELP = f"""Print the JSON Schema of a document kind, by default of automations files.

It is in one piece, and draft-07, the draft that editors support best.

\b
The kinds:
{_NAMES}

Further schemas: `config` is of the configuration, `json-output` and `graph-output` are of what
`check` and `graph` write with `--format json`.
"""


@click.command(help=_HELP, short_help="Print a JSON Schema.")
@click.argument("kind", type=click.Choice(NAMES), default=NAMES[0], metavar="[KIND]")
def schema(kind: str) -> None:
    """Write a schema to standard output."""
    import json

    click.echo(json.dumps(schemas.in_one_piece(kind), indent=2))
