"""How lists of commands end: which run last, in the background, or until they are stopped."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from validator.shell import commands, containers
from validator.shell.syntax import Command, Compound, Item, Script
from validator.shell.words import Word

JOINTS = ("&&", "||", "|")
"""What joins commands to one statement."""

_TESTS = ("[", "[[", "test")
# What a condition asks if it is about processes, which may have to end.
_ABOUT_PROCESSES = r"\b(?:jobs|kill|pgrep|pidof|ps)\b"
# Of a condition that holds until something has happened.
_COMPARISONS = ("-z", "-ne", "!=", "-lt", "-le", "-gt", "-ge", "<", ">")


def statements(items: list[Item]) -> list[list[Item]]:
    """The commands of a list, those together that `&&`, `||` and `|` join."""
    found: list[list[Item]] = []
    for item in items:
        if item.before in JOINTS:
            found[-1].append(item)
        else:
            found.append([item])
    return found


def last_items(items: list[Item]) -> list[Item]:
    """The last command: after it, the list ends. Several where `||` joins them."""
    last = statements(items)[-1:]
    return [item for item in chain(*last) if item.after == "||" or item.last]


def detached(items: list[Item]) -> Iterator[tuple[Item, list[Word]]]:
    """Which of the last commands go into the background.

    Each with the options of a container tool that send it there, none if it is a `&`.
    """
    for item in last_items(items):
        if item.after == "&":
            yield item, []
        elif isinstance(item, Command) and (
            options := containers.detaching_options(commands.program(item))
        ):
            yield item, options


def is_in_background(statement: list[Item]) -> bool:
    """Whether commands that are joined are sent to the background together."""
    return statement[-1].after == "&"


def function_names(script: Script) -> frozenset[str]:
    """The names of the functions that a script defines."""
    found = (each.words for each in script.compounds if each.kind == "function")
    return frozenset(words[0].text for words in found if words)


def end(items: list[Item], functions: frozenset[str] = frozenset()) -> bool:
    """Whether all commands of a list are known to end, or run in the background.

    What a condition does is not asked, only whether it is a server. `functions` are names of
    functions, of which nothing is known.
    """
    return all(
        is_in_background(statement) or all(_ends(item, functions) for item in statement)
        for statement in statements(items)
    )


def _ends(item: Item, functions: frozenset[str]) -> bool:
    if isinstance(item, Command):
        called = item.words[0].text if item.words else ""
        return called not in functions and commands.ends(item)
    if item.kind == "function":
        return True
    if item.kind in ("while", "until") and not waits(item):
        return False
    if item.kind == "select" or (item.kind == "for" and not item.words):
        # It waits for somebody's answer, or may be `for ((;;))`.
        return False
    return all(
        not _has_server(items) if part == "condition" else end(items, functions)
        for part, items in item.lists
    )


def _has_server(items: list[Item]) -> bool:
    return any(isinstance(item, Command) and commands.runs_until_stopped(item) for item in items)


def waits(loop: Compound) -> bool:
    """Whether a loop ends once something has happened: `until ...`, `while ! ...`.

    One that goes on while something is so, such as `while true`, may keep a script running.
    """
    condition = next((items for part, items in loop.lists if part == "condition"), [])
    last = condition[-1] if condition else None
    if not isinstance(last, Command) or not last.words:
        return False
    words = [word.text for word in last.words]
    if words[0] in ("true", "false", ":", "read", "sleep"):
        return False
    if any(re.search(_ABOUT_PROCESSES, word) for word in words):
        return False
    is_test = words[0] in _TESTS
    negated = last.negated != (is_test and words[1:2] == ["!"])
    if loop.kind == "until":
        return not negated
    compares = is_test and any(word in _COMPARISONS for word in words)
    return negated or compares or words[0].startswith("((")
