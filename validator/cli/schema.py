"""`automation-validator schema`: the JSON Schemas, for editors and other programs."""

from __future__ import annotations

import click

from validator import schemas
from validator.cli.choice import OneOf
from validator.kinds import KINDS

FURTHER = {
    "config": "the configuration",
    "failure-output": "the output of `plan --if-fails REFERENCE --format json`",
    "graph-output": "the output of `graph --format json`",
    "json-output": "the output of `check --format json`",
    "plan-diff-output": "the output of `plan --diff OLD --format json`",
    "timeline-output": "the output of `plan --executions FILE --format json`",
    "why-output": "the output of `why REFERENCE --format json`",
}
"""The schemas of what is not a document, each with what it describes."""

NAMES = (*KINDS, *FURTHER)

_NAMES = "\n".join(f"  {name}" for name in KINDS)
_WIDEST = max(map(len, FURTHER))
_FURTHER = "\n".join(f"  {name:{_WIDEST}}  {about}" for name, about in FURTHER.items())
_HELP = f"""Print the JSON Schema of a document kind, by default of automations files.

It is one file, in draft-07, the draft that editors support best.

\b
The kinds:
{_NAMES}

\b
Further schemas:
{_FURTHER}
"""


@click.command(help=_HELP, short_help="Print a JSON Schema.")
@click.argument("kind", type=OneOf(NAMES, "document kind"), default=NAMES[0], metavar="[KIND]")
def schema(kind: str) -> None:
    """Write a schema to standard output."""
    import json

    click.echo(json.dumps(schemas.in_one_piece(kind), indent=2))
