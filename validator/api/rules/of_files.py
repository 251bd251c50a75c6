"""Rules on automations files that apply to all files that people write."""

from __future__ import annotations

from collections.abc import Iterator

from validator import schemas
from validator.api.model import ApiDocument
from validator.contract.spelling import camel_case
from validator.finding import Problem
from validator.kinds import is_written
from validator.parsing.nodes import Mapping, Node, Path, Scalar, Sequence, pointer
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
    first = schemas.of_kind(document.kind)
    stack: list[tuple[Path, Node, Schema | None]] = [((), document.root, first)]
    seen: set[int] = set()
    while stack:
        path, node, schema = stack.pop()
        # A value at an anchor is the same each time.
        if schema is None or isinstance(node, Scalar) or id(node) in seen:
            continue
        seen.add(id(node))
        if isinstance(node, Sequence):
            entry = schemas.child(schema, 0)
            stack += [((*path, index), item, entry) for index, item in enumerate(node.items)]
        elif isinstance(node, Mapping):
            yield path, node, schema
            for name, (_, value) in node.members.items():
                stack.append(((*path, name), value, schemas.child(schema, name)))


CHECKS = {
    "blank-value": blank,
    "noncanonical-spelling": spelling,
    "secret-in-file": secrets,
}
