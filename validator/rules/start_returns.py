"""Services whose start command ends, although it sends nothing to the background at its end."""

from __future__ import annotations

import re
from collections.abc import Iterator

from validator.finding import Problem, Severity
from validator.model.automations import Document
from validator.model.scripts import Field, scripts
from validator.rule import Rule
from validator.wording import quoted

TYPE_CHECKING = False

if TYPE_CHECKING:
    from validator.shell.syntax import Item, Script

# What keeps a script running, whatever else it has.
_ENDLESS = r"\bwhile\s+(?:true|:)\s*[;\n]|\bsleep\s+inf"


def check(document: Document) -> Iterator[Problem]:
    from validator.shell.known_programs import may_end

    for field in scripts(document, "service", "start"):
        if may_end(field.text) and not re.search(_ENDLESS, field.text):
            yield from _problems(document, field)


def _problems(document: Document, field: Field) -> Iterator[Problem]:
    from validator.shell import endings
    from validator.shell.reader import read

    script = read(field.text)
    # Of what goes into the background, `start-detaches` warns.
    if script is None or not script.items or any(endings.detached(script.items)):
        return
    if not endings.end(script.items, endings.function_names(script)):
        return
    # Few files have such a finding.
    from validator.shell.source_map import SourceMap

    start, end, advice = _last_command(script)
    message = (
        f"the start command of {quoted(field.automation.reference)} ends after "
        f"{quoted(field.text[start:end])}, so the service counts as stopped; {advice}"
    )
    span = SourceMap(document.text, field.node).span(start, end)
    yield Problem("start-returns", message, span, field.pointer)


def _last_command(script: Script) -> tuple[int, int, str]:
    """Where the last command is in the script, and what to write instead."""
    from validator.shell import commands, endings
    from validator.shell.syntax import Command

    item: Item = script.items[-1]
    while not isinstance(item, Command) and item.kind not in ("while", "until", "for", "select"):
        lists = [items for _, items in item.lists if items]
        if not lists:
            break
        item = lists[-1][-1]
    start, end = item.start, item.end
    if not isinstance(item, Command):
        # Of a loop, its head.
        heads = [items[-1].end for part, items in item.lists if part == "condition" and items]
        end = max([*heads, *(word.end for word in item.words)], default=end)
    statements = endings.statements(script.items)
    if any(endings.is_in_background(each) for each in statements):
        return start, end, "end it with `wait`"
    if isinstance(item, Command) and commands.installs(item):
        return start, end, "make it a task"
    return start, end, "end it with a command that keeps running"


def _example(*lines: str) -> str:
    script = "".join(f"        {line}\n" for line in lines)
    return (
        f"services:\n  web:\n    name: Web\n    commands:\n      start: |\n{script}"
        "    triggeredBy: [manual]\n"
    )


RULES = (
    Rule(
        name="start-returns",
        severity=Severity.WARNING,
        group="services",
        summary="The start command of a service ends",
        why="A service lives as long as its start command. One that ends with `echo`, with "
        "`service mysql start`, or with a loop that waits for a server in the background, leaves "
        "nothing that the platform watches: the service counts as stopped. End the script with "
        "`wait`, with the server itself, or with `tail -f` of its log; make a task of what only "
        "installs something. Unknown commands are assumed to be servers.",
        bad=_example(
            "npm run dev &", "until curl -sf localhost:3000; do sleep 1; done", "echo ready"
        ),
        good=_example("npm run dev &", "until curl -sf localhost:3000; do sleep 1; done", "wait"),
        check=check,
        needs=("services", "commands"),
    ),
)
