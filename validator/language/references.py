"""The references of a document, as far as they are known while its text is being written."""

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
    """The declared references in order, each with "task" or "service"."""
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
    """The nonexistent references that tasks depend on, each with such a task."""
    known = references(view)
    found: dict[str, str] = {}
    for automation in view.document.automations:
        for dependency in automation.dependencies:
            if dependency.reference not in known:
                found.setdefault(dependency.reference, automation.reference)
    return found


@lru_cache(maxsize=8)
def dependents(view: View) -> Mapping[str, list[str]]:
    """The tasks that directly depend on each reference; references without any are left out."""
    needed_by = graph.reversed_graph(view.document.graph)
    return {name: waiting for name, waiting in needed_by.items() if waiting}


def reaching(view: View, reference: str) -> set[str]:
    """The reference and everything that depends on it: it can depend on none of them."""
    needed_by = dependents(view)
    upwards = {name: needed_by.get(name, []) for name in (*view.document.graph, reference)}
    return graph.closure(upwards, [reference])
