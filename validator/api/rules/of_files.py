"""Rules on automations files that apply to all files that people write."""

from __future__ import annotations

from collections.abc import Iterator

from validator import schemas
from validator.api.model import ApiDocument
from validator.contract.spelling import camel_case
from validator.finding import Problem
from validator.kinds import is_written
from validator.parsing.nodes import Mapping, Node, Path, Scalar, Sequence, pointer
from validator.rules import noncanonical_spelling, secret_in_file
from validator.schemas import Schema


def secrets(document: ApiDocument) -> Iterator[Problem]:
    if is_written(document.kind):
        yield from secret_in_file.problems(document.text, document.root)


def spelling(document: ApiDocument) -> Iterator[Problem]:
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
            yield from _of_fields(node, schema, path, document.text)
            for name, (_, value) in node.members.items():
                stack.append(((*path, name), value, schemas.child(schema, name)))


def _of_fields(node: Mapping, schema: Schema, path: Path, text: str) -> Iterator[Problem]:
    known = schemas.fields(schema)
    for name, (key, _) in node.members.items():
        meant = camel_case(name)
        # Both spellings at once are a conflict, which another rule reports.
        if name in known and meant != name and meant not in node.members:
            yield noncanonical_spelling.problem(key, meant, pointer((*path, name)), text)


CHECKS = {"noncanonical-spelling": spelling, "secret-in-file": secrets}
