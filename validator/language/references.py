"""The references that a document has, as far as can be told from a text that is being written."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from validator.kinds import SECTIONS
from validator.language.cursor.siblings import declared
from validator.language.occurrences import declarations, inner
from validator.language.snapshot import View
from validator.model import graph


@lru_cache(maxsize=8)
def references(view: View) -> Mapping[str, str]:
    """The references that are declared, each with "task" or "service", in their order."""
    text = view.document.text
    read = [
        (each.reference, each.section)
        for each in declarations(view.document)
        if not view.stale or view.kept(inner(each.key, text)) is not None
    ]
    if view.stale:
        read += [(reference, section) for section, reference, _ in declared(view.text)]
    found: dict[str, str] = {}
    for reference, section in read:
        found.setdefault(reference, SECTIONS[section])
    return found


def missing(view: View) -> dict[str, str]:
    """The references that tasks depend on and that there are not, each with such a task."""
    known = references(view)
    found: dict[str, str] = {}
    for automation in view.document.automations:
        for dependency in automation.dependencies:
            if dependency.reference not in known:
                found.setdefault(dependency.reference, automation.reference)
    return found


@lru_cache(maxsize=8)
def dependents(view: View) -> Mapping[str, list[str]]:
    """The tasks that depend on each reference, directly; those on none are left out."""
    found: dict[str, list[str]] = {}
    for name, needs in view.document.graph.items():
        for need in needs:
            found.setdefault(need, []).append(name)
    return found


def reaching(view: View, reference: str) -> set[str]:
    """The reference and all that depend on it: it can depend on none of them."""
    needed_by = dependents(view)
    upwards = {name: needed_by.get(name, []) for name in (*view.document.graph, reference)}
    return graph.closure(upwards, [reference])
