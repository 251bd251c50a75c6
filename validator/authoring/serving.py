"""Which older commands are servers, and on which ports they listen."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from validator.shell import commands
from validator.shell.endings import is_in_background, statements
from validator.shell.reader import read
from validator.shell.syntax import Command, Item

_SERVER_PROGRAM = r"serve|server|.*-server|.*server\.(?:js|py|rb|sh)|odoo"
_SERVER_WORDS = (["bootRun"], ["runserver"], ["serve"], ["server"])
_PORT_OPTION = r"(?<!\S)--?(?:[\w.]+[.-])?port[= ](\d{2,5})\b"
_SHORT_OPTION = r"(?:^|\s)-p[= ]?(\d{2,5})\b(?!:)"
_PUBLISHED = r"(?:^|\s)(?:-p|--publish)[= ]?(?:[\d.]+:)?(\d{2,5}):\d+"
_ADDRESS = r"(?:localhost|\d+\.\d+\.\d+\.\d+|\*|(?<=\s)):(\d{2,5})\b(?!:)"
_CONTAINERS = r"(?:sudo\s+)?(?:docker|podman)\b"
_VARIABLE = r"\bPORT=(\d{2,5})\b"
_POSITION = r"http\.server\s+(\d{2,5})\b"

# Programs that build or test again after each change; some also serve, by a word or an option.
_WATCHERS = frozenset(
    (
        *("ava", "babel", "esbuild", "jest", "lessc", "mocha", "ng", "postcss", "rollup", "sass"),
        *("stylus", "swc", "tailwindcss", "tsc", "tsup", "vite", "vitest", "webpack"),
    )
)
_WATCH = r"-w|--watch(?:=.*)?|--watchAll|watch"
_SERVE = r"s|serve|server|dev|start|preview|--serve(?:=.*)?|--servedir=.*|--ui|--open"

_USUAL_PORTS = (
    (r"\bhardhat node\b", 8545),
    (r"\bganache\b|\banvil\b", 8545),
    (r"\bhugo (?:server|serve)\b", 1313),
    (r"\bjekyll (?:serve|s)\b", 4000),
    (r"\bmkdocs serve\b", 8000),
    (r"\bmdbook serve\b", 3000),
    (r"\bng serve\b", 4200),
    (r"\bgatsby develop\b", 8000),
    (r"\bspring-boot:run\b|\bbootRun\b", 8080),
    (r"\brails (?:server|s)\b", 3000),
    (r"\bartisan serve\b", 8000),
    (r"\bmanage\.py runserver\b", 8000),
    (r"\buvicorn\b|\bgunicorn\b|\bfastapi (?:dev|run)\b|\bhttp\.server\b", 8000),
    (r"\bflask run\b", 5000),
    (r"\bstreamlit run\b", 8501),
    (r"\bjupyter[ -](?:lab|notebook)\b", 8888),
    (r"\bngrok (?:http|tcp)\b", 4040),
    (r"\bgrafana-server\b|\bnext dev\b|\bnuxt dev\b|\bnuxi dev\b", 3000),
    (r"\bvite(?: dev| serve)?(?:\s|$)", 5173),
    (r"\bastro dev\b", 4321),
    (r"\bodoo\b", 8069),
    (r"\bpostgres\b", 5432),
    (r"\bmysqld\b|\bmariadbd\b", 3306),
    (r"\bredis-server\b", 6379),
    (r"\bmongod\b", 27017),
)
"""On which port programs listen if nothing else is said."""

NOT_HTTP = frozenset((1433, 1521, 3306, 5432, 5672, 5900, 6379, 9092, 11211, 27017))
"""Ports of databases and the like, which don't answer to HTTP."""


class Server(NamedTuple):
    """The command of a script that is a server, from `start` to `end` (0-based, in characters).

    `known` says whether its program is known to be one; else it is so called.
    """

    start: int
    end: int
    known: bool


def serves(script: str) -> bool:
    """Whether a script runs until it is stopped."""
    return server(script) is not None


def server(script: str) -> Server | None:
    """The first command of a script, in the foreground, that runs until it is stopped."""
    found = read(script)
    if found is None:
        return None
    for command in _in_foreground(found.items):
        if commands.runs_until_stopped(command):
            return Server(command.start, command.end, known=True)
        if _is_called_server(command):
            return Server(command.start, command.end, known=False)
    return None


def only_watches(script: str) -> bool:
    """Whether a script only waits for changes or output, such as `tsc --watch`: it has no port."""
    found = read(script)
    if found is None or any(map(is_in_background, statements(found.items))):
        return False
    lasting = [each for each in _in_foreground(found.items) if not commands.ends(each)]
    return bool(lasting) and all(map(_watches, lasting))


def _watches(command: Command) -> bool:
    name, *rest = [word.text for word in commands.program(command)] or [""]
    name = name.rpartition("/")[2]
    if name == "tail" or (name == "kubectl" and "logs" in rest):
        return commands.runs_until_stopped(command)
    if name == "cargo":
        # It can run any command, by these words.
        return rest[:1] == ["watch"] and not {"run", "-s", "--shell", "--"} & {*rest}
    if name not in _WATCHERS or any(re.fullmatch(_SERVE, word) for word in rest):
        return False
    return (name == "vitest" and not rest) or any(re.fullmatch(_WATCH, word) for word in rest)


def may_run_on(script: str) -> bool:
    """Whether nothing says that the last command of a script ends."""
    found = read(script)
    last = found.items[-1] if found and found.items else None
    return isinstance(last, Command) and last.after != "&" and not commands.ends(last)


def said_port(script: str) -> int | None:
    """The port that a server is told to listen on: `--port 3000`, `0.0.0.0:3000`, `PORT=3000`."""
    command = _server_text(script)
    for pattern in (_PUBLISHED, _PORT_OPTION, _ADDRESS, _POSITION, _SHORT_OPTION):
        found = re.search(pattern, command)
        if found:
            return int(found[1])
    found = re.search(_VARIABLE, script)
    return int(found[1]) if found else None


def usual_port(script: str) -> int | None:
    """The port on which the program of a script listens by itself, if it is a known one."""
    command = _server_text(script)
    return next((port for pattern, port in _USUAL_PORTS if re.search(pattern, command)), None)


def _server_text(script: str) -> str:
    """The command of a script that is the server, all of it if none is known to be."""
    found = server(script)
    return script if found is None else script[found.start : found.end]


def runs_container(script: str) -> bool:
    """Whether the server of a script is a command such as `docker compose up`."""
    return re.match(_CONTAINERS, _server_text(script)) is not None


def asks(port: int, *, https: bool = False) -> str:
    """A command that succeeds once something listens on a port."""
    if port in NOT_HTTP:
        return f"bash -c '</dev/tcp/localhost/{port}' 2>/dev/null"
    return f"curl -s{'k' * https} -o /dev/null http{'s' * https}://localhost:{port}"


def _in_foreground(items: list[Item]) -> Iterator[Command]:
    """The commands of a list that it waits for, those in compound commands too."""
    for statement in statements(items):
        if is_in_background(statement):
            continue
        for item in statement:
            if isinstance(item, Command):
                yield item
            elif item.kind != "function":
                for part, inner in item.lists:
                    if part != "condition":
                        yield from _in_foreground(inner)


def _is_called_server(command: Command) -> bool:
    words = [word.text for word in commands.program(command)]
    if not words or commands.ends(command):
        return False
    name = words[0].rpartition("/")[2]
    if name == "java":
        return "-jar" in words
    return re.fullmatch(_SERVER_PROGRAM, name) is not None or words[1:2] in _SERVER_WORDS
