"""Dependency cycles."""

from __future__ import annotations

from collections.abc import Iterator

from validator.finding import Note, Problem, Severity, Span
from validator.model import graph
from validator.model.automations import Dependency, Document
from validator.rule import Rule
from validator.wording import quoted

_MAX_SHOWN = 8


def check(document: Document) -> Iterator[Problem]:
    for cycle in graph.cycles(document.graph):
        entries = [
            (name, _entry(document, name, need))
            for name, need in zip(cycle, cycle[1:] + cycle[:1], strict=True)
        ]
        yield problem([(name, each.node.span, each.pointer) for name, each in entries])


def problem(edges: list[tuple[str, Span, str]]) -> Problem:
    """The problem of a cycle.

    `edges` are its dependencies: the name of the dependent, the span of the entry, and its pointer.
    Each depends on the next, the last on the first.
    """
    names = [quoted(name) for name, _, _ in edges]
    names.append(names[0])
    notes = tuple(
        Note(span, f"{name} depends on {need}")
        for (_, span, _), name, need in zip(edges, names, names[1:], strict=False)
    )
    shown = names if len(names) <= _MAX_SHOWN else [*names[:4], "…", *names[-2:]]
    message = f"a dependency cycle: {' -> '.join(shown)}; remove one of these dependencies"
    _, span, pointer = edges[0]
    return Problem("dependency-cycle", message, span, pointer, notes)


def _entry(document: Document, name: str, need: str) -> Dependency:
    dependencies = document.by_reference[name].dependencies
    return next(dependency for dependency in dependencies if dependency.reference == need)


RULES = (
    Rule(
        name="dependency-cycle",
        severity=Severity.ERROR,
        group="references",
        summary="Tasks depend on one another in a cycle",
        why="In a circular dependency none can start before the others are done, so none ever "
        "runs. One finding names a shortest cycle and every dependency in it; remove the one that "
        "is not needed. If cycles overlap, the next one is reported once the first is broken.",
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
