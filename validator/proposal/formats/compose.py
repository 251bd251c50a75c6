"""`compose.yaml`: the containers of a project, by the names that Docker looks for."""

from __future__ import annotations

import re
from typing import Any

from validator.authoring.serving import asks
from validator.authoring.triggers import STARTS
from validator.proposal.folder import Folder
from validator.proposal.items import Item, has_role
from validator.proposal.note import Note
from validator.wording import listed, quoted

_NAMES = ("compose.yaml", "compose.yml", "docker-compose.yaml", "docker-compose.yml")
_DEVCONTAINERS = (".devcontainer/devcontainer.json", ".devcontainer.json")
_SERVICE = r"[A-Za-z0-9][A-Za-z0-9._-]*"
_PORT = r"(?:[\d.]+:)?(\d{1,5}):\d{1,5}(?:/tcp)?"
_MOST_NAMED = 3


def propose(folder: Folder, found: list[Item]) -> list[Item]:
    """A service that runs the containers in the foreground.

    If there is a server already, a container that is built from the project is left out: it would
    be the same server again.
    """
    name = folder.first(*_NAMES)
    if name is None:
        return []
    if _is_of_dev_container(folder, name):
        folder.notes.append(Note(name, "left out", "the dev container runs it already"))
        return []
    content = folder.yaml(name)
    services = _services(content or {})
    if not services:
        return []
    server = has_role([each for each in found if each.kind == "service"], "dev")
    built = [each for each in services if server and services[each].get("build")]
    chosen = [each for each in services if not (server and services[each].get("build"))]
    if built and server:
        folder.notes.append(server.instead_of(name, _several(built)))
    if not chosen:
        return []
    command = " ".join(["docker compose up", *(chosen if built else ())])
    title = "Containers"
    if len(chosen) <= _MOST_NAMED:
        title = f"Containers ({', '.join(chosen)})"
    item = Item("service", "other", "containers", title, command, name, "compose", STARTS)
    return [_with_ready(item, {each: services[each] for each in chosen})]


def _several(names: list[str]) -> str:
    if len(names) <= _MOST_NAMED:
        return listed(names, "and")
    return f"{quoted(names[0])} and {len(names) - 1:,} others"


def _services(content: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The services that `docker compose up` starts: those of no profile."""
    services = content.get("services")
    return {
        name: service
        for name, service in (services.items() if isinstance(services, dict) else ())
        if isinstance(service, dict)
        and not service.get("profiles")
        and re.fullmatch(_SERVICE, name)
    }


def _with_ready(item: Item, services: dict[str, dict[str, Any]]) -> Item:
    """The item with a `ready` that asks the health of containers, else their ports."""
    asked = [command for name in services if (command := _ready(name, services[name]))]
    unknown = [name for name in services if not _ready(name, services[name])]
    if not asked:
        guess = "no container has a `healthcheck` or a port, so `containers` has no `ready`"
        return item._replace(guesses=(guess,))
    item = item._replace(ready=" &&\n".join(dict.fromkeys(asked)))
    if unknown:
        guess = f"`ready` does not ask for {_several(unknown)}: no `healthcheck`, no port"
        item = item._replace(guesses=(guess,))
    return item


def _ready(name: str, service: dict[str, Any]) -> str:
    health = service.get("healthcheck")
    if isinstance(health, dict) and health.get("test") and health.get("disable") is not True:
        return f"docker compose ps --format '{{{{.Health}}}}' {name} | grep -qx healthy"
    port = _published(service)
    return asks(port) if port else ""


def _published(service: dict[str, Any]) -> int | None:
    """The first port of the machine that leads to a service; None if it may be any."""
    ports = service.get("ports")
    for each in ports if isinstance(ports, list) else ():
        text = each
        if isinstance(each, dict):
            text = f"{each.get('published')}:{each.get('target')}"
        found = re.fullmatch(_PORT, str(text))
        if found:
            return int(found[1])
    return None


def _is_of_dev_container(folder: Folder, name: str) -> bool:
    for path in _DEVCONTAINERS:
        files = (folder.json(path, comments=True) or {}).get("dockerComposeFile")
        for each in files if isinstance(files, list) else [files]:
            if isinstance(each, str) and each.rpartition("/")[2] == name:
                return True
    return False
