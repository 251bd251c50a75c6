"""Dependencies on references that there are not."""

from __future__ import annotations

from collections.abc import Iterator

from validator import edits
from validator.finding import Fix, Problem, Severity
from validator.model import Automation, Dependency, Document
from validator.nodes import Scalar
from validator.rules.rule import Rule
from validator.wording import Candidates, is_typo, quoted


def check(document: Document) -> Iterator[Problem]:
    if not document.complete:
        return
    known: _Known | None = None
    for automation in document.automations:
        for dependency in automation.dependencies:
            if dependency.reference in document.references:
                continue
            if dependency.reference.strip():
                known = known or _Known(document)
                message, fixes = _meant(document, known, automation, dependency)
            else:
                message = "an empty dependency; write a reference, or remove this entry"
                fixes = automation.without("dependsOn", dependency.node, document.text)
            yield Problem(
                "unknown-dependency",
                message,
                dependency.node.span,
                dependency.pointer,
                fixes=fixes,
            )


def _meant(
    document: Document, known: _Known, automation: Automation, dependency: Dependency
) -> tuple[str, tuple[Fix, ...]]:
    """The message on a dependency that is not there, and the fix where another is meant."""
    wanted = dependency.reference
    message = f"no task or service has the reference {quoted(wanted)}"
    near = known.by_name.get(wanted)
    if near is not None:
        advice = f"that is a name, its reference is {quoted(near)}"
        safe = True
    else:
        near = known.references.closest(wanted, but=automation.reference)
        if near is None:
            return f"{message}; add it, or remove this entry", ()
        advice = f"did you mean {quoted(near)}?"
        safe = is_typo(wanted, near)
    made = edits.rename(dependency.node, near, document.text)
    return f"{message}; {advice}", edits.fixes(f"Write {quoted(near)}", made, safe=safe)


class _Known:
    """The references that there are, to be searched for one that was meant."""

    def __init__(self, document: Document) -> None:
        unknown = (
            dependency.reference
            for automation in document.automations
            for dependency in automation.dependencies
            if dependency.reference not in document.references
        )
        self.references = Candidates(sorted(document.references), unknown)
        self.by_name: dict[str, str] = {}
        for automation in reversed(document.automations):
            name = automation.field("name")
            if name is not None and isinstance(name[1], Scalar):
                self.by_name[name[1].text] = automation.reference


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
        fixable=True,
        check=check,
        needs=("dependsOn",),
    ),
)
