"""`Makefile`: targets with the usual names."""

from __future__ import annotations

import re

from validator.authoring.names import top_commands
from validator.authoring.serving import serves
from validator.proposal.folder import Folder
from validator.proposal.items import (
    MOST_CHARACTERS,
    Item,
    Role,
    build,
    has_role,
    install,
    server,
    test,
)
from validator.shell import commands

_NAMES = ("GNUmakefile", "makefile", "Makefile")
# Not the assignment of a variable, nor a pattern.
_TARGET = r"[A-Za-z0-9][\w. \t/-]*"
_ASSIGNS = r":{0,2}="
_TARGETS: dict[Role, tuple[str, ...]] = {
    "install": ("setup", "bootstrap", "deps", "install"),
    "dev": ("dev", "serve", "run", "start"),
    "build": ("build", "all"),
    "test": ("test", "check"),
}
_SERVERS = ("dev", "serve")
"""Targets that are taken for servers whatever their commands are."""


def propose(folder: Folder, found: list[Item]) -> list[Item]:
    """A task or a service per usual target, where `package.json` gives none."""
    name = folder.first(*_NAMES)
    text = folder.text(name) if name else None
    if name is None or text is None:
        return []
    recipes = _recipes(text)
    items: list[Item] = []
    for role, targets in _TARGETS.items():
        item = next(
            (each for each in (_item(t, role, recipes, name) for t in targets) if each), None
        )
        other = has_role(found, role)
        if item is not None and other is not None:
            folder.notes.append(other.instead_of(name, f"`{item.script}`"))
        elif item is not None:
            items.append(item)
    return items


def _item(target: str, role: Role, recipes: dict[str, str], source: str) -> Item | None:
    """What a target gives; None if there is no such target, or its name is misleading."""
    if target not in recipes:
        return None
    command, recipe = f"make {target}", recipes[target]
    if role == "install":
        # Most often this one copies what was built into the system.
        if target == "install" and not any(map(commands.installs, top_commands(recipe))):
            return None
        return install(command, source, "make")
    if role == "build":
        return build(command, source, "make")
    if role == "test":
        return test(command, source, "make")
    if serves(recipe):
        return server(command, source, "make", recipe)
    if target in _SERVERS:
        guess = f"`{target}` is taken for a server, by its name"
        item = server(command, source, "make", recipe)
        return item._replace(guesses=(guess, *item.guesses))
    return test(command, source, "make")._replace(
        role="dev", reference=target, name=target.capitalize()
    )


def _recipes(text: str) -> dict[str, str]:
    """The usual targets that a makefile has, and their commands as a script."""
    usual = frozenset().union(*_TARGETS.values())
    recipes: dict[str, list[str]] = {}
    current: list[str] = []
    for line in re.sub(r"\\\r?\n", " ", text).splitlines():
        if line.startswith("\t"):
            for name in current:
                recipes[name].append(_command(line))
            continue
        left, colon, right = line.partition(":")
        if colon and re.fullmatch(_TARGET, left) and not re.match(_ASSIGNS, right):
            current = [name for name in left.split() if name in usual]
            command = right.partition("#")[0].partition(";")[2]
            for name in current:
                recipes.setdefault(name, []).extend([_command(command)] if command else [])
        elif line.strip() and not line.startswith("#"):
            current = []
    return {name: "\n".join(lines)[:MOST_CHARACTERS] for name, lines in recipes.items()}


def _command(line: str) -> str:
    return line.strip().lstrip("@-+").replace("$$", "$")
