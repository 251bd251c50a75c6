"""Dependencies on references that do not exist."""

from __future__ import annotations

from collections.abc import Iterator

from validator.finding import Fix, Problem, Severity
from validator.model.automations import Automation, Dependency, Document
from validator.parsing.nodes import Scalar
from validator.rule import Rule
from validator.wording import did_you_mean, listed, quoted


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
    """The message for a nonexistent dependency, and a fix for each reference that may be meant."""
    wanted = dependency.reference
    message = f"no task or service has the reference {quoted(wanted)}"
    namesakes = known.by_name.get(wanted, [])
    named = [each for each in namesakes if each != automation.reference]
    near = known.references.nearest(wanted, but=automation.reference)
    if namesakes and not named:
        advice = (
            "that is the name of this task itself, which can't wait for itself; remove this entry"
        )
        fixes = automation.without("dependsOn", dependency.node, document.text)
        return f"{message}; {advice}", fixes
    if named:
        one = len(named) == 1
        safe = one
        verb = "its reference is" if one else "the references that have it are"
        advice = f"that is a name, {verb} {listed(named, 'and')}"
    elif near.names:
        named, safe, advice = list(near.names), near.slip, did_you_mean(near.names)
    else:
        return f"{message}; add it, or remove this entry", ()
    from validator.editing import edits

    fixes = tuple(
        fix
        for each in named
        for fix in edits.fixes(
            f"Write {quoted(each)}", edits.rename(dependency.node, each, document.text), safe=safe
        )
    )
    return f"{message}; {advice}", fixes


# Maximum number of suggested automations with the same name.
_MOST_NAMESAKES = 3


class _Known:
    """The existing references, to find the one that was meant."""

    def __init__(self, document: Document) -> None:
        # Needed only for a misspelt name.
        from validator.likeness import Vocabulary

        unknown = (
            dependency.reference
            for automation in document.automations
            for dependency in automation.dependencies
            if dependency.reference not in document.references
        )
        self.references = Vocabulary(sorted(document.references), unknown, invented=True)
        self.by_name: dict[str, list[str]] = {}
        for automation in document.automations:
            name = automation.field("name")
            if name is not None and isinstance(name[1], Scalar):
                namesakes = self.by_name.setdefault(name[1].text, [])
                if len(namesakes) < _MOST_NAMESAKES:
                    namesakes.append(automation.reference)


RULES = (
    Rule(
        name="unknown-dependency",
        severity=Severity.ERROR,
        group="references",
        summary="A task depends on a reference that no task or service has",
        why="The platform can't plan the task. Usually the reference has a typo, or is the name "
        "of the other automation instead of its reference, the key.",
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
