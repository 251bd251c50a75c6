"""The tasks and services that are proposed, and those that most projects have."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, NamedTuple

from validator.authoring.serving import asks, only_watches, said_port, usual_port
from validator.authoring.triggers import BY_HAND, INSTALLS, STARTS
from validator.proposal.folder import Folder
from validator.proposal.note import Note
from validator.wording import quoted

MOST_CHARACTERS = 5_000
"""Maximum number of characters of a command that is read: its port is found in quadratic time."""

Role = Literal["install", "build", "test", "dev", "other"]


class Item(NamedTuple):
    """A task or a service that is proposed.

    `kind` is `task` or `service`, `role` what it is for. `source` is the file that it is from, and
    `tool` a word that tells it from one with the same `reference` of another file. `label` is its
    name in that file, and `needs` are the labels that it depends on. `guesses` are what may be
    wrong with it, and `comments` are for the line above `ready`.
    """

    kind: Literal["task", "service"]
    role: Role
    reference: str
    name: str
    script: str
    source: str
    tool: str
    triggers: tuple[str, ...]
    ready: str = ""
    label: str = ""
    needs: tuple[str, ...] = ()
    guesses: tuple[str, ...] = ()
    comments: tuple[str, ...] = ()

    def instead_of(self, source: str, what: str) -> Note:
        """A note that something of a file is left out, because this item is for the same."""
        message = f"{what}, because {quoted(self.script)} of {self.source} is proposed"
        return Note(source, "left out", message)


def install(script: str, source: str, tool: str) -> Item:
    """A task that installs dependencies."""
    name = "Install dependencies"
    return Item("task", "install", "install", name, script, source, tool, INSTALLS)


def build(script: str, source: str, tool: str) -> Item:
    """A task that builds the project when it is asked to."""
    return Item("task", "build", "build", "Build", script, source, tool, BY_HAND)


def test(script: str, source: str, tool: str) -> Item:
    """A task that tests the project when it is asked to."""
    return Item("task", "test", "test", "Test", script, source, tool, BY_HAND)


def server(script: str, source: str, tool: str, shown: str = "") -> Item:
    """A service that starts with the environment.

    `shown` is what its command runs in the end, if that is not the command itself: it decides the
    port.
    """
    item = Item("service", "dev", "dev", "Dev server", script, source, tool, STARTS)
    return with_ready(item, shown or script)


def ports(script: str) -> tuple[int | None, int | None]:
    """The port that a script names, and the default one of its program; None if there is none."""
    return said_port(script), usual_port(script)


def with_ready(item: Item, script: str) -> Item:
    """A service whose `ready` asks the port on which a script listens, if it may listen on one."""
    if only_watches(script):
        return item
    said, usual = ports(script)
    port = said or usual
    if port is None:
        guess = (
            f"the port of {quoted(item.reference)} is unknown, so it has no `ready`; add it, such "
            f"as `ready: {asks(3000)}`"
        )
        return item._replace(guesses=(*item.guesses, guess))
    if said is not None:
        return item._replace(ready=asks(port))
    guess = f"`ready` of {quoted(item.reference)} asks port {port}, the default of its program"
    return item._replace(
        ready=asks(port),
        guesses=(*item.guesses, guess),
        comments=("# The default port: change it if the project sets another one.",),
    )


def besides_make(folder: Folder, found: list[Item], items: list[Item]) -> list[Item]:
    """The items that a makefile has no target for: its author knows better than a default."""
    kept = []
    for item in items:
        other = has_role([each for each in found if each.tool == "make"], item.role)
        if other is None:
            kept.append(item)
        else:
            folder.notes.append(other.instead_of(item.source, quoted(item.script)))
    return kept


def has_role(items: Iterable[Item], role: Role) -> Item | None:
    """The first item with a role; None if there is none."""
    return next((item for item in items if item.role == role), None)
