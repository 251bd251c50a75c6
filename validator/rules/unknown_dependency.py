"""Dependencies on references that there are not."""

from __future__ import annotations

from collections.abc import Iterator

from validator.finding import Problem, Severity
from validator.model import Automation, Document
from validator.nodes import Scalar
from validator.rules.rule import Rule
from validator.wording import closest, quoted


def check(document: Document) -> Iterator[Problem]:
    if not document.complete:
        return
    for automation in document.automations:
        for dependency in automation.dependencies:
            if dependency.reference in document.references:
                continue
            if dependency.reference.strip():
                message = (
                    f"no task or service has the reference {quoted(dependency.reference)}; "
                    + _advice(document, automation, dependency.reference)
                )
            else:
                message = "an empty dependency; write a reference, or remove this entry"
            yield Problem("unknown-dependency", message, dependency.node.span, dependency.pointer)


def _advice(document: Document, automation: Automation, wanted: str) -> str:
    for other in document.automations:
        name = other.field("name")
        if name is not None and isinstance(name[1], Scalar) and name[1].text == wanted:
            return f"that is a name, its reference is {quoted(other.reference)}"
    others = sorted(document.references - {automation.reference})
    near = closest(wanted, others)
    return f"did you mean {quoted(near)}?" if near else "add it, or remove this entry"


RULES = (
    Rule(
        name="unknown-dependency",
        severity=Severity.ERROR,
        summary="A task depends on a reference that no task or service has",
        why="The platform can't plan the task. Mostly the reference is misspelt, or is the name "
        "of the other automation where its reference, the key, belongs.",
        bad="tasks:\n  install:\n    name: Install\n    command: npm ci\n"
        "    triggeredBy: [manual]\n"
        "  build:\n    name: Build\n    command: npm run build\n    dependsOn: [instal]\n"
        "    triggeredBy: [manual]\n",
        good="tasks:\n  install:\n    name: Install\n    command: npm ci\n"
        "    triggeredBy: [manual]\n"
        "  build:\n    name: Build\n    command: npm run build\n    dependsOn: [install]\n"
        "    triggeredBy: [manual]\n",
        check=check,
    ),
)
