"""Dependencies already implied by another one."""

from __future__ import annotations

from collections.abc import Iterator

from validator.finding import Note, Problem, Severity
from validator.model import graph
from validator.model.automations import Dependency, Document
from validator.rule import Rule
from validator.wording import quoted


def check(document: Document) -> Iterator[Problem]:
    if not any(len(needs) > 1 for needs in document.graph.values()):
        return
    if not graph.has_chains(document.graph):
        return
    if not graph.is_acyclic(document.graph):
        return
    entries: dict[str, Dependency] = {}
    owner = ""
    for name, need, other in graph.redundant(document.graph):
        if name != owner:
            # They are grouped by reference, and one reference can have a great many.
            owner = name
            entries = {
                dependency.reference: dependency
                for dependency in reversed(document.by_reference[name].dependencies)
            }
        message = (
            f"{quoted(name)} already waits for {quoted(need)} through {quoted(other)}; "
            "remove this entry"
        )
        note = Note(entries[other].node.span, f"{quoted(other)} needs {quoted(need)}")
        entry = entries[need]
        yield Problem("redundant-dependency", message, entry.node.span, entry.pointer, (note,))


RULES = (
    Rule(
        name="redundant-dependency",
        severity=Severity.HINT,
        group="references",
        summary="A dependency is already implied by another one",
        why="A task waits for everything that its dependencies need. Listing that again is "
        "harmless, and some do it on purpose; leaving it out makes the order easier to read.",
        bad="tasks:\n  install:\n    name: Install\n    command: npm ci\n"
        "    triggeredBy: [manual]\n"
        "  build:\n    name: Build\n    command: make\n    dependsOn: [install]\n"
        "    triggeredBy: [manual]\n"
        "  test:\n    name: Test\n    command: make test\n    dependsOn: [install, build]\n"
        "    triggeredBy: [manual]\n",
        good="tasks:\n  install:\n    name: Install\n    command: npm ci\n"
        "    triggeredBy: [manual]\n"
        "  build:\n    name: Build\n    command: make\n    dependsOn: [install]\n"
        "    triggeredBy: [manual]\n"
        "  test:\n    name: Test\n    command: make test\n    dependsOn: [build]\n"
        "    triggeredBy: [manual]\n",
        check=check,
        needs=("dependsOn",),
        optional=True,
    ),
)
