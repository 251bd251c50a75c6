"""The model of an automations file: tasks and services with their triggers and dependencies.

It contains only what the schema accepts, each thing with its node. The rest is left out; `refused`
and `complete` say what rules can't conclude from something missing.
"""

from __future__ import annotations

import re
from functools import cached_property

from validator.finding import Fix
from validator.kinds import SECTIONS
from validator.parsing.nodes import Mapping, Node, Path, Scalar, Sequence, pointer
from validator.tuples import NamedTuple

TYPE_CHECKING = False

if TYPE_CHECKING:
    from typing import Literal

    Role = Literal["task", "service"]
    Command = Literal["start", "ready", "stop"]
else:
    Role = Command = str

TRIGGERS = (
    "manual",
    "postMachineStart",
    "postEnvironmentStart",
    "postDevcontainerStart",
    "prebuild",
    "beforeSnapshot",
)
"""The triggers, in the spelling of the file format. Source: the shared model AutomationTrigger."""

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
"""The Python SDK's spelling of fields and triggers, and that of the file format."""

# Source: the shared model TaskMetadata.
REFERENCE = r"[a-zA-Z0-9_-]{1,128}"
"""The regular expression for references of tasks and services."""

_COMMANDS: tuple[Command, ...] = ("start", "ready", "stop")

# The spellings of `true` in YAML 1.1.
_TRUE = ("true", "yes", "on")

_SDK_FIELDS = {canonical: sdk for sdk, canonical in SPELLINGS.items()}


class Trigger(NamedTuple):
    """An entry of an automation's triggers; `name` is in the file format's spelling."""

    name: str
    node: Scalar
    pointer: str


class Dependency(NamedTuple):
    """An entry of a task's dependencies: the reference of the automation that it needs."""

    reference: str
    node: Scalar
    pointer: str


class Automation(NamedTuple):
    """A task or a service. `refused` says whether the schema rejects anything in it."""

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

        None if the field is missing or null.
        """
        return _field(self.node, name)

    @property
    def has_reference(self) -> bool:
        """Whether its key is a valid reference."""
        return self.key.kind == "string" and bool(re.fullmatch(REFERENCE, self.reference))

    def has_trigger(self, name: str) -> bool:
        """Whether a trigger starts the automation."""
        return any(trigger.name == name for trigger in self.triggers)

    def without(self, field: str, entry: Scalar, text: str) -> tuple[Fix, ...]:
        """The fix that removes an entry of a list field."""
        member = self.field(field)
        if member is None:
            return ()
        from validator.editing import edits

        return edits.removal(member[1], entry, text)

    @property
    def prebuild_requires_success(self) -> bool:
        """Whether a prebuild fails if the task does."""
        member = self.field("prebuildRequiresSuccess")
        if member is None or not isinstance(member[1], Scalar):
            return False
        return member[1].kind == "boolean" and member[1].text.lower() in _TRUE

    @property
    def commands(self) -> dict[Command, str]:
        """A service's `start`, `ready` and `stop`, without those that contain only whitespace."""
        member = self.field("commands")
        if member is None or not isinstance(member[1], Mapping):
            return {}
        found: dict[Command, str] = {}
        for name in _COMMANDS:
            value = member[1].get(name)
            if isinstance(value, Scalar) and value.text.strip():
                found[name] = value.text
        return found

    @property
    def runs_on_machine(self) -> bool:
        """Whether it runs on the machine itself, outside the dev container."""
        return self._runs_on("machine")

    @property
    def runs_in_dev_container(self) -> bool:
        """Whether it runs in the dev container, the default."""
        return not self._runs_on("machine") and not self._runs_on("docker")

    def _runs_on(self, place: str) -> bool:
        runs_on = self.field("runsOn")
        if runs_on is None or not isinstance(runs_on[1], Mapping):
            return False
        return runs_on[1].get(place) is not None


class Document:
    """A document of the kind `automations-file`.

    `automations` are in the order of their keys in the text. `references` are the keys of all
    items, valid or not. `complete` says whether all keys could be read: if not, a reference missing
    there may still exist. `whole` says whether all triggers and dependencies could be read, each of
    another reference: if not, an automation without a trigger may still be started.
    """

    def __init__(
        self,
        text: str,
        root: Node,
        automations: tuple[Automation, ...],
        references: frozenset[str],
        *,
        complete: bool,
        whole: bool,
    ) -> None:
        self.text = text
        self.root = root
        self.automations = automations
        self.references = references
        self.complete = complete
        self.whole = whole
        # What `validator.model.scripts` has found in it.
        self.scripts: object = None

    @cached_property
    def names(self) -> frozenset[str]:
        """The names of its sections that have members, fields and triggers.

        They are in the file format's spelling.
        """
        members = self.root.members if isinstance(self.root, Mapping) else {}
        found = {name for name, (_, value) in members.items() if not _is_empty(value)}
        for automation in self.automations:
            found.update(automation.node.members)
            found.update(trigger.name for trigger in automation.triggers)
        return frozenset([SPELLINGS.get(name, name) for name in found])

    @cached_property
    def distinct(self) -> tuple[Automation, ...]:
        """The automations, without those that are an alias of another one."""
        return tuple({id(each.node): each for each in reversed(self.automations)}.values())[::-1]

    @cached_property
    def by_reference(self) -> dict[str, Automation]:
        """The automations by their references; for a repeated reference, the first."""
        found: dict[str, Automation] = {}
        for automation in self.automations:
            found.setdefault(automation.reference, automation)
        return found

    @cached_property
    def graph(self) -> dict[str, list[str]]:
        """The dependencies between existing automations, without those on themselves."""
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
    """The model of a document; `refused` are the paths that its schema rejects."""
    automations: list[Automation] = []
    references: set[str] = set()
    items = {path[:2] for path in refused}
    sections = root.members if isinstance(root, Mapping) else {}
    complete = isinstance(root, Mapping) and not root.repeated
    whole = not any(len(path) > 2 and path[2] in _WIRING for path in refused)
    for section, (_, holder) in sections.items():
        role = SECTIONS.get(section)
        if not isinstance(holder, Mapping):
            if holder.kind != "null" and (role is not None or isinstance(holder, Sequence)):
                complete = False
            continue
        # An unknown section may be a misspelt one: its keys are references all the same.
        references.update(holder.members)
        whole = whole and role is not None
        for reference, (key, node) in holder.members.items():
            if role is None or not isinstance(node, Mapping):
                whole = False
                continue
            path = (section, reference)
            twice = bool(node.repeated) or reference in holder.repeated
            automations.append(_automation(role, path, key, node, twice or path in items))
            whole = whole and not twice
    whole = whole and len({each.reference for each in automations}) == len(automations)
    automations.sort(key=lambda each: each.key.start)
    return Document(
        text,
        root,
        tuple(automations),
        frozenset(references),
        complete=complete,
        whole=complete and whole,
    )


_WIRING = {"dependsOn", "depends_on", "triggeredBy", "triggered_by"}


def _automation(
    role: Role, path: tuple[str, str], key: Scalar, node: Mapping, refused: bool
) -> Automation:
    at = pointer(path)
    triggers = [
        Trigger(name, entry, where)
        for entry, where in _entries(node, "triggeredBy", at)
        if (name := SPELLINGS.get(entry.text, entry.text)) in TRIGGERS
    ]
    dependencies = [
        Dependency(entry.text, entry, where) for entry, where in _entries(node, "dependsOn", at)
    ]
    return Automation(
        role,
        path[1],
        key,
        node,
        at,
        tuple(triggers),
        tuple(dependencies) if role == "task" else (),
        refused,
    )


def _field(node: Mapping, name: str) -> tuple[Scalar, Node] | None:
    member = node.members.get(name)
    if member is None and name in _SDK_FIELDS:
        member = node.members.get(_SDK_FIELDS[name])
    return None if member is None or member[1].kind == "null" else member


def _is_empty(node: Node) -> bool:
    return isinstance(node, Mapping) and not node.members


def _entries(node: Mapping, name: str, at: str) -> list[tuple[Scalar, str]]:
    """The string entries of a list field, each with its pointer."""
    member = _field(node, name)
    if member is None:
        return []
    key, value = member
    if not isinstance(value, Sequence):
        return []
    return [
        (item, f"{at}/{key.text}/{index}")
        for index, item in enumerate(value.items)
        if isinstance(item, Scalar) and item.kind == "string"
    ]
