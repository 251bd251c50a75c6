"""Which commands of a script run only if something is so."""

from __future__ import annotations

from collections.abc import Iterable

from validator.shell.syntax import Command, Item, Script

_COMPOUNDS = ("if", "case", "select", "function")
_LOOPS = ("for", "until", "while")
_QUESTIONS = frozenset(
    ("[", "[[", "command", "grep", "hash", "pg_isready", "pgrep", "test", "type", "which")
)


def conditional(script: Script) -> frozenset[int]:
    """The starts of the commands that `if`, `case`, a loop, a test and `&&`, or `||` decide on.

    Also of those in functions, which may never be called. `cd x && y` asks nothing. Takes linear
    time.
    """
    found: set[int] = set()
    inside: set[int] = set()
    _add(script.items, found, inside, within=False)
    for compound in script.compounds:
        # The compound command around it was before it.
        within = id(compound) in inside or compound.kind in _COMPOUNDS or compound.kind in _LOOPS
        around = compound.compound
        if around is not None and id(around) in inside:
            within = True
        if within:
            inside.add(id(compound))
        for part, items in compound.lists:
            _add(items, found, inside, within=within and part != "condition")
    return frozenset(found)


def _add(items: Iterable[Item], found: set[int], inside: set[int], *, within: bool) -> None:
    """Add the commands of a list to those found, and its compound commands to those inside."""
    asked = False
    for item in items:
        joined = item.before in ("&&", "||", "|")
        asked = asked and joined
        if within or item.before == "||" or (asked and item.before == "&&"):
            if isinstance(item, Command):
                found.add(item.start)
            else:
                inside.add(id(item))
        asked = asked or _asks(item)


def _asks(item: Item) -> bool:
    if item.negated:
        return True
    return isinstance(item, Command) and bool(item.words) and item.words[0].text in _QUESTIONS
