"""The nodes of a document, with the schemas that describe them."""

from __future__ import annotations

from collections.abc import Iterator

from validator import schemas
from validator.parsing.nodes import Mapping, Node, Path, Sequence
from validator.schemas import Schema


def described_nodes(root: Node, kind: str) -> Iterator[tuple[Path, Node, Schema]]:
    """The values of a document of a kind that its schema knows, each with its path.

    A value at an anchor is the same each time, and comes once.
    """
    stack: list[tuple[Path, Node, Schema | None]] = [((), root, schemas.of_kind(kind))]
    seen: set[int] = set()
    while stack:
        path, node, schema = stack.pop()
        if schema is None or id(node) in seen:
            continue
        seen.add(id(node))
        yield path, node, schema
        if isinstance(node, Sequence):
            entry = schemas.child(schema, 0)
            stack += [((*path, index), item, entry) for index, item in enumerate(node.items)]
        elif isinstance(node, Mapping):
            for name, (_, value) in node.members.items():
                stack.append(((*path, name), value, schemas.child(schema, name)))
