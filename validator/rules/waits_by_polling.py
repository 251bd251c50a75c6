"""Tasks that poll for what they could depend on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice, pairwise

from validator.finding import Note, Problem, Severity
from validator.model.automations import Automation, Document
from validator.model.scripts import Field, scripts, scripts_of
from validator.rule import Rule
from validator.shell.remembered import remembered
from validator.tuples import NamedTuple
from validator.wording import quoted

TYPE_CHECKING = False

if TYPE_CHECKING:
    from validator.shell.syntax import Command, Compound, Script

_LOOPS = ("until", "while")
_PAUSE = "sleep"
_HERE = r"(?:localhost|127\.0\.0\.1|0\.0\.0\.0|\[::1\])"
# `localhost:80` in an address, `nc localhost 80` as words, `/dev/tcp/localhost/80` for Bash.
_PORT = rf"{_HERE}[:/ ](\d{{2,5}})(?!\d)"
# Whose words after it are no question about anything in particular.
_NO_QUESTION = frozenset((":", "[", "[[", "false", "read", "sleep", "test", "true"))
_TESTS = ("[", "[[", "test")


class _Sign(NamedTuple):
    """What shows that a service or a task has come so far."""

    kind: str
    value: str


def check(document: Document) -> Iterator[Problem]:
    fields = [
        field
        for field in scripts(document, "task", "command")
        if _PAUSE in field.text
        and any(loop in field.text for loop in _LOOPS)
        and not field.automation.refused
    ]
    if not fields:
        return
    from validator.shell.reader import read

    signs = dict(_signs_of_services(document))
    signs.update((sign, task) for sign, task in _signs_of_tasks(document) if sign not in signs)
    for field in fields:
        script = read(field.text)
        if script is None:
            continue
        others = _Others(document, field.automation)
        found = (
            (loop, needed)
            for loop, commands in _polling_loops(script)
            if (needed := _needed(commands, signs, others)) is not None
        )
        for loop, needed in islice(found, 1):
            yield _problem(document, field, loop, needed)


class _Others:
    """The automations that a task could depend on."""

    def __init__(self, document: Document, task: Automation) -> None:
        self._graph = document.graph
        self._task = task.reference
        self._needed = self._reached(task.reference)
        self._needing: dict[str, bool] = {}

    def __contains__(self, other: Automation) -> bool:
        """Whether neither needs the other yet."""
        reference = other.reference
        if other.refused or reference in self._needed:
            return False
        if reference not in self._needing:
            self._needing[reference] = self._task in self._reached(reference)
        return not self._needing[reference]

    def _reached(self, reference: str) -> set[str]:
        found, stack = {reference}, [reference]
        while stack:
            for other in self._graph.get(stack.pop(), ()):
                if other not in found:
                    found.add(other)
                    stack.append(other)
        return found


def _needed(
    asked: list[Command], signs: dict[_Sign, Automation], others: _Others
) -> Automation | None:
    """What commands ask for, if that is another automation which the task could depend on."""
    found = (signs.get(sign) for command in asked for sign in _signs(command))
    return next((each for each in found if each is not None and each in others), None)


def _polling_loops(script: Script) -> Iterator[tuple[Compound, list[Command]]]:
    """The loops that pause, each with the commands of its condition."""
    pausing: set[int] = set()
    asking: dict[int, list[Command]] = {}
    for command in script.commands:
        pauses = bool(command.words) and command.words[0].text == _PAUSE
        item: Command | Compound = command
        # Nothing is nested deeper than the reader reads.
        while item.compound is not None:
            loop = item.compound
            if loop.kind in _LOOPS:
                if pauses:
                    pausing.add(id(loop))
                if item.part == "condition":
                    asking.setdefault(id(loop), []).append(command)
            item = loop
    for compound in script.compounds:
        if id(compound) in pausing:
            yield compound, asking.get(id(compound), [])


def _signs_of_services(document: Document) -> Iterator[tuple[_Sign, Automation]]:
    """What the `ready` commands of services ask, or the ports and programs of their addresses."""
    for field in scripts(document, "service", "ready"):
        for sign in _asked(field.text):
            yield sign, field.automation


@remembered
def _asked(text: str) -> list[_Sign]:
    """What a script asks about, without files."""
    from validator.shell.reader import read

    script = read(text)
    signs = (sign for command in script.commands for sign in _signs(command)) if script else ()
    return [sign for sign in signs if sign.kind != "file"]


def _signs_of_tasks(document: Document) -> Iterator[tuple[_Sign, Automation]]:
    """The files that tasks make with `touch`, as nothing but a sign."""
    from validator.shell.reader import read

    for task in document.distinct:
        for field in scripts_of(task) if task.role == "task" else ():
            script = read(field.text) if "touch" in field.text else None
            for command in script.commands if script else ():
                words = command.words
                if len(words) == 2 and words[0].text == "touch" and words[1].literal:
                    yield _Sign("file", words[1].text), task


def _signs(command: Command) -> Iterator[_Sign]:
    """What a command asks about: ports of this computer, files, and the question itself."""
    from validator.shell import commands

    words = commands.program(command)
    texts = [word.text for word in words]
    if texts[:1] and texts[0] in _TESTS:
        for option, word in pairwise(words):
            if option.text in ("-e", "-f") and word.literal:
                yield _Sign("file", word.text)
    redirected = [redirection.target.text for redirection in command.redirections]
    for found in re.finditer(_PORT, " ".join([*texts, *redirected])):
        yield _Sign("port", found[1])
    if len(texts) > 1 and texts[0] not in _NO_QUESTION and all(word.literal for word in words):
        yield _Sign("question", " ".join(texts))


def _problem(document: Document, field: Field, loop: Compound, needed: Automation) -> Problem:
    from validator.shell.source_map import SourceMap

    condition = next((items for part, items in loop.lists if part == "condition"), [])
    end = condition[-1].end if condition else loop.end
    message = (
        f"{quoted(field.automation.reference)} polls for the {needed.role} "
        f"{quoted(needed.reference)}; write `dependsOn: [{needed.reference}]` instead"
    )
    span = SourceMap(document.text, field.node).span(loop.start, end)
    note = Note(needed.key.span, f"the {needed.role} is here")
    return Problem("waits-by-polling", message, span, field.pointer, (note,))


def _example(before: str, after: str) -> str:
    return (
        "services:\n  db:\n    name: Database\n    commands:\n      start: postgres\n"
        "      ready: pg_isready -h localhost\n    triggeredBy: [manual]\n"
        f"tasks:\n  seed:\n    name: Seed\n    command: |\n{before}      npm run seed\n"
        f"{after}    triggeredBy: [manual]\n"
    )


RULES = (
    Rule(
        name="waits-by-polling",
        severity=Severity.HINT,
        group="services",
        summary="A task polls for a service or a task instead of depending on it",
        why="`dependsOn` starts what a task needs, waits until its `ready` command succeeds, and "
        "fails if it fails. A loop does none of that: if what it asks for never comes, it never "
        "ends. Services have no `dependsOn`, so loops in their `start` are not reported.",
        bad=_example("      until pg_isready -h localhost; do sleep 1; done\n", ""),
        good=_example("", "    dependsOn: [db]\n"),
        check=check,
        needs=("tasks",),
        words=("sleep",),
    ),
)
