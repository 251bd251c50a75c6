"""The references of what is proposed, and its dependencies."""

from __future__ import annotations

from validator.authoring.names import as_reference, reference
from validator.proposal.items import Item
from validator.proposal.note import Note
from validator.wording import quoted


def distinct(items: list[Item]) -> list[Item]:
    """The items, those that two files would give the same reference with their tool in it."""
    tools: dict[str, set[str]] = {}
    for item in items:
        tools.setdefault(as_reference(item.reference), set()).add(item.tool)
    made = []
    for item in items:
        wanted = as_reference(item.reference)
        if len(tools[wanted]) > 1:
            name = f"{item.name} ({item.tool})"
            made.append(item._replace(reference=f"{item.reference} {item.tool}", name=name))
        else:
            made.append(item)
    return made


def references_of(items: list[Item]) -> list[str]:
    """A reference per item."""
    taken: dict[str, int] = {}
    return [reference(item.reference, taken, item.kind) for item in items]


def dependencies(items: list[Item], references: list[str], notes: list[Note]) -> list[list[str]]:
    """What each item depends on, without what does not exist and what would close a cycle."""
    labels = {item.label: name for item, name in zip(items, references, strict=True) if item.label}
    kinds = {name: item.kind for item, name in zip(items, references, strict=True)}
    made: dict[str, list[str]] = {name: [] for name in references}
    for item, name in zip(items, references, strict=True):
        for label in item.needs:
            need = labels.get(label)
            if need is None:
                why = "it is not proposed"
            elif kinds[name] == "service":
                why = "a service can't depend on anything"
            elif _reaches(need, name, made):
                why = "they would wait for each other"
            else:
                made[name] += [need] if need not in made[name] else []
                continue
            message = f"`{name}` does not depend on {quoted(label)}: {why}"
            notes.append(Note(item.source, "left out", message))
    return [made[name] for name in references]


def _reaches(start: str, goal: str, needs: dict[str, list[str]]) -> bool:
    stack, seen = [start], {start}
    while stack:
        name = stack.pop()
        if name == goal:
            return True
        new = [each for each in needs[name] if each not in seen]
        seen.update(new)
        stack += new
    return False
