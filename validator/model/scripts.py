"""The shell scripts of a document."""

from __future__ import annotations

from collections.abc import Iterator

from validator.model.automations import Automation, Document, Role
from validator.parsing.nodes import Mapping, Node, Scalar
from validator.tuples import NamedTuple

TYPE_CHECKING = False

if TYPE_CHECKING:
    from typing import TypeGuard


class Field(NamedTuple):
    """A field that contains a script: whose it is, its value, and that value's JSON pointer.

    `times` is in how many tasks or services the value is, where it has an anchor.
    """

    automation: Automation
    node: Scalar
    pointer: str
    times: int = 1

    @property
    def text(self) -> str:
        return self.node.text


class _Scripts(NamedTuple):
    all: list[Field]
    by_field: dict[tuple[Role, str], list[Field]]


def scripts(document: Document, role: Role, name: str) -> list[Field]:
    """The scripts in a field of all tasks or services; `name` is `command`, `start` and so on.

    A script at an anchor comes once, with the first that uses it.
    """
    return _found(document).by_field.get((role, name), [])


def all_scripts(document: Document) -> list[Field]:
    """All scripts of a document, in the order of the text; one at an anchor comes once."""
    return _found(document).all


def scripts_of(automation: Automation) -> list[Field]:
    """The scripts of a task or a service."""
    return [Field(automation, node, pointer) for _, node, pointer in _fields(automation)]


def _found(document: Document) -> _Scripts:
    # Several rules look at the scripts of the same document.
    if document.scripts is None:
        document.scripts = _find(document)
    assert isinstance(document.scripts, _Scripts)
    return document.scripts


def _find(document: Document) -> _Scripts:
    once: dict[int, Field] = {}
    places: dict[tuple[Role, str, int], Field] = {}
    for automation in document.automations:
        role = automation.role
        for name, node, pointer in _fields(automation):
            place, field = (role, name, id(node)), Field(automation, node, pointer)
            places[place] = _again(places.get(place), field)
            once[id(node)] = _again(once.get(id(node)), field)
    by_field: dict[tuple[Role, str], list[Field]] = {}
    for (role, name, _), field in places.items():
        by_field.setdefault((role, name), []).append(field)
    return _Scripts(sorted(once.values(), key=lambda field: field.node.start), by_field)


def _again(before: Field | None, field: Field) -> Field:
    return field if before is None else before._replace(times=before.times + 1)


def _fields(automation: Automation) -> Iterator[tuple[str, Scalar, str]]:
    """The fields of an automation that contain scripts: name, value and pointer."""
    command = automation.node.members.get("command")
    if command is not None and _is_script(command[1]):
        yield "command", command[1], f"{automation.pointer}/command"
    commands = automation.node.members.get("commands")
    if commands is not None and isinstance(commands[1], Mapping):
        for name in ("start", "ready", "stop"):
            member = commands[1].members.get(name)
            if member is not None and _is_script(member[1]):
                yield name, member[1], f"{automation.pointer}/commands/{name}"


def _is_script(node: Node) -> TypeGuard[Scalar]:
    return isinstance(node, Scalar) and node.kind == "string"
