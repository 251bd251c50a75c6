"""Commands, variables and folders of Gitpod Classic, the product before this one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from validator.finding import Edit, Fix, Problem, Severity
from validator.model.automations import Document
from validator.model.scripts import Field, all_scripts
from validator.rule import Rule
from validator.shell.remembered import remembered
from validator.tuples import NamedTuple
from validator.wording import quoted

TYPE_CHECKING = False

if TYPE_CHECKING:
    from validator.shell.syntax import Command, Script
    from validator.shell.words import Word

# Each begins with letters, which are quick to search for.
_MAY_BE_CLASSIC = (r"gp\s", "THEIA_WORKSPACE_ROOT", "GITPOD_WORKSPACE_URL", r"/workspace\b")

_PROGRAM = "gp"
_GET_PORT = "ona environment port get"
_PORT_ADDRESS = f"`{_GET_PORT} N -f URL`"
_ROOT = "/workspace"
_WAITING = "depend on the service that opens the port"
_ORDER = "`dependsOn` waits for a task"
_REBUILD = "`ona environment devcontainer rebuild` does that"
_COMMANDS = {
    "await-port": _WAITING,
    "docs": "remove it",
    "env": "use secrets, or `export` in the script",
    "forward-port": "use `ona environment port open`",
    "idp": "use `ona idp`",
    "info": "remove it",
    "init": "remove it",
    "open": "remove it",
    "ports": "use `ona environment port`",
    "preview": "remove it",
    "rebuild": _REBUILD,
    "snapshot": "remove it",
    "ssh": "remove it",
    "stop": "use `ona environment stop`",
    "sync-await": _ORDER,
    "sync-done": _ORDER,
    "tasks": "use `ona automations task`",
    "timeout": "remove it",
    "top": "remove it",
    "url": f"use {_PORT_ADDRESS}",
    "user": "remove it",
    "validate": _REBUILD,
    "version": "remove it",
}
"""The commands of `gp`, and what to write instead."""

_VARIABLES = {
    "THEIA_WORKSPACE_ROOT": "scripts start in the folder of the repository",
    "GITPOD_WORKSPACE_URL": f"{_PORT_ADDRESS} prints the address of a port",
}
_NAMES = "|".join(_VARIABLES)
# What quotes, or a variable without a value in case that there is none.
_TOKEN = rf"\\.|['\"]|\$(?:({_NAMES})\b|\{{({_NAMES})(?!\w|:?[-+=?]))"
_ASSIGNED = rf"({_NAMES})="
_FOLDER = r"(?:-{1,2}[\w-]+=)?(/workspace)(?:/.*)?"
# Whose words are folders elsewhere, or are not folders.
_ELSEWHERE = frozenset(
    (  # noqa: SIM905
        "devcontainer docker docker-compose echo kubectl nerdctl podman podman-compose printf ssh"
    ).split()
)
_MAKING = ("install", "ln", "mkdir", "mount")
_TESTS = ("[", "[[", "test")
_ASKING = ("command", "hash", "type", "which")


class _Use(NamedTuple):
    """What a script uses that is gone: `name` is that of a program or variable, or a folder.

    `start` and `end` are offsets in the script; `edits` are what a fix puts at such offsets.
    """

    name: str
    start: int
    end: int
    message: str
    edits: tuple[tuple[int, int, str], ...] = ()


def check(document: Document) -> Iterator[Problem]:
    # Most scripts have nothing of it.
    fields = [field for field in all_scripts(document) if _may_be_classic(field.text)]
    if not fields:
        return
    from validator.shell.endings import function_names
    from validator.shell.reader import read

    scripts = [(field, read(field.text)) for field in fields]
    made = any(_makes_folder(each) for _, script in scripts if script for each in script.commands)
    for field, script in scripts:
        if script is not None:
            known = {name for command in script.commands for name in _known_names(command)}
            known.update([_ROOT] if made else [])
            known.update(function_names(script))
            uses = (use for use in _uses(field.text, script) if use.name not in known)
            yield from _problems(document, field, uses)


@remembered
def _may_be_classic(script: str) -> bool:
    return any(re.search(pattern, script) for pattern in _MAY_BE_CLASSIC)


def _problems(document: Document, field: Field, uses: Iterable[_Use]) -> Iterator[Problem]:
    from validator.shell.source_map import SourceMap

    places = SourceMap(document.text, field.node)
    seen: set[int | str] = set()
    for use in sorted(uses, key=lambda use: use.start):
        # A variable or the folder is reported once in a script. The words of a command in a
        # substitution are part of a word outside, too.
        once = use.start if use.name == _PROGRAM else use.name
        if once in seen:
            continue
        seen.add(once)
        edits = tuple(Edit(places.span(start, end), new) for start, end, new in use.edits)
        fixes = (Fix(f"Write `{_GET_PORT}`", edits, safe=False),)
        yield Problem(
            "classic-command",
            use.message,
            places.span(use.start, use.end),
            field.pointer,
            fixes=fixes if edits and places.is_exact else (),
            severity=Severity.HINT if use.name == _ROOT else None,
        )


def _uses(text: str, script: Script) -> Iterator[_Use]:
    for command in script.commands:
        yield from _of_gp(command)
        words = [*command.assignments, *command.words]
        words += [redirection.target for redirection in command.redirections]
        elsewhere = not _ELSEWHERE.isdisjoint(word.text for word in command.words)
        for word in words:
            yield from _of_variables(text, word)
            yield from () if elsewhere else _of_folder(text, word)
    for compound in script.compounds:
        for word in compound.words:
            yield from _of_variables(text, word)
            yield from _of_folder(text, word)


def _of_gp(command: Command) -> Iterator[_Use]:
    from validator.shell import commands

    words = commands.program(command)[:4]
    if len(words) < 2 or words[0].text != _PROGRAM or words[1].text not in _COMMANDS:
        return
    gp, verb, *rest = words
    advice = _COMMANDS[verb.text]
    name = f"gp {verb.text}"
    if name == "gp ports" and rest and rest[0].text == "await":
        name, advice = f"{name} await", _COMMANDS["await-port"]
    edits: tuple[tuple[int, int, str], ...] = ()
    if verb.text == "url" and len(rest) == 1 and rest[0].text.isdecimal():
        edits = (gp.start, verb.end, _GET_PORT), (rest[0].end, rest[0].end, " -f URL")
    message = f"{quoted(name)} of Gitpod Classic no longer exists; {advice}"
    yield _Use(_PROGRAM, gp.start, verb.end, message, edits)


def _of_variables(text: str, word: Word) -> Iterator[_Use]:
    """The variables in a word, but for those in single quotes."""
    quote = ""
    for found in re.compile(_TOKEN).finditer(text, word.start, word.end):
        if found[0] in ("'", '"'):
            if quote in ("", found[0]):
                quote = "" if quote else found[0]
            continue
        name = found[1] or found[2]
        if name and quote != "'":
            message = f"`${name}` of Gitpod Classic is no longer set; {_VARIABLES[name]}"
            yield _Use(name, found.start(), found.start() + len(found[0]), message)


def _of_folder(text: str, word: Word) -> Iterator[_Use]:
    found = re.fullmatch(_FOLDER, word.text, re.DOTALL)
    at = text.find(_ROOT, word.start, word.end)
    if found is not None and at >= 0:
        message = (
            "`/workspace` is the folder of Gitpod Classic; scripts start in the repository, "
            "`/workspaces/NAME`: write a relative path"
        )
        yield _Use(_ROOT, at, word.end, message)


def _known_names(command: Command) -> Iterator[str]:
    """The names that a command asks about, or sets: the script can do without."""
    words = [word.text for word in command.words]
    if words[:1] and words[0] in _TESTS:
        text = " ".join(words)
        yield from (name for name in (*_VARIABLES, _ROOT) if name in text)
    if words[:1] and words[0] in _ASKING and _PROGRAM in words:
        yield _PROGRAM
    for word in [*(each.text for each in command.assignments), *words]:
        assigned = re.match(_ASSIGNED, word)
        if assigned is not None:
            yield assigned[1]


def _makes_folder(command: Command) -> bool:
    """Whether a command makes the folder, so that it is there."""
    from validator.shell import commands

    words = commands.program(command)
    return (
        bool(words)
        and words[0].text in _MAKING
        and any(re.fullmatch(_FOLDER, word.text, re.DOTALL) for word in words[1:])
    )


def _example(command: str) -> str:
    return (
        "tasks:\n  open:\n    name: Show the address\n    command: |\n"
        f'      echo "http: $({command})"\n    triggeredBy: [manual]\n'
    )


RULES = (
    Rule(
        name="classic-command",
        severity=Severity.WARNING,
        group="scripts",
        summary="A script uses what only Gitpod Classic had",
        why="Scripts that were taken over from a `.gitpod.yml` may call `gp`, which is gone with "
        "the product before this one, or use variables that are empty now: "
        "`cd $THEIA_WORKSPACE_ROOT` goes to the home folder. Its folder `/workspace` is a hint, "
        "as a dev container may have one. Nothing is reported of what a script asks about first.",
        bad=_example("gp url 3000"),
        good=_example("ona environment port get 3000 -f URL"),
        fixable=True,
        check=check,
        words=("gp", "/workspace", "THEIA_WORKSPACE_ROOT", "GITPOD_WORKSPACE_URL"),
    ),
)
