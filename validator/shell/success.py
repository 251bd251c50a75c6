"""Which commands always succeed: what of a script decides that its exit status is 0."""

from __future__ import annotations

import re

from validator.shell import commands
from validator.shell.endings import is_in_background, statements
from validator.shell.syntax import Command, Item

_ALWAYS = ("true", ":", "echo", "printf", "sleep")
_SAFE_TARGETS = ("/dev/null", "/dev/stdout", "/dev/stderr", "1", "2", "-")


def always_succeeds(items: list[Item]) -> Item | None:
    """The last command that makes a list succeed, whatever happens; None if the list can fail.

    With `set -e` a script ends with the first command that fails, without it the last one decides:
    here no command may be able to fail.
    """
    decisive: Item | None = None
    for statement in statements(items):
        found = statement[-1] if is_in_background(statement) else _of_statement(statement)
        if found is None:
            return None
        decisive = found
    return decisive


def _of_statement(statement: list[Item]) -> Item | None:
    decisive: Item | None = None
    for item in statement:
        found = _of_item(item)
        if item.before == "||":
            decisive = found or decisive
        elif item.before in ("&&", "|"):
            # Of a pipe, all count: there may be `set -o pipefail`.
            decisive = found if decisive else None
        else:
            decisive = found
    return decisive


def _of_item(item: Item) -> Item | None:
    if item.negated or any(each.target.text not in _SAFE_TARGETS for each in item.redirections):
        # `echo > /dev/tcp/localhost/80` is a check.
        return None
    if isinstance(item, Command):
        return item if _command_succeeds(item) else None
    lists = [items for part, items in item.lists if part != "condition"]
    if item.kind not in ("if", "case", "{", "(") or not lists:
        return None
    found = [always_succeeds(items) for items in lists]
    return found[-1] if all(found) else None


def _command_succeeds(command: Command) -> bool:
    words = commands.program(command)
    if not words:
        # A variable; a command in its value may fail.
        return all(word.literal for word in command.assignments) and bool(command.assignments)
    name, rest = words[0].text, words[1:]
    if name == "exit":
        return [word.text for word in rest] == ["0"]
    if name == "sleep":
        return len(rest) == 1 and re.fullmatch(r"[\d.]+[sm]?", rest[0].text) is not None
    return name in _ALWAYS
