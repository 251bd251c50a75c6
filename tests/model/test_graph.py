from collections.abc import Iterator

import networkx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from validator.model import graph


def graphs(size: int = 12) -> st.SearchStrategy[dict[str, list[str]]]:
    """Any dependencies between a few references, none on itself."""
    names = [str(number) for number in range(size)]
    return st.fixed_dictionaries(
        {
            name: st.lists(st.sampled_from([n for n in names if n != name]), unique=True)
            for name in names
        }
    )


def acyclic_graphs(size: int = 12) -> st.SearchStrategy[dict[str, list[str]]]:
    names = [str(number) for number in range(size)]
    return st.fixed_dictionaries(
        {
            name: st.lists(st.sampled_from(names[:index]), unique=True) if index else st.just([])
            for index, name in enumerate(names)
        }
    )


def directed(edges: graph.Graph) -> "networkx.DiGraph[str]":
    made: networkx.DiGraph[str] = networkx.DiGraph()
    made.add_nodes_from(edges)
    made.add_edges_from((name, need) for name, needs in edges.items() for need in needs)
    return made


@given(graphs())
def test_acyclic_as_networkx_says(edges: dict[str, list[str]]) -> None:
    assert graph.is_acyclic(edges) == networkx.is_directed_acyclic_graph(directed(edges))


@given(graphs())
def test_one_true_cycle_for_each_component(edges: dict[str, list[str]]) -> None:
    found = list(graph.cycles(edges))
    components = [
        component
        for component in networkx.strongly_connected_components(directed(edges))
        if len(component) > 1
    ]
    assert len(found) == len(components)
    for cycle in found:
        assert len(set(cycle)) == len(cycle)
        for name, need in zip(cycle, cycle[1:] + cycle[:1], strict=True):
            assert need in edges[name]


def test_the_cycle_is_a_shortest_one_and_begins_with_the_first() -> None:
    edges = {"x": ["a"], "a": ["b", "d"], "b": ["c"], "c": ["a"], "d": ["a"]}
    assert list(graph.cycles(edges)) == [["a", "d"]]


def test_a_complete_graph_does_not_explode() -> None:
    names = [str(number) for number in range(300)]
    edges = {name: [other for other in names if other != name] for name in names}
    assert list(graph.cycles(edges)) == [["0", "1"]]


@given(acyclic_graphs())
def test_levels_are_the_longest_chains(edges: dict[str, list[str]]) -> None:
    generations = list(networkx.topological_generations(directed(edges).reverse()))
    expected = {name: level for level, names in enumerate(generations) for name in names}
    assert graph.levels(edges) == expected


@given(acyclic_graphs())
def test_without_cycles_all_levels_are_sound(edges: dict[str, list[str]]) -> None:
    assert graph.sound_levels(edges) == graph.levels(edges)


@given(graphs())
def test_sound_levels_leave_out_what_waits_for_a_cycle(edges: dict[str, list[str]]) -> None:
    found = graph.sound_levels(edges)
    for name in edges:
        below = networkx.descendants(directed(edges), name) | {name}
        sound = networkx.is_directed_acyclic_graph(directed(edges).subgraph(below))
        assert (name in found) == sound


def test_a_cycle_has_no_levels() -> None:
    with pytest.raises(ValueError, match="cycle"):
        graph.levels({"a": ["b"], "b": ["a"]})


@given(acyclic_graphs())
def test_redundant_is_what_the_transitive_reduction_lacks(edges: dict[str, list[str]]) -> None:
    reduced = networkx.transitive_reduction(directed(edges))
    expected = set(directed(edges).edges) - set(reduced.edges)
    found = [(name, need) for name, need, _ in graph.redundant(edges)]
    # In a graph this small the limit of the search is never reached.
    assert set(found) == expected
    assert len(found) == len(expected)
    for _, need, other in graph.redundant(edges):
        assert need in networkx.descendants(directed(edges), other)


def test_the_search_for_redundant_dependencies_is_bounded() -> None:
    # Every task depends on all earlier ones: the quickest way to make a search of paths explode.
    names = [str(number) for number in range(400)]
    edges = {name: names[:index] for index, name in enumerate(names)}
    looked_at = 0

    class Counting(list[str]):
        def __iter__(self) -> Iterator[str]:
            for name in list.__iter__(self):
                nonlocal looked_at
                looked_at += 1
                yield name

    count = sum(map(len, edges.values()))
    found = list(graph.redundant({name: Counting(needs) for name, needs in edges.items()}))
    assert 0 < len(found) <= count
    assert looked_at < 50 * count


@given(graphs(), st.sets(st.sampled_from([str(number) for number in range(12)])))
def test_closure_is_all_that_can_be_reached(edges: dict[str, list[str]], roots: set[str]) -> None:
    expected = roots.union(*(networkx.descendants(directed(edges), root) for root in roots))
    assert graph.closure(edges, roots) == expected


@given(graphs(), st.sets(st.sampled_from([str(number) for number in range(12)])))
def test_reached_is_on_a_shortest_way(edges: dict[str, list[str]], roots: set[str]) -> None:
    found = graph.reached(edges, roots)
    assert set(found) == graph.closure(edges, roots)
    distances = networkx.multi_source_dijkstra_path_length(directed(edges), roots) if roots else {}
    for name, before in found.items():
        assert (before is None) == (name in roots)
        if before is not None:
            assert name in edges[before]
            assert distances[name] == distances[before] + 1
