"""The dependencies as a graph of references: cycles, levels and what reaches what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from graphlib import CycleError, TopologicalSorter

Graph = Mapping[str, Sequence[str]]
"""Each reference with the references that it depends on; all of them are keys as well."""


def has_chains(graph: Graph) -> bool:
    """Whether anything that is depended on has dependencies itself; in most documents nothing."""
    return any(graph[need] for needs in graph.values() for need in needs)


def is_acyclic(graph: Graph) -> bool:
    """Whether no reference reaches itself. Takes time linear in the graph's size."""
    if not has_chains(graph):
        return True
    try:
        TopologicalSorter(graph).prepare()
    except CycleError:
        return False
    return True


def cycles(graph: Graph) -> Iterator[list[str]]:
    """One shortest cycle of each strongly connected component of more than one reference.

    Each cycle is a list of references, every one depending on the next, the last on the first,
    and begins with the reference that comes first in the graph. There can be exponentially many
    cycles in a component; to break one shows the next.
    """
    for component in components(graph):
        yield _shortest_cycle(graph, component)


def components(graph: Graph) -> list[list[str]]:
    """The strongly connected components of more than one reference, in the graph's order.

    Each reference of one reaches all others of it. Takes time linear in the graph's size.
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
    """A shortest cycle through the first of a component's references."""
    import networkx

    first, members = component[0], set(component)
    inner: networkx.DiGraph[str] = networkx.DiGraph()
    inner.add_edges_from(
        (name, need) for name in component for need in graph[name] if need in members
    )
    # Lengths alone: the paths to all references together can be quadratic in their number.
    lengths = networkx.single_source_shortest_path_length(inner, first)
    last = min(inner.predecessors(first), key=lambda name: lengths[name])
    return list(networkx.shortest_path(inner, first, last))


def levels(graph: Graph) -> dict[str, int]:
    """The length of the longest chain of dependencies below each reference; 0 without any.

    Raises ValueError for a graph with a cycle. Takes time linear in the graph's size.
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
    """As `levels`, for any graph: without what is on a cycle or depends on one.

    References that depend on themselves are on a cycle. Takes time linear in the graph's size.
    """
    sorter = TopologicalSorter(graph)
    # What no cycle holds up can be had all the same.
    with suppress(CycleError):
        sorter.prepare()
    found: dict[str, int] = {}
    level = 0
    while ready := sorter.get_ready():
        found.update(dict.fromkeys(ready, level))
        sorter.done(*ready)
        level += 1
    return found


_STEPS_PER_EDGE = 32


def redundant(graph: Graph) -> Iterator[tuple[str, str, str]]:
    """Dependencies that hold anyway, since another dependency of the same reference has them.

    Yields (reference, dependency, the other dependency). The search takes time linear in the
    graph's size: on a graph so dense that this is not enough, later ones are not looked for.
    Raises ValueError for a graph with a cycle.
    """
    level = levels(graph)
    steps = _STEPS_PER_EDGE * sum(len(needs) for needs in graph.values())
    for name, needs in graph.items():
        if len(needs) < 2:
            continue
        # What a dependency reaches lies on a lower level than itself.
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
    """The roots and all that they depend on, directly or not."""
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

    That is the one before it on a shortest way from a root; None for a root. References come in
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
