"""Dependencies on references that there are not."""

from __future__ import annotations

from collections.abc import Iterator

from validator.finding import Problem, Severity
from validator.model import Document
from validator.rules.rule import Rule
from validator.wording import closest, quoted


def check(document: Document) -> Iterator[Problem]:
    if not document.complete:
        return
    known = document.by_reference
    for automation in document.automations:
        for dependency in automation.dependencies:
            if dependency.reference in known:
                continue
            others = [name for name in known if name != automation.reference]
            near = closest(dependency.reference, others)
            advice = f"did you mean {quoted(near)}?" if near else "add it, or remove this entry"
            message = (
                f"no task or service has the reference {quoted(dependency.reference)}; {advice}"
            )
            yield Problem("unknown-dependency", message, dependency.node.span, dependency.pointer)


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
