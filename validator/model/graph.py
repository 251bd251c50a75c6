"""The graph of dependencies between references: cycles, levels and reachability."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from graphlib import CycleError, TopologicalSorter

Graph = Mapping[str, Sequence[str]]
"""Each reference with the references that it depends on; all of them are keys as well."""


def has_chains(graph: Graph) -> bool:
    """Whether any dependency has dependencies itself; in most documents none has."""
    return any(graph[need] for needs in graph.values() for need in needs)


def _is_sorted(graph: Graph) -> bool:
    """Whether all dependencies of a reference come before it, as in most documents."""
    before: set[str] = set()
    for reference, needs in graph.items():
        if not before.issuperset(needs):
            return False
        before.add(reference)
    return True


def is_acyclic(graph: Graph) -> bool:
    """Whether no reference reaches itself. Takes time linear in the size of the graph."""
    if not has_chains(graph) or _is_sorted(graph):
        return True
    try:
        TopologicalSorter(graph).prepare()
    except CycleError:
        return False
    return True


def cycles(graph: Graph) -> Iterator[list[str]]:
    """One shortest cycle of each strongly connected component with several references.

    Each cycle is a list of references, every one depending on the next, the last on the first; it
    begins with the reference that comes first in the graph. A component can have exponentially many
    cycles; breaking one shows the next.
    """
    for component in components(graph):
        yield _shortest_cycle(graph, component)


def components(graph: Graph) -> list[list[str]]:
    """The strongly connected components with several references, in the order of the graph.

    Each reference of a component reaches all others. Takes time linear in the size of the graph.
    """
    if is_acyclic(graph):
        return []
    # Takes longer to import than most documents take to check.
    import networkx

    order = {reference: index for index, reference in enumerate(graph)}
    directed: networkx.DiGraph[str] = networkx.DiGraph()
    directed.add_nodes_from(graph)
    directed.add_edges_from((name, need) for name, needs in graph.items() for need in needs)
    found = [
        sorted(component, key=order.__getitem__)
        for component in networkx.strongly_connected_components(directed)
        if len(component) > 1
    ]
    return sorted(found, key=lambda component: order[component[0]])


def _shortest_cycle(graph: Graph, component: list[str]) -> list[str]:
    """A shortest cycle through the first reference of a component."""
    import networkx

    first, members = component[0], set(component)
    inner: networkx.DiGraph[str] = networkx.DiGraph()
    inner.add_edges_from(
        (name, need) for name in component for need in graph[name] if need in members
    )
    # Only lengths: the paths to all references together can be quadratic in their number.
    lengths = networkx.single_source_shortest_path_length(inner, first)
    last = min(inner.predecessors(first), key=lambda name: lengths[name])
    return list(networkx.shortest_path(inner, first, last))


def levels(graph: Graph) -> dict[str, int]:
    """The length of the longest chain of dependencies below each reference; 0 without any.

    Raises ValueError if the graph has a cycle. Takes time linear in the size of the graph.
    """
    try:
        order = list(TopologicalSorter(graph).static_order())
    except CycleError as error:
        raise ValueError("a graph with a cycle has no levels") from error
    found: dict[str, int] = {}
    for name in order:
        found[name] = 1 + max((found[need] for need in graph[name]), default=-1)
    return found


def sound_levels(graph: Graph) -> dict[str, int]:
    """Like `levels`, for any graph: without references that are on a cycle or depend on one.

    References that depend on themselves are on a cycle. Takes time linear in the size of the graph.
    """
    sorter = TopologicalSorter(graph)
    # The levels of references that no cycle affects are valid all the same.
    try:  # noqa: SIM105  # contextlib takes 1 % of a run on one file
        sorter.prepare()
    except CycleError:
        pass
    found: dict[str, int] = {}
    level = 0
    while ready := sorter.get_ready():
        found.update(dict.fromkeys(ready, level))
        sorter.done(*ready)
        level += 1
    return found


_STEPS_PER_EDGE = 32


def redundant(graph: Graph) -> Iterator[tuple[str, str, str]]:
    """Dependencies that another dependency of the same reference already implies.

    Yields (reference, dependency, the other dependency). Takes time linear in the size of the
    graph: in a graph too dense for that, the search stops early. Raises ValueError if the graph has
    a cycle.
    """
    level = levels(graph)
    steps = _STEPS_PER_EDGE * sum(len(needs) for needs in graph.values())
    for name, needs in graph.items():
        if len(needs) < 2:
            continue
        # Everything that a dependency reaches is on a lower level than itself.
        lowest = min(level[need] for need in needs)
        wanted, seen = set(needs), set[str]()
        for other in sorted(needs, key=level.__getitem__, reverse=True):
            stack = [other]
            while stack:
                for below in graph[stack.pop()]:
                    steps -= 1
                    if steps < 0:
                        return
                    if below in wanted:
                        wanted.discard(below)
                        yield name, below, other
                    if below not in seen and level[below] > lowest:
                        seen.add(below)
                        stack.append(below)


def closure(graph: Graph, roots: Iterable[str]) -> set[str]:
    """The roots and everything that they depend on, directly or not."""
    found = set(roots)
    stack = list(found)
    while stack:
        for need in graph[stack.pop()]:
            if need not in found:
                found.add(need)
                stack.append(need)
    return found


def reached(graph: Graph, roots: Iterable[str]) -> dict[str, str | None]:
    """The closure of the roots, each reference with the one that depends on it.

    This is the one before it on a shortest path from a root; None for a root. References are in
    the order of their distance.
    """
    found: dict[str, str | None] = dict.fromkeys(roots)
    queue = list(found)
    for reference in queue:
        for need in graph[reference]:
            if need not in found:
                found[need] = reference
                queue.append(need)
    return found


def reversed_graph(graph: Graph) -> dict[str, list[str]]:
    """Each reference with those that depend on it directly, all in the order of the graph."""
    found: dict[str, list[str]] = {reference: [] for reference in graph}
    for reference, needs in graph.items():
        for need in needs:
            found[need].append(reference)
    return found
