"""The shell scripts in a document: the strings that its schema gives the media type of one."""

from __future__ import annotations

from collections.abc import Iterator

from validator import schemas
from validator.parsing.nodes import Mapping, Node, Path, Scalar, Sequence, pointer
from validator.schemas import Schema

MEDIA_TYPE = "application/x-sh"
"""What `contentMediaType` in a schema says of a script."""


def scripts(root: Node, kind: str) -> Iterator[tuple[str, Scalar]]:
    """The scripts of a document of a kind, with their JSON pointers, in the order of the text.

    One that is used through aliases comes once. What the schema does not know is passed over.
    """
    seen: set[tuple[int, int]] = set()
    stack: list[tuple[Path, Node, Schema]] = [((), root, schemas.target(schemas.of_kind(kind)))]
    while stack:
        path, node, schema = stack.pop()
        # The same value may be a script in one place, and a name in another.
        place = (id(node), id(schema.value))
        if place in seen:
            continue
        seen.add(place)
        if isinstance(node, Scalar):
            if node.kind == "string" and schema.value.get("contentMediaType") == MEDIA_TYPE:
                yield pointer(path), node
            continue
        stack += reversed(list(_parts(path, node, schema)))


def _parts(path: Path, node: Node, schema: Schema) -> Iterator[tuple[Path, Node, Schema]]:
    steps: list[tuple[str | int, Node]] = []
    if isinstance(node, Mapping):
        steps = [(name, value) for name, (_, value) in node.members.items()]
    elif isinstance(node, Sequence):
        steps = list(enumerate(node.items))
    for step, value in steps:
        inner = schemas.child(schema, step)
        if inner is not None:
            yield (*path, step), value, inner
