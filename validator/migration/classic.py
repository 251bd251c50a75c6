"""A `.gitpod.yml` as what it says: its tasks, its ports and its other fields, with their places."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from validator.parsing.nodes import Mapping, Node, Scalar, Sequence, pointer

SCRIPTS = ("before", "init", "prebuild", "command")
"""The fields of a task that are scripts, in the order in which they ran."""

_PORT_TEXTS = ("name", "description", "onOpen", "visibility", "protocol")
_PORT = r"(\d{1,5})(?:-(\d{1,5}))?"
_LAST_PORT = 65_535


class Field(NamedTuple):
    """A field of a mapping, and the JSON pointer of its value."""

    name: str
    key: Scalar
    value: Node
    pointer: str

    @property
    def text(self) -> str:
        """What the value says, if it is a scalar; else empty."""
        return self.value.text if isinstance(self.value, Scalar) else ""


class Entry(NamedTuple):
    """An entry of a list that could not be read as what belongs there."""

    node: Node
    pointer: str


class Task(NamedTuple):
    """A task: its `name`, its scripts that are not empty, its variables.

    `rest` are its other fields, also those whose values have a wrong type.
    """

    node: Mapping
    pointer: str
    name: Field | None
    scripts: dict[str, Field]
    variables: tuple[Field, ...]
    rest: tuple[Field, ...]


class Port(NamedTuple):
    """A port, or the ports from `first` to `last`; `texts` are its fields that are strings."""

    node: Mapping
    pointer: str
    field: Field
    first: int
    last: int
    texts: dict[str, Field]
    rest: tuple[Field, ...]

    def text(self, name: str) -> str:
        """What a field says, empty if the port does not have it."""
        return self.texts[name].text if name in self.texts else ""


class Classic(NamedTuple):
    """What a `.gitpod.yml` contains.

    `fields` are those at the top but for `tasks` and `ports`, which are among them only if they
    are not lists. `wrong` are entries of these lists that are no tasks and no ports.
    """

    root: Mapping
    tasks: tuple[Task, ...]
    ports: tuple[Port, ...]
    fields: dict[str, Field]
    wrong: tuple[Entry, ...]


def read_classic(root: Mapping) -> Classic:
    """What the tree of a `.gitpod.yml` says."""
    fields = {each.name: each for each in fields_of(root, "")}
    tasks: list[Task] = []
    ports: list[Port] = []
    wrong: list[Entry] = []
    for entry in _entries(fields, "tasks"):
        if isinstance(entry.node, Mapping):
            tasks.append(_task(entry.node, entry.pointer))
        else:
            wrong.append(entry)
    for entry in _entries(fields, "ports"):
        port = _port(entry.node, entry.pointer)
        if port is None:
            wrong.append(entry)
        else:
            ports.append(port)
    return Classic(root, tuple(tasks), tuple(ports), fields, tuple(wrong))


def fields_of(node: Mapping, at: str) -> Iterator[Field]:
    """The fields of a mapping with the JSON pointer `at`."""
    for name, (key, value) in node.members.items():
        yield Field(name, key, value, at + pointer((name,)))


def _entries(fields: dict[str, Field], name: str) -> list[Entry]:
    """The entries of a list at the top, whose field is taken out; empty if it is no list."""
    field = fields.get(name)
    if field is None or field.value.kind not in ("array", "null"):
        return []
    del fields[name]
    items = field.value.items if isinstance(field.value, Sequence) else []
    return [
        Entry(node, f"{field.pointer}/{index}")
        for index, node in enumerate(items)
        if node.kind != "null"
    ]


def _task(node: Mapping, at: str) -> Task:
    name: Field | None = None
    scripts: dict[str, Field] = {}
    variables: list[Field] = []
    rest: list[Field] = []
    for field in fields_of(node, at):
        if isinstance(field.value, Scalar):
            if field.name in SCRIPTS:
                if field.text.strip() and field.value.kind != "null":
                    scripts[field.name] = field
                continue
            if field.name == "name":
                name = field if field.text.strip() and field.value.kind != "null" else None
                continue
        if field.name == "env" and isinstance(field.value, Mapping):
            variables += fields_of(field.value, field.pointer)
        elif field.name != "env" or field.value.kind != "null":
            rest.append(field)
    return Task(node, at, name, scripts, tuple(variables), tuple(rest))


def _port(node: Node, at: str) -> Port | None:
    if not isinstance(node, Mapping):
        return None
    fields = {each.name: each for each in fields_of(node, at)}
    number = fields.pop("port", None)
    found = re.fullmatch(_PORT, number.text) if number is not None else None
    if number is None or found is None:
        return None
    first, last = int(found[1]), int(found[2] or found[1])
    if not 0 < first <= last <= _LAST_PORT:
        return None
    texts = {
        name: fields.pop(name)
        for name in _PORT_TEXTS
        if name in fields and isinstance(fields[name].value, Scalar)
    }
    return Port(node, at, number, first, last, texts, tuple(fields.values()))
