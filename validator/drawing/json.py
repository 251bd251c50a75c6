"""JSON for programs, as described by `schema/graph-output.schema.json`."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from validator.contract.spelling import camel_case
from validator.drawing.diagram import Diagram
from validator.finding_json import dumps

VERSION = 1
"""The version of the format; it increases when programs that read it would break."""


def draw(diagram: Diagram) -> str:
    """The diagram as one JSON object, with one item or dependency per line."""
    items = [_in_camel_case(asdict(item)) for item in diagram.items]
    edges = [_in_camel_case(asdict(edge)) for edge in diagram.edges]
    return (
        f'{{"version": {VERSION},\n"items": {_listed(items)},\n"edges": {_listed(edges)},\n'
        f'"cycles": {_listed(list(diagram.cycles))}}}\n'
    )


def _in_camel_case(fields: dict[str, Any]) -> dict[str, Any]:
    """The same fields, named as in the platform's documents and the other JSON outputs."""
    return {camel_case(name): value for name, value in fields.items()}


def _listed(values: list[Any]) -> str:
    return "[" + ",".join(f"\n  {dumps(value)}" for value in values) + "\n]" if values else "[]"
