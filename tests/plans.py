"""Automations files with dependencies, and what networkx says of their plans."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import networkx
from hypothesis import strategies as st

from validator import read_document
from validator.model import plan

if TYPE_CHECKING:
    from validator.model.automations import Document

TRIGGERS = [phase.trigger for phase in plan.LIFE]


def document(text: str) -> Document:
    """The model of a text, which must be readable."""
    read = read_document(text)
    assert read is not None
    return read


def text(needs: dict[str, list[str]], triggers: dict[str, list[str]]) -> str:
    """A file with a task for each reference, and a service for those that begin with `s`."""
    sections: dict[str, str] = {"services": "", "tasks": ""}
    for reference, names in needs.items():
        fires = f"triggeredBy: [{', '.join(triggers.get(reference, []))}]"
        if reference.startswith("s"):
            sections["services"] += f"  {reference}: {{name: {reference}, {fires}}}\n"
        else:
            item = f"name: {reference}, command: x, {fires}, dependsOn: [{', '.join(names)}]"
            sections["tasks"] += f"  {reference}: {{{item}}}\n"
    return "".join(f"{section}:\n{items}" for section, items in sections.items())


def sparse(size: int, *, cyclic: bool) -> str:
    """Five dependencies per task, all on earlier ones unless `cyclic`."""
    choose = random.Random(1)
    names = [f"t{number}" for number in range(size)]
    needs = {
        name: choose.sample(names if cyclic else names[: max(index, 1)], min(5, max(index, 1)))
        for index, name in enumerate(names)
    }
    needs["t0"] = []
    return text(needs, {name: ["prebuild", "manual"] for name in names[::7]})


def dense(size: int, *, cyclic: bool) -> str:
    """Every task depends on all earlier ones, or on all, including itself, if `cyclic`."""
    names = [f"t{number}" for number in range(size)]
    needs = {name: names if cyclic else names[:index] for index, name in enumerate(names)}
    return text(needs, {names[-1]: ["manual"]})


@st.composite
def files(draw: st.DrawFn, *, acyclic: bool) -> str:
    """Files of a few services and tasks, with triggers and dependencies between them.

    Those that are not acyclic may name nonexistent references.
    """
    services = [f"s{number}" for number in range(draw(st.integers(0, 3)))]
    tasks = [f"t{number}" for number in range(draw(st.integers(0, 8)))]
    needs: dict[str, list[str]] = {service: [] for service in services}
    order = draw(st.permutations(tasks))
    for task in tasks:
        earlier = services + list(order[: order.index(task)])
        choice = earlier if acyclic else [*services, *tasks, "missing"]
        needs[task] = draw(st.lists(st.sampled_from(choice), max_size=4)) if choice else []
    triggers = {
        reference: draw(st.lists(st.sampled_from(TRIGGERS), max_size=2)) for reference in needs
    }
    return text(needs, triggers)


def directed(read: Document) -> networkx.DiGraph[str]:
    """The dependencies as given in the document, without those on nonexistent references."""
    made: networkx.DiGraph[str] = networkx.DiGraph()
    made.add_nodes_from(each.reference for each in read.automations)
    made.add_edges_from(
        (each.reference, dependency.reference)
        for each in read.automations
        for dependency in each.dependencies
        if dependency.reference in made
    )
    return made


def check_against_networkx(read: Document, trigger: str) -> None:
    """Check the plan of a trigger, for a document without cycles, with networkx."""
    whole = directed(read)
    fired = [each.reference for each in read.automations if each.has_trigger(trigger)]
    wanted = set(fired).union(*(networkx.descendants(whole, name) for name in fired))
    made = plan.of_trigger(read, trigger)
    names = [step.reference for step in made.steps]
    # Exactly what fires and what it needs, each once.
    assert sorted(names) == sorted(wanted)
    assert not made.unordered
    assert not made.unknown
    inner = whole.subgraph(wanted)
    # As early as the dependencies allow: no step before, or in parallel with, what it needs.
    generations = networkx.topological_generations(inner.reverse())
    assert [sorted(step.reference for step in group.steps) for group in made.groups] == [
        sorted(names) for names in generations
    ]
    for step in made.steps:
        assert step.automation is read.by_reference[step.reference]
        assert set(step.needs) == set(inner.successors(step.reference))
        assert set(step.needed_by) == set(inner.predecessors(step.reference))
        assert (step.pulled_in_by is None) == (step.reference in fired)
        if step.pulled_in_by is not None:
            assert step.pulled_in_by in step.needed_by
