"""On which port each service listens, and the task that opens ports for everyone."""

from __future__ import annotations

import shlex

from validator.authoring.serving import NOT_HTTP, asks, runs_container, said_port, usual_port
from validator.authoring.triggers import STARTS
from validator.migration.classic import Classic, Field, Port
from validator.migration.context import NOT_MIGRATED, Context
from validator.migration.gp_commands import find
from validator.migration.items import Item, Part

LEAST_PORT = 1024
"""The first port that can be opened."""


def find_ports(items: list[Item], classic: Classic, context: Context) -> None:
    """Give services the ports that they listen on, and commands that ask these."""
    services = [item for item in items if item.kind == "service"]
    used: set[int] = set()
    for item in services:
        _set(item, _own_port(item.script, classic), used)
    _by_waiting(items, services, used, context)
    _by_declaration(services, used, classic, context)
    https = {port.first for port in classic.ports if port.text("protocol") == "https"}
    for item in services:
        if item.port is not None:
            item.ready = asks(item.port, https=item.port in https)
        elif item.own is not None:
            message = "the port of this service is unknown, so it has no `ready`; add it, such as "
            context.guessed(item.own, f"{message}`ready: {asks(3000)}`")


def _own_port(script: str, classic: Classic) -> int | None:
    """The port that a script names, or the usual one of its program; one that is declared."""
    for port in (said_port(script), usual_port(script)):
        if port is not None and (not classic.ports or _declares(classic, port)):
            return port
    return None


def _set(item: Item, port: int | None, used: set[int]) -> bool:
    """Give a service a port that no other one has; `used` gets it."""
    if port is None or port in used:
        return False
    item.port = port
    used.add(port)
    return True


def _by_waiting(items: list[Item], services: list[Item], used: set[int], context: Context) -> None:
    """Give services the ports that others wait for, where only one can have it."""
    waiting: dict[int, list[Item]] = {}
    for item in items:
        for part in item.parts:
            for gp in find(part.text):
                if gp.words[:1] == ("await-port",) and gp.words[1:2] and gp.words[1].isdecimal():
                    waiting.setdefault(int(gp.words[1]), []).append(item)
    for port, waiters in waiting.items():
        if port in used:
            continue
        able = [item for item in services if item.port is None and item not in waiters]
        if port in NOT_HTTP:
            # A database may also be part of the image; no other server listens on its port.
            able = [item for item in able if runs_container(item.script)]
        if len(able) == 1 and _set(able[0], port, used) and able[0].own is not None:
            message = f"`ready` asks port {port}, which others wait for and no other service has"
            context.guessed(able[0].own, message)


def _by_declaration(
    services: list[Item], used: set[int], classic: Classic, context: Context
) -> None:
    """Give the last service without a port the last port that is declared."""
    left = [item for item in services if item.port is None]
    candidates = [
        port.first
        for port in classic.ports
        if port.first == port.last
        and not port.text("onOpen").startswith("ignore")
        and port.first not in NOT_HTTP
        and port.first not in used
    ]
    if len(left) == 1 and len(candidates) == 1:
        (item,), (item.port,) = left, candidates
        assert item.own is not None
        message = (
            f"`ready` asks port {item.port}, the only one of `ports` that no other service has"
        )
        context.guessed(item.own, message)


def open_ports(classic: Classic, context: Context) -> tuple[Item | None, list[str]]:
    """A task that opens the ports that were public, and comments if there is no such task."""
    lines = [
        _opened(port, port.texts["visibility"], context)
        for port in classic.ports
        if port.text("visibility") == "public"
    ]
    if all(line.startswith("#") for line in lines):
        return None, lines
    item = Item("task", STARTS, [Part("\n".join(lines))])
    item.name = "Open ports"
    return item, []


def _opened(port: Port, field: Field, context: Context) -> str:
    if port.first != port.last or port.first < LEAST_PORT:
        which = "each port has to be opened by itself" if port.first != port.last else "only ports "
        which += "" if port.first != port.last else f"from {LEAST_PORT} on can be opened"
        context.lost(
            field,
            f"{which}; add what is needed: `ona environment port open N --admission everyone`",
        )
        ports = f"{port.first}-{port.last}" if port.first != port.last else f"{port.first}"
        return f"# {NOT_MIGRATED}visibility: public (port {ports})"
    name = port.text("name")
    named = f" --name {shlex.quote(name)}" if name else ""
    return f"ona environment port open {port.first}{named} --admission everyone"


def _declares(classic: Classic, port: int) -> bool:
    return any(each.first <= port <= each.last for each in classic.ports)
