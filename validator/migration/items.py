"""The tasks and services that a migration makes, before they are written."""

from __future__ import annotations

from typing import NamedTuple

from validator.migration.classic import Field, Task


class Part(NamedTuple):
    """A piece of a script, and the older field that it is from, unless it is made."""

    text: str
    field: Field | None = None


class Item:
    """A task or a service that is being made.

    `kind` is `task` or `service`. `own` is the older field whose script it runs, and `older` the
    task that has it, both None for one that is made of something else. `siblings`
    are the items of that task, itself among them. Comments are `above` it,
    `over` its command, `after` its fields, and `below` it, between it and the next one. `port` is
    the one that a service listens on.
    """

    __slots__ = (
        *(
            "above",
            "after",
            "below",
            "dependencies",
            "kind",
            "name",
            "older",
            "over",
            "own",
            "parts",
        ),
        *("port", "ready", "reference", "siblings", "triggers"),
    )

    def __init__(self, kind: str, triggers: tuple[str, ...], parts: list[Part]) -> None:
        self.kind = kind
        self.triggers = triggers
        self.parts = parts
        self.name = ""
        self.reference = ""
        self.own: Field | None = None
        self.older: Task | None = None
        self.siblings: list[Item] = [self]
        self.above: list[str] = []
        self.over: list[str] = []
        self.after: list[str] = []
        self.below: list[str] = []
        self.dependencies: list[Item] = []
        self.port: int | None = None
        self.ready = ""

    @property
    def script(self) -> str:
        """The script of all parts, one after another."""
        return joined([part.text for part in self.parts])

    def depend_on(self, other: Item) -> bool:
        """Wait for another item; False if that already waits for this one, or this is a service."""
        if self.kind == "service" or other is self or other.waits_for(self):
            return False
        if other not in self.dependencies:
            self.dependencies.append(other)
        return True

    def waits_for(self, other: Item) -> bool:
        """Whether this item depends on another, also through others."""
        stack, seen = list(self.dependencies), set[int]()
        while stack:
            item = stack.pop()
            if item is other:
                return True
            if id(item) not in seen:
                seen.add(id(item))
                stack += item.dependencies
        return False


def joined(scripts: list[str]) -> str:
    """Scripts as one, whose pieces keep their ends: each begins on a line of its own."""
    made = ""
    for script in scripts:
        if made and not made.endswith("\n"):
            # A line that ends with a backslash would take the next one with it.
            made += "\n\n" if made.endswith("\\") else "\n"
        made += script
    return made
