"""The shell scripts of a document."""

from typing import NamedTuple

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


def scripts(document: Document, role: Role, name: str) -> list[Field]:
    """The scripts in a field of all tasks or services; `name` is `command`, `start` and so on.

    A script at an anchor comes once, with the first that uses it.
    """
    found: dict[int, Field] = {}
    for automation in document.automations:
        if automation.role != role:
            continue
        holder: Node | None = automation.node
        pointer = automation.pointer
        if name != "command":
            holder = automation.node.get("commands")
            pointer += "/commands"
        node = holder.get(name) if isinstance(holder, Mapping) else None
        if isinstance(node, Scalar) and node.kind == "string":
            before = found.get(id(node))
            found[id(node)] = (
                before._replace(times=before.times + 1)
                if before
                else Field(automation, node, f"{pointer}/{name}")
            )
    return list(found.values())
