"""`Procfile.dev` and `Procfile`: the processes of an application, one per line."""

from __future__ import annotations

import re

from validator.authoring.triggers import BY_HAND, STARTS
from validator.proposal.folder import Folder
from validator.proposal.items import MOST_CHARACTERS, Item, Role, has_role, ports, with_ready
from validator.proposal.note import Note
from validator.wording import quoted

_NAMES = ("Procfile.dev", "Procfile")
_LINE = r"(?m)^([A-Za-z0-9_-]+):[ \t]*(\S.*)$"
_PORT = r"\$(?:PORT\b|\{PORT\})"
_PORT_OR_DEFAULT = r"\$\{PORT:-(\d+)\}"
_ABBREVIATIONS = ("api", "css", "js")
_FIRST_PORT = 5000
"""The port that foreman gives to `web`."""


def propose(folder: Folder, found: list[Item]) -> list[Item]:
    """A service per process, and a task for `release`, which runs before a new version does."""
    name = folder.first(*_NAMES)
    text = folder.text(name) if name else None
    if name is None or text is None:
        return []
    other = has_role(found, "dev")
    items: list[Item] = []
    for process, written in re.findall(_LINE, text):
        command = written.rstrip()
        if len(command) > MOST_CHARACTERS:
            message = f"{quoted(process)}: its command is too long"
            folder.notes.append(Note(name, "left out", message))
        elif process == "web" and other is not None:
            folder.notes.append(other.instead_of(name, "`web`"))
        elif process == "release":
            item = Item("task", "other", process, "Release", command, name, "procfile", BY_HAND)
            items.append(item)
        else:
            items.append(_service(process, command, name))
    return items


def _service(process: str, command: str, source: str) -> Item:
    title = process.upper() if process in _ABBREVIATIONS else process.capitalize()
    role: Role = "dev" if process == "web" else "other"
    item = Item("service", role, process, title, command, source, "procfile", STARTS)
    exported = f"export PORT={_FIRST_PORT}\n{command}"
    if re.search(_PORT, command):
        return with_ready(item._replace(script=exported), re.sub(_PORT, str(_FIRST_PORT), command))
    shown = re.sub(_PORT_OR_DEFAULT, r"\1", command)
    if any(ports(shown)):
        return with_ready(item, shown)
    if process != "web":
        # Most have no port.
        return item
    guess = f"`web` listens on `PORT`, which is {_FIRST_PORT}"
    return with_ready(item._replace(script=exported, guesses=(guess,)), exported)
