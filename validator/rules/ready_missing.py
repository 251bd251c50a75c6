"""Services that something waits for, but without a command that checks their readiness."""

from __future__ import annotations

from collections.abc import Iterator

from validator.finding import Note, Problem, Severity
from validator.model.automations import Dependency, Document
from validator.rule import DOCUMENTATION, Rule
from validator.wording import quoted


def check(document: Document) -> Iterator[Problem]:
    users: dict[str, tuple[str, Dependency]] = {}
    for automation in document.automations:
        for dependency in automation.dependencies:
            users.setdefault(dependency.reference, (automation.reference, dependency))
    for automation in document.distinct:
        if automation.role != "service" or automation.refused or automation.reference not in users:
            continue
        if automation.field("commands") is None or "ready" in automation.commands:
            continue
        user, dependency = users[automation.reference]
        message = (
            f"{quoted(user)} waits for {quoted(automation.reference)}, which has no `ready` "
            "command and so counts as ready at once"
        )
        note = Note(dependency.node.span, f"{quoted(user)} waits for it here")
        yield Problem("ready-missing", message, automation.key.span, automation.pointer, (note,))


def _example(ready: str) -> str:
    return (
        "services:\n  db:\n    name: Database\n    commands:\n      start: postgres -D data\n"
        f"{ready}    triggeredBy: [manual]\n"
        "tasks:\n  migrate:\n    name: Migrate\n    command: ./migrate.sh\n    dependsOn: [db]\n"
        "    triggeredBy: [manual]\n"
    )


RULES = (
    Rule(
        name="ready-missing",
        severity=Severity.HINT,
        group="services",
        summary="A service that something depends on has no `ready` command",
        why="Without it the service counts as ready as soon as it has been started, and tasks that "
        "depend on it start too early.",
        source=DOCUMENTATION,
        bad=_example(""),
        good=_example("      ready: pg_isready\n"),
        check=check,
        needs=("services", "dependsOn"),
    ),
)
