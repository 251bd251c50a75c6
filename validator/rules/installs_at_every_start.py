"""Installing each time an environment starts."""

from __future__ import annotations

from collections.abc import Iterator

from validator.finding import Problem, Severity
from validator.model.automations import Document
from validator.model.scripts import Field, all_scripts
from validator.rule import DOCUMENTATION, Rule
from validator.wording import quoted

_TRIGGER = "postEnvironmentStart"
_FIELDS = ("/command", "/start")


def check(document: Document) -> Iterator[Problem]:
    from validator.model import plan

    planned = plan.reached_by(document, _TRIGGER)
    for field in all_scripts(document):
        if field.automation.reference in planned and field.pointer.endswith(_FIELDS):
            yield from _problems(document, field)


def _problems(document: Document, field: Field) -> Iterator[Problem]:
    from validator.shell import installs
    from validator.shell.conditions import conditional
    from validator.shell.reader import read
    from validator.shell.source_map import SourceMap

    script = read(field.text)
    if script is None:
        return
    unsure = conditional(script)
    places = SourceMap(document.text, field.node)
    for command in script.commands:
        name = "" if command.start in unsure else installs.installed_by(command)
        if name:
            message = (
                f"{quoted(name)} runs at each start of the environment; run it on `prebuild` and "
                "`postDevcontainerStart`"
            )
            span = places.span(command.start, command.end)
            yield Problem("installs-at-every-start", message, span, field.pointer)


_TASK = """\
tasks:
  install:
    name: Install
    command: npm ci
    triggeredBy: [{0}]
"""

RULES = (
    Rule(
        name="installs-at-every-start",
        severity=Severity.HINT,
        group="triggers",
        summary="Packages are installed each time the environment starts",
        why=f"`{_TRIGGER}` fires also when an environment is resumed, which has its packages "
        "still. In a task on `prebuild` and `postDevcontainerStart` they are installed once, "
        "before somebody waits for them. Nothing is reported of what `if`, `||` or a test before "
        "`&&` decides on.",
        source=DOCUMENTATION,
        bad=_TASK.format(_TRIGGER),
        good=_TASK.format("prebuild, postDevcontainerStart"),
        check=check,
        needs=(_TRIGGER,),
        optional=True,
    ),
)
