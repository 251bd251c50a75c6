"""Dependencies that lead back to where they began."""

from __future__ import annotations

from collections.abc import Iterator

from validator import graph
from validator.finding import Note, Problem, Severity
from validator.model import Dependency, Document
from validator.rules.rule import Rule
from validator.wording import quoted

_MAX_SHOWN = 8


def check(document: Document) -> Iterator[Problem]:
    for cycle in graph.cycles(document.graph):
        edges = [
            (name, _edge(document, name, need))
            for name, need in zip(cycle, cycle[1:] + cycle[:1], strict=True)
        ]
        notes = tuple(
            Note(edge.node.span, f"{quoted(name)} depends on {quoted(edge.reference)}")
            for name, edge in edges
        )
        shown = [quoted(name) for name in [*cycle, cycle[0]]]
        if len(shown) > _MAX_SHOWN:
            shown = [*shown[:4], "…", *shown[-2:]]
        message = f"a dependency cycle: {' -> '.join(shown)}; remove one of these dependencies"
        first = edges[0][1]
        yield Problem("dependency-cycle", message, first.node.span, first.pointer, notes)


def _edge(document: Document, name: str, need: str) -> Dependency:
    dependencies = document.by_reference[name].dependencies
    return next(dependency for dependency in dependencies if dependency.reference == need)


RULES = (
    Rule(
        name="dependency-cycle",
        severity=Severity.ERROR,
        summary="Tasks depend on one another in a circle",
        why="None of them can start before the others are done, so none ever runs. One finding "
        "names a shortest circle and every dependency in it; remove the one that is not needed. "
        "Where circles are entangled, the next one shows once the first is broken.",
        bad="tasks:\n  build:\n    name: Build\n    command: make\n    dependsOn: [test]\n"
        "    triggeredBy: [manual]\n"
        "  test:\n    name: Test\n    command: make test\n    dependsOn: [build]\n"
        "    triggeredBy: [manual]\n",
        good="tasks:\n  build:\n    name: Build\n    command: make\n"
        "    triggeredBy: [manual]\n"
        "  test:\n    name: Test\n    command: make test\n    dependsOn: [build]\n"
        "    triggeredBy: [manual]\n",
        check=check,
        needs=("dependsOn",),
    ),
)
