"""Containers whose name is taken when a script runs again."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import zip_longest

from validator.finding import Edit, Fix, Problem, Severity, Span
from validator.model.automations import Automation, Document
from validator.model.scripts import Field, all_scripts
from validator.rule import Rule
from validator.tuples import NamedTuple
from validator.wording import quoted

TYPE_CHECKING = False

if TYPE_CHECKING:
    from validator.shell.source_map import SourceMap
    from validator.shell.syntax import Command
    from validator.shell.words import Word

_NAME = "--name"
_REMOVED = r"--rm(?:=true)?|--replace(?:=true)?"
_RESTARTED = r"--restart(?:=.*)?"
# The same inside a word, or for `xargs`: `trap "docker rm db" EXIT`.
_INSIDE = r"\b(?:docker|podman)\b.*\s(?:rm|start|restart|prune|down)\b"
# What asks about containers, removes or starts them: who does one of these knows that it is there.
_ABOUT = ("rm", "start", "restart", "inspect", "rename", "ps", "ls", "list", "prune", "down")


class _Run(NamedTuple):
    """A container's name, the options of `run`, and the word `run` itself."""

    name: Word
    options: list[Word]
    verb: Word


def check(document: Document) -> Iterator[Problem]:
    fields = [field for field in all_scripts(document) if _may_use_containers(field.text)]
    # Few scripts give a container a name.
    if any(_NAME in field.text and " run" in field.text for field in fields):
        yield from _problems(document, fields)


def _may_use_containers(script: str) -> bool:
    return "docker" in script or "podman" in script


def _problems(document: Document, fields: list[Field]) -> Iterator[Problem]:
    from validator.shell.conditions import conditional
    from validator.shell.reader import read
    from validator.shell.source_map import SourceMap

    read_scripts = [(field, read(field.text)) for field in fields]
    known: set[str] = set()
    for _, script in read_scripts:
        for command in script.commands if script else ():
            known.update(_named_in(command))
    for field, script in read_scripts:
        if script is None or _runs_once(field.automation):
            continue
        # Something may decide that there is no such container.
        unsure = conditional(script)
        places = SourceMap(document.text, field.node)
        for command in script.commands:
            run = None if command.start in unsure else _run(command)
            if run is not None and not known & {run.name.text, ""}:
                yield _problem(field, run, places)


def _runs_once(automation: Automation) -> bool:
    """Whether it runs only in prebuilds, each of which begins with a new machine."""
    triggers = [trigger.name for trigger in automation.triggers]
    return bool(triggers) and set(triggers) == {"prebuild"}


def _named_in(command: Command) -> Iterator[str]:
    """The containers that a command removes, starts or asks about; "" for those unknown."""
    from validator.shell import commands, containers

    words = commands.program(command)
    verb, rest = containers.subcommand(words)
    if not verb and re.search(_INSIDE, " ".join(word.text for word in words), re.DOTALL):
        yield ""
    if verb in _ABOUT or verb == "system":
        for word in rest:
            name = word.text.rpartition("=")[2].strip("^/$")
            yield name if word.literal else ""
        if verb in ("prune", "system", "down"):
            yield ""


def _run(command: Command) -> _Run | None:
    """How a command runs a container with a name, and leaves it there; None if it does not."""
    from validator.shell import commands, containers
    from validator.shell.expansions import may_be_options

    words = commands.program(command)
    verb, rest = containers.subcommand(words)
    if verb != "run" or command.after == "||":
        return None
    options = containers.options_of_run(rest)
    name: Word | None = None
    for option, following in zip_longest(options, options[1:]):
        if option.text == _NAME:
            name = following
        elif option.text.startswith(f"{_NAME}="):
            name = option._replace(text=option.text.partition("=")[2])
        elif re.fullmatch(_REMOVED, option.text) or may_be_options(option):
            return None
    if name is None or not name.literal:
        return None
    return _Run(name, options, words[len(words) - len(rest) - 1])


def _problem(field: Field, run: _Run, places: SourceMap) -> Problem:
    name = run.name.text
    restarts = any(re.fullmatch(_RESTARTED, option.text) for option in run.options)
    advice = f"write {quoted(f'docker rm -f {name}')} before it" if restarts else "add `--rm`"
    message = (
        f"the container {quoted(name)} stays after it ends, so the next start fails: its name is "
        f"taken; {advice}"
    )
    start = next(word.start for word in run.options if word.text.startswith(_NAME))
    span = places.span(start, run.name.end)
    fixes = () if restarts else _with_rm(run.verb, places)
    return Problem("container-name-taken", message, span, field.pointer, fixes=fixes)


def _with_rm(verb: Word, places: SourceMap) -> tuple[Fix, ...]:
    if not places.is_exact:
        return ()
    end = places.span(verb.start, verb.end).end
    return (Fix("Add `--rm`", (Edit(Span(end, end), " --rm"),), safe=False),)


def _example(options: str) -> str:
    return (
        "services:\n  db:\n    name: Database\n    commands:\n"
        f"      start: docker run {options} postgres:17\n    triggeredBy: [manual]\n"
    )


RULES = (
    Rule(
        name="container-name-taken",
        severity=Severity.WARNING,
        group="scripts",
        summary="A container with a name stays, and the next start fails",
        why="`docker run --name` fails if there is a container of that name, also one that has "
        "ended. `--rm` removes it when it ends; `docker rm -f NAME` before it removes one that "
        "is left. Nothing is reported if a script of the file removes it, starts it or asks "
        "about it.",
        bad=_example("--name db"),
        good=_example("--rm --name db"),
        fixable=True,
        check=check,
        words=("--name",),
    ),
)
