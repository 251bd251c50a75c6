"""Services that start while a task still installs what they need."""

from __future__ import annotations

import re
from collections.abc import Iterator

from validator.finding import Note, Problem, Severity, Span
from validator.model.automations import Automation, Document
from validator.model.scripts import Field, scripts
from validator.rule import Rule
from validator.shell.remembered import remembered
from validator.wording import quoted

TYPE_CHECKING = False

if TYPE_CHECKING:
    from validator.shell.syntax import Script

_TRIGGERS = ("postDevcontainerStart", "postEnvironmentStart")
# Also `wait-for-it.sh` and `npx wait-on`.
_WAITS = r"(?:^|/)(?:sleep|timeout|wait\b|wait[-_]|dockerize$)"
_INSTALLING = ("add", "install", " ci", " i", "sync", "yarn")


def check(document: Document) -> Iterator[Problem]:
    tasks = [
        field
        for field in scripts(document, "task", "command")
        if _starts(field.automation)
        # What a prebuild installs is there when the environment starts.
        and not field.automation.has_trigger("prebuild")
        and any(word in field.text for word in _INSTALLING)
    ]
    services = [
        field for field in scripts(document, "service", "start") if _starts(field.automation)
    ]
    if not (tasks and services):
        return
    installers = _installers(tasks)
    for field in services if installers else ():
        found = _needs(field.text)
        for trigger in _TRIGGERS if found else ():
            task = installers.get((trigger, *found[:2])) if found else None
            if found and task and field.automation.has_trigger(trigger):
                yield _problem(document, field, found[2], task)
                break


def _starts(automation: Automation) -> bool:
    return not automation.refused and any(automation.has_trigger(each) for each in _TRIGGERS)


def _installers(tasks: list[Field]) -> dict[tuple[str, str, str], Automation]:
    """The tasks that install packages, by trigger, language and folder."""
    found: dict[tuple[str, str, str], Automation] = {}
    for field in tasks:
        for language, folder in _installs(field.text):
            for trigger in _TRIGGERS:
                if field.automation.has_trigger(trigger):
                    found.setdefault((trigger, language, folder), field.automation)
    return found


@remembered
def _installs(text: str) -> list[tuple[str, str]]:
    """The languages of which a script installs packages, each with the folder."""
    from validator.shell import installs
    from validator.shell.reader import read

    script = read(text)
    uses = installs.uses(script) if script else []
    return [(use.language, use.folder) for use in uses if use.installs]


@remembered
def _needs(text: str) -> tuple[str, str, Span] | None:
    """The language and the folder of the packages that a script needs from its beginning.

    Also where in the script the command is. None if it installs something itself, or waits.
    """
    from validator.shell import installs
    from validator.shell.reader import read

    script = read(text)
    if script is None or _may_wait(script):
        return None
    uses = installs.uses(script)
    if not uses or any(use.installs for use in uses):
        return None
    use = uses[0]
    return use.language, use.folder, Span(use.command.start, use.command.end)


def _may_wait(script: Script) -> bool:
    from validator.shell import commands

    if any(compound.kind in ("if", "until", "while") for compound in script.compounds):
        return True
    words = (commands.program(command) for command in script.commands)
    return any(re.search(_WAITS, each[0].text) for each in words if each)


def _problem(document: Document, service: Field, command: Span, task: Automation) -> Problem:
    from validator.shell.source_map import SourceMap

    message = (
        f"{quoted(service.automation.reference)} starts together with {quoted(task.reference)}, "
        "which installs what it needs; wait for that in `start`"
    )
    span = SourceMap(document.text, service.node).span(*command)
    note = Note(task.key.span, "the task that installs is here")
    return Problem("install-not-awaited", message, span, service.pointer, (note,))


def _example(command: str) -> str:
    return (
        "services:\n  web:\n    name: Web\n    commands:\n      start: |\n"
        f"{command}        npm run dev\n"
        "    triggeredBy: [postDevcontainerStart, postEnvironmentStart]\n"
        "tasks:\n  install:\n    name: Install\n    command: npm ci\n"
        "    triggeredBy: [postDevcontainerStart]\n"
    )


RULES = (
    Rule(
        name="install-not-awaited",
        severity=Severity.HINT,
        group="services",
        summary="A service starts while a task still installs what it needs",
        why="What one trigger starts, starts together, and services have no `dependsOn`: in a "
        "new environment the server finds no packages, and fails. A loop in `start` waits for "
        "them; or the task also runs on `prebuild`; or a task that depends on it starts the "
        "service, with `ona automations service start NAME`.",
        bad=_example(""),
        good=_example("        until [ -e node_modules/.package-lock.json ]; do sleep 1; done\n"),
        check=check,
        needs=("services", "tasks"),
    ),
)
