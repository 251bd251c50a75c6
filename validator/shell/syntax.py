"""What a shell script consists of: its commands, and the compound commands around them.

All offsets are 0-based and count characters of the script.
"""

from __future__ import annotations

from validator.shell.words import Word
from validator.tuples import NamedTuple


class Redirection(NamedTuple):
    """A redirection: its operator with the descriptor (`2>`), and the word after it."""

    operator: str
    target: Word
    start: int
    end: int


class _Item:
    """What a command and a compound command have in common.

    `before` and `after` are the operators around it: `&&`, `||`, `|`, `&`, `;` (also for a line
    break), or empty at the beginning and the end of the list that it is in. `compound` is the
    compound command around it, None at the top of the script; it is in its `part`: `head` (of
    `for` and `case`), `condition`, `body` or `else`. `last` tells whether nothing follows in this
    list, and `negated` whether `!` is before it.
    """

    __slots__ = (
        *("after", "before", "compound", "end", "last", "negated", "part", "redirections"),
        "start",
    )

    def __init__(self, start: int, compound: Compound | None, part: str) -> None:
        self.start = start
        self.end = start
        self.compound = compound
        self.part = part
        self.before = ""
        self.after = ""
        self.last = False
        self.negated = False
        self.redirections: list[Redirection] = []


class Command(_Item):
    """A simple command: variables that are set for it, its words. Either may be empty.

    `[[ ... ]]` is a command with its parts as words, `((...))` one of a single word. `program` is
    what `commands.program` has found, None until it was asked.
    """

    __slots__ = ("assignments", "program", "words")

    def __init__(self, start: int, compound: Compound | None, part: str) -> None:
        super().__init__(start, compound, part)
        self.assignments: list[Word] = []
        self.program: list[Word] | None = None
        self.words: list[Word] = []


class Compound(_Item):
    """A compound command; `kind` is the word that it begins with.

    These are `if`, `while`, `until`, `for`, `select`, `case`, `{`, `(`, `function`, and for
    commands whose output is part of a word `$(`, `` ` ``, `<(`, `>(`. `words` are those of its
    head: what a loop goes through (its variable first), the word of `case`, a function's name.
    `lists` are the lists of commands in it, in their order, each with its part; what is in
    substitutions is not among them.
    """

    __slots__ = ("kind", "lists", "words")

    def __init__(self, kind: str, start: int, compound: Compound | None, part: str) -> None:
        super().__init__(start, compound, part)
        self.kind = kind
        self.words: list[Word] = []
        self.lists: list[tuple[str, list[Item]]] = []


Item = Command | Compound
"""What a list of commands consists of."""


class Script(NamedTuple):
    """The commands and the compound commands of a script, each in the order of their starts.

    `items` are those at the top, which the script runs one after another.
    """

    commands: list[Command]
    compounds: list[Compound]
    items: list[Item]
