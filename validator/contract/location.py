"""A value in a document that its schema refuses: where it is, and what messages call it."""

from __future__ import annotations

from typing import NamedTuple

from validator import schemas
from validator.finding import Span
from validator.likeness import Vocabulary
from validator.parsing.nodes import Mapping, Node, Path, Scalar, Sequence
from validator.schemas import Schema
from validator.wording import quoted, with_article

_KIND_NAMES = {
    "array": "a list",
    "boolean": "a boolean",
    "integer": "a number",
    "merge": "a merge key",
    "null": "null",
    "number": "a number",
    "object": "a mapping",
    "string": "a string",
    "timestamp": "a date",
}


class Spot(NamedTuple):
    """A value in the document.

    Its path, the object or list that holds it, its key if it has one, the schemas down to it, and
    the document's text, empty where there is none.
    """

    path: Path
    node: Node
    holder: Node | None
    key: Scalar | None
    schemas: list[Schema]
    text: str

    @property
    def head(self) -> Span:
        """Where to point for the value as a whole: its key, or its own beginning."""
        return beginning(self.node) if self.key is None else self.key.span

    @property
    def name(self) -> str:
        """What a message calls the value: "the task `build`", "`commands`"."""
        if not self.path:
            return f"the {self.schemas[0].value['title'].lower()}"
        last = self.path[-1]
        if isinstance(last, int):
            return f"an entry of {quoted(str(self.path[-2]))}" if len(self.path) > 1 else "an entry"
        if self.is_item:
            return f"the {self.schemas[-1].value['title'].lower()} {quoted(last)}"
        return quoted(last)

    @property
    def type_name(self) -> str:
        """What a message calls values of this type: "a task", "`commands`"."""
        if self.is_item:
            return f"a {self.schemas[-1].value['title'].lower()}"
        if self.path and isinstance(self.path[-1], str):
            return self.name
        return with_article(self.schemas[-1].value["title"].lower())

    @property
    def is_item(self) -> bool:
        """Whether this is a task or a service under its reference."""
        return len(self.path) == 2 and "propertyNames" in self.schemas[-2].value


def find(root: Node, kind: str, path: Path, text: str) -> Spot:
    """The value at a path of a document of a kind."""
    node, key = root, None
    holder: Node | None = None
    chain = [schemas.target(schemas.of_kind(kind))]
    for step in path:
        if isinstance(step, int):
            assert isinstance(node, Sequence)
            holder, node, key = node, node.items[step], None
        else:
            assert isinstance(node, Mapping)
            holder, (key, node) = node, node.members[step]
        inner = schemas.child(chain[-1], step)
        if inner is None:
            break
        chain.append(inner)
    return Spot(path, node, holder, key, chain, text)


def fields_below_items(items: Mapping, item: Schema) -> dict[int, list[tuple[Scalar, Node]]]:
    """The fields of empty items that stand below them, but are not indented, by each one's key.

    `items` holds tasks or services, `item` is the schema of each. A key stands for itself by its
    `id`. Takes time linear in the number of members.
    """
    fields = schemas.fields(item)
    known = Vocabulary(fields)
    found: dict[int, list[tuple[Scalar, Node]]] = {}
    below: list[tuple[Scalar, Node]] | None = None
    for key, value in items.members.values():
        inner = schemas.child(item, key.text)
        holds_fields = inner is not None and "properties" in inner.value
        is_field = key.text in fields and (holds_fields or not isinstance(value, Mapping))
        if below and not is_field and not isinstance(value, Mapping):
            # Misspelt among fields, it is one.
            is_field = known.nearest(key.text).slip
        if is_field and below is not None:
            below.append((key, value))
        elif value.kind == "null":
            below = found[id(key)] = []
        else:
            below = None
    return found


def opening(node: Node) -> Span:
    """A value, or of a block of many lines its first key, or its first dash and what follows."""
    if isinstance(node, Mapping) and not node.flow and node.members:
        first = next(iter(node.members.values()))[0]
        if first.start == node.start:
            return first.span
    if isinstance(node, Sequence) and not node.flow and node.items[0].start >= node.start:
        return Span(node.start, opening(node.items[0]).end)
    return node.span


def beginning(node: Node) -> Span:
    """Where a value begins: of a mapping in braces the first of them."""
    if isinstance(node, Mapping) and node.flow:
        return Span(node.start, node.start + 1)
    return opening(node)


def kind_name(kind: str) -> str:
    """What a value that has to be of this kind is called: `a list`, `a string`."""
    return "a whole number" if kind == "integer" else _KIND_NAMES[kind]


def value_name(node: Node) -> str:
    """What a value is called, with its text where that is short: "a boolean (`true`)"."""
    name = _KIND_NAMES[node.kind]
    if isinstance(node, Scalar) and node.kind != "null" and node.text:
        return f"{name} ({quoted(node.text)})"
    return name
