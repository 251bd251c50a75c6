"""The shell scripts in a document: the strings that its schema gives the media type of one."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from validator import schemas
from validator.parsing.nodes import Mapping, Node, Path, Scalar, Sequence, pointer
from validator.schemas import Schema

MEDIA_TYPE = "application/x-sh"
"""What `contentMediaType` in a schema says of a script."""


class _Shape:
    """Where the scripts are in a value of a schema, of which most parts contain none.

    `fields`, `others` and `entries` are the shapes of its known fields, of its other fields, and of
    its entries; None for those that contain no script.
    """

    __slots__ = ("entries", "fields", "is_script", "others")

    def __init__(self, schema: Schema) -> None:
        self.is_script = schema.value.get("contentMediaType") == MEDIA_TYPE
        self.fields: dict[str, _Shape | None] = {}
        self.others: _Shape | None = None
        self.entries: _Shape | None = None

    @property
    def parts(self) -> list[_Shape | None]:
        return [*self.fields.values(), self.others, self.entries]


def scripts(root: Node, kind: str) -> Iterator[tuple[str, Scalar]]:
    """The scripts of a document of a kind, with their JSON pointers, in the order of the text.

    One that is used through aliases comes once. What the schema does not know is passed over.
    """
    seen: set[tuple[int, int]] = set()
    stack: list[tuple[Path, Node, _Shape]] = [((), root, _shape(kind))]
    while stack:
        path, node, shape = stack.pop()
        if node.anchored or shape.is_script:
            # The same value may be a script in one place, and a name in another.
            place = (id(node), id(shape))
            if place in seen:
                continue
            seen.add(place)
        if isinstance(node, Scalar):
            if node.kind == "string" and shape.is_script:
                yield pointer(path), node
        else:
            stack += _parts(path, node, shape)[::-1]


def _parts(path: Path, node: Node, shape: _Shape) -> list[tuple[Path, Node, _Shape]]:
    if isinstance(node, Mapping):
        fields, others = shape.fields, shape.others
        return [
            ((*path, name), value, inner)
            for name, (_, value) in node.members.items()
            if (inner := fields.get(name, others)) is not None
        ]
    if isinstance(node, Sequence) and shape.entries is not None:
        return [((*path, index), item, shape.entries) for index, item in enumerate(node.items)]
    return []


@cache
def _shape(kind: str) -> _Shape:
    """The shape of the documents of a kind."""
    known: dict[int, _Shape] = {}
    root = _shape_of(schemas.target(schemas.of_kind(kind)), known)
    # A schema may refer to itself, so what contains scripts is found from them.
    leading = {id(shape) for shape in known.values() if shape.is_script}
    before = 0
    while len(leading) > before:
        before = len(leading)
        for shape in known.values():
            if not leading.isdisjoint(map(id, shape.parts)):
                leading.add(id(shape))
    for shape in known.values():
        for name, part in shape.fields.items():
            shape.fields[name] = part if id(part) in leading else None
        shape.others = shape.others if id(shape.others) in leading else None
        shape.entries = shape.entries if id(shape.entries) in leading else None
    return root


def _shape_of(schema: Schema, known: dict[int, _Shape]) -> _Shape:
    place = id(schema.value)
    if place not in known:
        shape = known[place] = _Shape(schema)

        def part(step: str | int) -> _Shape | None:
            inner = schemas.child(schema, step)
            return None if inner is None else _shape_of(inner, known)

        shape.fields = {name: part(name) for name in schemas.fields(schema)}
        shape.others, shape.entries = part(""), part(0)
    return known[place]
