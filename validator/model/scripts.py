"""The shell scripts of a document."""

from collections.abc import Iterator
from typing import NamedTuple

from validator.model.automations import Automation, Document, Role
from validator.parsing.nodes import Mapping, Node, Scalar


class Field(NamedTuple):
    """A field that contains a script: whose it is, its value, and that value's JSON pointer."""

    automation: Automation
    node: Scalar
    pointer: str

    @property
    def text(self) -> str:
        return self.node.text


def scripts(document: Document, role: Role, name: str) -> Iterator[Field]:
    """The scripts in a field of all tasks or services; `name` is `command`, `start` and so on.

    A script at an anchor comes once, with the first that uses it.
    """
    seen: set[int] = set()
    for automation in document.automations:
        if automation.role != role:
            continue
        holder: Node | None = automation.node
        pointer = automation.pointer
        if name != "command":
            holder = automation.node.get("commands")
            pointer += "/commands"
        node = holder.get(name) if isinstance(holder, Mapping) else None
        if isinstance(node, Scalar) and node.kind == "string" and id(node) not in seen:
            seen.add(id(node))
            yield Field(automation, node, f"{pointer}/{name}")
