import networkx
import pytest
from hypothesis import given, settings

from tests.corpus import FOLDER, needs_corpus, verdicts
from tests.model.test_graph import directed, graphs
from validator import read_document
from validator.drawing import Diagram, Edge, Item, diagram_of


def diagram(text: str) -> Diagram:
    document = read_document(text)
    assert document is not None
    return diagram_of(document)


def file_of(edges: dict[str, list[str]]) -> str:
    """An automations file with these dependencies."""
    lines = ["tasks:"]
    for name, needs in edges.items():
        listed = ", ".join(f"t{need}" for need in needs)
        lines.append(f"  t{name}: {{name: N, command: c, dependsOn: [{listed}]}}")
    return "\n".join(lines)


def test_items_edges_and_what_is_wrong_with_them() -> None:
    shown = diagram(
        "services:\n"
        "  db: {name: Database, triggeredBy: [post_machine_start, manual, manual]}\n"
        "tasks:\n"
        "  a: {name: ' ', command: c, dependsOn: [db, gone, a, db]}\n"
        "  b: {command: c, dependsOn: [d, broken]}\n"
        "  d: {name: D, command: c, dependsOn: [b]}\n"
        "  broken: 5\n"
    )
    assert shown == Diagram(
        items=(
            Item("db", "service", "Database", ("postMachineStart", "manual"), "/services/db"),
            Item("a", "task", "a", (), "/tasks/a", in_cycle=True),
            Item("b", "task", "b", (), "/tasks/b", in_cycle=True),
            Item("d", "task", "D", (), "/tasks/d", in_cycle=True),
            Item("gone", "unknown", "gone"),
            Item("broken", "unreadable", "broken"),
        ),
        edges=(
            Edge("a", "db"),
            Edge("a", "gone", unknown=True),
            Edge("a", "a", in_cycle=True),
            Edge("b", "d", in_cycle=True),
            Edge("b", "broken"),
            Edge("d", "b", in_cycle=True),
        ),
        cycles=(("b", "d"), ("a",)),
    )


def test_what_no_trigger_starts_is_marked() -> None:
    text = """
services:
  db: {name: Database, commands: {start: postgres}}
  docs: {name: Documentation, commands: {start: mkdocs serve}}
  web: {name: Web, commands: {start: npm start}, triggeredBy: [manual]}
tasks:
  build: {name: Build, command: make}
  install: {name: Install, command: npm ci}
  lint: {name: Lint, command: make lint, dependsOn: [install]}
  seed: {name: Seed, command: ./seed, dependsOn: [db], triggeredBy: [manual]}
"""
    marked = [item.reference for item in diagram(text).items if item.never_triggered]
    # What a trigger starts needs the database.
    assert marked == ["docs", "build", "install", "lint"]
    unreadable = text + "  other: {name: Other, command: x, triggeredBy: 1}\n"
    assert not [item for item in diagram(unreadable).items if item.never_triggered]


def test_where_not_all_could_be_read_nothing_is_said_to_be_missing() -> None:
    shown = diagram("services: [db]\ntasks: {a: {name: A, command: c, dependsOn: [db]}}")
    assert [item.role for item in shown.items] == ["task", "unreadable"]
    assert not shown.edges[0].unknown


def test_of_a_repeated_reference_the_first_is_shown() -> None:
    shown = diagram("tasks: {x: {name: T, command: c}}\nservices: {x: {name: S}}")
    assert [(item.role, item.name) for item in shown.items] == [("task", "T")]


@settings(deadline=None)
@given(graphs(6))
def test_the_edges_in_cycles_are_those_that_networkx_finds(edges: dict[str, list[str]]) -> None:
    shown = diagram(file_of(edges))
    expected = {
        (f"t{one}", f"t{other}")
        for component in networkx.strongly_connected_components(directed(edges))
        for one, other in directed(edges).subgraph(component).edges
    }
    assert {(edge.task, edge.needs) for edge in shown.edges if edge.in_cycle} == expected
    in_cycle = {name for pair in expected for name in pair}
    assert {item.reference for item in shown.items if item.in_cycle} == in_cycle


@needs_corpus
@pytest.mark.parametrize("name", [name for name, accepted in verdicts().items() if accepted])
def test_of_what_the_platform_accepts_nothing_is_marked(name: str) -> None:
    document = read_document((FOLDER / name).read_bytes())
    if document is not None:
        shown = diagram_of(document)
        assert len(shown.items) == len(document.references)
        assert not [item for item in shown.items if item.in_cycle or item.role == "unknown"]
        assert shown.cycles == ()
