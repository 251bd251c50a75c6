"""A document as the rules see it: its automations with their triggers and dependencies.

Only what the contract accepts gets in, each thing with its node. What it refuses is left out, and
`refused` and `complete` tell the rules what they can't conclude from its absence.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from validator.contract import Path, pointer
from validator.nodes import Mapping, Node, Scalar, Sequence

TRIGGERS = (
    "manual",
    "postMachineStart",
    "postEnvironmentStart",
    "postDevcontainerStart",
    "prebuild",
    "beforeSnapshot",
)
"""The triggers in the spelling of the file format. Source: the shared model AutomationTrigger."""

SPELLINGS = {
    "depends_on": "dependsOn",
    "prebuild_requires_success": "prebuildRequiresSuccess",
    "readiness_timeout": "readinessTimeout",
    "runs_on": "runsOn",
    "triggered_by": "triggeredBy",
    "post_machine_start": "postMachineStart",
    "post_environment_start": "postEnvironmentStart",
    "post_devcontainer_start": "postDevcontainerStart",
    "before_snapshot": "beforeSnapshot",
}
"""The Python SDK's spelling of fields and triggers, and the file format's."""

_SDK_FIELDS = {canonical: sdk for sdk, canonical in SPELLINGS.items()}

Role = Literal["task", "service"]


@dataclass(frozen=True)
class Trigger:
    """An entry of an automation's triggers; `name` is in the file format's spelling."""

    name: str
    node: Scalar
    pointer: str


@dataclass(frozen=True)
class Dependency:
    """An entry of a task's dependencies: the reference of the automation that it needs."""

    reference: str
    node: Scalar
    pointer: str


@dataclass(frozen=True)
class Automation:
    """A task or a service. `refused` tells whether the contract refuses anything in it."""

    role: Role
    reference: str
    key: Scalar
    node: Mapping
    pointer: str
    triggers: tuple[Trigger, ...]
    dependencies: tuple[Dependency, ...]
    refused: bool

    def field(self, name: str) -> tuple[Scalar, Node] | None:
        """Key and value of a field by its name in the file format, in either spelling.

        None where the field is missing or null.
        """
        return _field(self.node, name)

    def has_trigger(self, name: str) -> bool:
        """Whether a trigger starts the automation."""
        return any(trigger.name == name for trigger in self.triggers)

    @property
    def runs_on_machine(self) -> bool:
        """Whether it runs on the machine itself, outside the dev container."""
        runs_on = self.field("runsOn")
        return (
            runs_on is not None
            and isinstance(runs_on[1], Mapping)
            and "machine" in runs_on[1].members
        )


@dataclass(frozen=True)
class Document:
    """A document of the kind `automations-file`.

    `complete` tells whether all its automations could be read: where not, a reference that is
    not among them may still exist.
    """

    text: str
    root: Node
    automations: tuple[Automation, ...]
    complete: bool

    @cached_property
    def by_reference(self) -> dict[str, Automation]:
        """The automations by their references; of a repeated reference, the first."""
        found: dict[str, Automation] = {}
        for automation in self.automations:
            found.setdefault(automation.reference, automation)
        return found

    @cached_property
    def graph(self) -> dict[str, list[str]]:
        """The dependencies between the automations that there are; none on itself."""
        known = self.by_reference
        return {
            reference: list(
                dict.fromkeys(
                    dependency.reference
                    for dependency in automation.dependencies
                    if dependency.reference in known and dependency.reference != reference
                )
            )
            for reference, automation in known.items()
        }


def build(text: str, root: Node, refused: frozenset[Path] = frozenset()) -> Document:
    """The model of a document; `refused` are the paths of what its schema refuses."""
    automations: list[Automation] = []
    complete = () not in refused
    items = {path[:2] for path in refused}
    for section, role in _SECTIONS:
        member = root.members.get(section) if isinstance(root, Mapping) else None
        if member is None or member[1].kind == "null":
            continue
        if not isinstance(member[1], Mapping):
            complete = False
            continue
        for reference, (key, node) in member[1].members.items():
            if isinstance(node, Mapping):
                path = (section, reference)
                automations.append(_automation(role, path, key, node, path in items))
            else:
                complete = False
    return Document(text, root, tuple(automations), complete)


_SECTIONS: tuple[tuple[str, Role], ...] = (("services", "service"), ("tasks", "task"))


def _automation(
    role: Role, path: tuple[str, str], key: Scalar, node: Mapping, refused: bool
) -> Automation:
    at = pointer(path)
    triggers = tuple(
        Trigger(SPELLINGS.get(entry.text, entry.text), entry, where)
        for entry, where in _entries(node, "triggeredBy", at)
        if SPELLINGS.get(entry.text, entry.text) in TRIGGERS
    )
    dependencies = tuple(
        Dependency(entry.text, entry, where) for entry, where in _entries(node, "dependsOn", at)
    )
    return Automation(
        role,
        path[1],
        key,
        node,
        at,
        triggers,
        dependencies if role == "task" else (),
        refused,
    )


def _field(node: Mapping, name: str) -> tuple[Scalar, Node] | None:
    member = node.members.get(name) or node.members.get(_SDK_FIELDS.get(name, name))
    return None if member is None or member[1].kind == "null" else member


def _entries(node: Mapping, name: str, at: str) -> list[tuple[Scalar, str]]:
    """The text entries of a list field, each with its pointer."""
    member = _field(node, name)
    if member is None:
        return []
    key, value = member
    if not isinstance(value, Sequence):
        return []
    return [
        (item, f"{at}{pointer((key.text,))}/{index}")
        for index, item in enumerate(value.items)
        if isinstance(item, Scalar) and item.kind == "string"
    ]
