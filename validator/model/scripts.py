"""The shell scripts of a document."""

from collections.abc import Iterator
from typing import NamedTuple, TypeGuard
from weakref import WeakKeyDictionary

from validator.model.automations import Automation, Document, Role
from validator.parsing.nodes import Mapping, Node, Scalar


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


# Several rules look at the scripts of the same document.
_FOUND: WeakKeyDictionary[Document, dict[tuple[Role, str], list[Field]]] = WeakKeyDictionary()


def scripts(document: Document, role: Role, name: str) -> list[Field]:
    """The scripts in a field of all tasks or services; `name` is `command`, `start` and so on.

    A script at an anchor comes once, with the first that uses it.
    """
    found = _FOUND.get(document)
    if found is None:
        found = _FOUND[document] = _all(document)
    return found.get((role, name), [])


def all_scripts(document: Document) -> list[Field]:
    """All scripts of a document, in the order of the text; one at an anchor comes once."""
    found = _FOUND.get(document)
    if found is None:
        found = _FOUND[document] = _all(document)
    once: dict[int, Field] = {}
    for fields in found.values():
        for field in fields:
            before = once.get(id(field.node))
            times = field.times + (before.times if before else 0)
            once[id(field.node)] = (before or field)._replace(times=times)
    return sorted(once.values(), key=lambda field: field.node.start)


def scripts_of(automation: Automation) -> list[Field]:
    """The scripts of a task or a service."""
    return [Field(automation, node, pointer) for _, node, pointer in _fields(automation)]


def _all(document: Document) -> dict[tuple[Role, str], list[Field]]:
    found: dict[tuple[Role, str, int], Field] = {}
    for automation in document.automations:
        role = automation.role
        for name, node, pointer in _fields(automation):
            place = (role, name, id(node))
            before = found.get(place)
            found[place] = (
                before._replace(times=before.times + 1)
                if before
                else Field(automation, node, pointer)
            )
    by_field: dict[tuple[Role, str], list[Field]] = {}
    for (role, name, _), field in found.items():
        by_field.setdefault((role, name), []).append(field)
    return by_field


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
