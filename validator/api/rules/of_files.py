"""Rules on automations files that apply to all files that people write."""

from __future__ import annotations

from collections.abc import Iterator

from validator import schemas
from validator.api.model import ApiDocument
from validator.contract.described_nodes import described_nodes
from validator.contract.spelling import camel_case
from validator.finding import Problem
from validator.kinds import is_written
from validator.parsing.nodes import Mapping, Path, Scalar, pointer
from validator.rules import blank_value, noncanonical_spelling, secret_in_file
from validator.schemas import Schema


def secrets(document: ApiDocument) -> Iterator[Problem]:
    if is_written(document.kind):
        yield from secret_in_file.problems(document.text, document.root)


def spelling(document: ApiDocument) -> Iterator[Problem]:
    for path, node, schema in _objects(document):
        known = schemas.fields(schema)
        for name, (key, _) in node.members.items():
            meant = camel_case(name)
            # Both spellings at once are a conflict, which another rule reports.
            if name in known and meant != name and meant not in node.members:
                at = pointer((*path, name))
                yield noncanonical_spelling.problem(key, meant, at, document.text)


def blank(document: ApiDocument) -> Iterator[Problem]:
    for path, node, schema in _objects(document):
        for name, (_, value) in node.members.items():
            inner = schemas.child(schema, name)
            # A string with a syntax is reported for that.
            needed = inner is not None and inner.value.get("minLength") and name not in _WITH_SYNTAX
            if not needed or not isinstance(value, Scalar) or value.kind != "string":
                continue
            if value.text.isspace():
                yield blank_value.problem(name, value, pointer((*path, name)))


_WITH_SYNTAX = ("cronExpression", "cron_expression", "key")


def _objects(document: ApiDocument) -> Iterator[tuple[Path, Mapping, Schema]]:
    """The objects of a file that its schema knows; one at an anchor comes once."""
    if not is_written(document.kind):
        return
    for path, node, schema in described_nodes(document.root, document.kind):
        if isinstance(node, Mapping):
            yield path, node, schema


CHECKS = {
    "blank-value": blank,
    "noncanonical-spelling": spelling,
    "secret-in-file": secrets,
}
