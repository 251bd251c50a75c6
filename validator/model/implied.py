"""Dependencies that are new or gone, without those that others imply."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from validator.model.automations import Document
from validator.model.graph import Graph

_STEPS_PER_EDGE = 32


class Implied:
    """The dependencies of two versions of a document; `renamed` maps old references to new ones.

    A dependency on something that was, or is, waited for through another one all the same changes
    nothing. Looking for such paths stops after a number of steps in proportion to the size of both
    documents; from then on every dependency counts.
    """

    def __init__(self, old: Document, new: Document, renamed: Mapping[str, str]) -> None:
        self._old: Graph = {
            renamed.get(name, name): [renamed.get(need, need) for need in needs]
            for name, needs in old.graph.items()
        }
        self._new: Graph = new.graph
        self._old_name = {now: was for was, now in renamed.items()}
        self._renamed = renamed
        self._steps = _STEPS_PER_EDGE * sum(
            1 + len(needs) for graph in (self._old, self._new) for needs in graph.values()
        )

    def difference(self, was: str, now: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """What an automation has begun to wait for, and what it does not wait for any more.

        `was` and `now` are its references. The first are in the new version's names, the second in
        the old one's.
        """
        before, after = self._old[self._renamed.get(was, was)], self._new[now]
        known, kept = set(before), set(after)
        awaited = [need for need in after if need not in known]
        released = [need for need in before if need not in kept]
        if awaited:
            reached = self._reached(self._old, before)
            awaited = [need for need in awaited if need not in reached]
        if released:
            reached = self._reached(self._new, after)
            released = [need for need in released if need not in reached]
        return tuple(awaited), tuple(self._old_name.get(need, need) for need in released)

    def _reached(self, graph: Graph, roots: Iterable[str]) -> set[str]:
        """What the roots depend on, directly or not; nothing once there were too many steps."""
        found: set[str] = set()
        stack = list(roots)
        while stack:
            name = stack.pop()
            self._steps -= 1 + len(graph[name])
            if self._steps < 0:
                return set()
            for need in graph[name]:
                if need not in found:
                    found.add(need)
                    stack.append(need)
        return found
