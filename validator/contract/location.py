"""A value rejected by the schema: where it is, and what it is called in messages."""

from __future__ import annotations

from validator import schemas
from validator.finding import Span
from validator.likeness import Vocabulary
from validator.parsing.nodes import Mapping, Node, Path, Scalar, Sequence
from validator.schemas import Schema
from validator.tuples import NamedTuple
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

    It has a path, the object or list that contains it, its key if it has one, the schemas from the
    root down to it, and the document's text ("" if there is none).
    """

    path: Path
    node: Node
    holder: Node | None
    key: Scalar | None
    schemas: list[Schema]
    text: str

    @property
    def head(self) -> Span:
        """Where to report a problem of the whole value: at its key, or at its beginning."""
        return beginning(self.node) if self.key is None else self.key.span

    @property
    def name(self) -> str:
        """The value's name in messages: "the task `build`", "`commands`"."""
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
        """The name of values of this type in messages: "a task", "`commands`"."""
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
    """The fields of empty items that follow them but are not indented, by the `id` of their key.

    `items` contains tasks or services, `item` is the schema of each. Takes time linear in the
    number of members.
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
            # A misspelt key among fields is a field.
            is_field = known.nearest(key.text).slip
        if is_field and below is not None:
            below.append((key, value))
        elif value.kind == "null":
            below = found[id(key)] = []
        else:
            below = None
    return found


def opening(node: Node) -> Span:
    """The span of a value; of a block only its first key, or its first dash and what follows."""
    if isinstance(node, Mapping) and not node.flow and node.members:
        first = next(iter(node.members.values()))[0]
        if first.start == node.start:
            return first.span
    if isinstance(node, Sequence) and not node.flow and node.items[0].start >= node.start:
        return Span(node.start, opening(node.items[0]).end)
    return node.span


def beginning(node: Node) -> Span:
    """The span of the beginning of a value: the opening brace of a mapping in braces."""
    if isinstance(node, Mapping) and node.flow:
        return Span(node.start, node.start + 1)
    return opening(node)


def kind_name(kind: str) -> str:
    """The name of values of a kind: `a list`, `a string`."""
    return "a whole number" if kind == "integer" else _KIND_NAMES[kind]


def value_name(node: Node) -> str:
    """A value's name, with its text unless it is empty: "a boolean (`true`)"."""
    name = _KIND_NAMES[node.kind]
    if isinstance(node, Scalar) and node.kind != "null" and node.text:
        return f"{name} ({quoted(node.text)})"
    return name
