"""The content of a picture: items, the dependencies between them, and cycles of these."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass
from typing import Literal

from validator.model import graph, plan
from validator.model.automations import TRIGGERS, Automation, Document
from validator.parsing.nodes import Scalar

MAX_ITEMS = 1_000
MAX_EDGES = 5_000
"""How much a diagram contains at most that is laid out."""


@dataclass(frozen=True)
class Item:
    """A task or a service, or a dependency of a task that is neither.

    `role` is `unknown` if no task or service has the reference, `unreadable` if something in the
    file that can't be read may have it. `name` is the reference if there is no name. `triggers` are
    in the file format's spelling, each once. `pointer` is the JSON pointer of the item, "" if there
    is none. `in_cycle` says whether it depends on itself, directly or not, `never_triggered`
    whether no trigger starts it or anything that needs it.
    """

    reference: str
    role: Literal["task", "service", "unknown", "unreadable"]
    name: str
    triggers: tuple[str, ...] = ()
    pointer: str = ""
    in_cycle: bool = False
    never_triggered: bool = False


@dataclass(frozen=True)
class Edge:
    """A dependency: the reference of a task, and the reference that it needs.

    `in_cycle` says whether it is part of a dependency cycle, `unknown` whether no task or service
    has the reference that it needs.
    """

    task: str
    needs: str
    in_cycle: bool = False
    unknown: bool = False


@dataclass(frozen=True)
class Diagram:
    """The items of a document in the order of the file, unknown ones last, and their edges.

    `cycles` contains one shortest cycle for each group of items that depend on each other: every
    reference depends on the next, the last on the first.
    """

    items: tuple[Item, ...]
    edges: tuple[Edge, ...]
    cycles: tuple[tuple[str, ...], ...]


class TooLarge(ValueError):
    """A diagram contains more than can be laid out; the message says what to do instead."""


def check_size(diagram: Diagram) -> None:
    """Raise TooLarge for a diagram with more items or edges than are laid out."""
    items, edges = len(diagram.items), len(diagram.edges)
    if items > MAX_ITEMS or edges > MAX_EDGES:
        raise TooLarge(
            f"{items:,} items and {edges:,} dependencies are too many for this picture, which "
            f"shows {MAX_ITEMS:,} and {MAX_EDGES:,} at most; the formats dot, json and mermaid "
            "have no limit"
        )


def diagram_of(document: Document) -> Diagram:
    """The diagram of what could be read of a document.

    For a repeated reference it contains the first item. Takes time linear in the document's size.
    """
    known = document.by_reference
    group = {
        reference: number
        for number, component in enumerate(graph.components(document.graph))
        for reference in component
    }
    missing: dict[str, Item] = {}
    edges: dict[tuple[str, str], Edge] = {}
    for task in known.values():
        for need in (dependency.reference for dependency in task.dependencies):
            if need not in known and need not in missing:
                missing[need] = _missing(document, need)
            unknown = need in missing and missing[need].role == "unknown"
            together = group.get(task.reference, -1) == group.get(need, -2)
            cyclic = together or need == task.reference
            edges[task.reference, need] = Edge(task.reference, need, cyclic, unknown)
    alone = [edge.task for edge in edges.values() if edge.task == edge.needs]
    in_cycle = group.keys() | set(alone)
    # Where not all triggers could be read, nothing is said to have none.
    planned = plan.reached_by(document, *TRIGGERS) if document.whole else known
    items = [_item(each, each.reference in in_cycle, planned) for each in known.values()]
    cycles = [*graph.cycles(document.graph), *([reference] for reference in alone)]
    return Diagram(
        (*items, *missing.values()), tuple(edges.values()), tuple(tuple(each) for each in cycles)
    )


def _item(automation: Automation, in_cycle: bool, planned: Container[str]) -> Item:
    name = automation.field("name")
    shown = name[1].text if name is not None and isinstance(name[1], Scalar) else ""
    return Item(
        automation.reference,
        automation.role,
        shown if shown.strip() else automation.reference,
        tuple(dict.fromkeys(trigger.name for trigger in automation.triggers)),
        automation.pointer,
        in_cycle,
        automation.reference not in planned,
    )


def _missing(document: Document, reference: str) -> Item:
    absent = document.complete and reference not in document.references
    return Item(reference, "unknown" if absent else "unreadable", reference)
