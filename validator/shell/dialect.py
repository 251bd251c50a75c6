"""Which shell reads a script."""

from __future__ import annotations

from typing import Literal

Dialect = Literal["bash", "sh", "dash", "ksh"]
"""The shells whose scripts can be checked."""

_SHELLS: dict[str, Dialect] = {
    "ash": "dash",
    "bash": "bash",
    "dash": "dash",
    "ksh": "ksh",
    "mksh": "ksh",
    "sh": "sh",
}


def dialect(script: str, default: Dialect = "bash") -> Dialect | None:
    """The shell that a script's `#!` line names, and `default` if it has none.

    None if that line names another program, such as python3 or zsh: the script can't be checked.
    """
    # A `#!` below the first line, or after a space, is only a comment.
    line = script.partition("\n")[0]
    if not line.startswith("#!"):
        return default
    words = line[2:].split()
    if words and _name(words[0]) == "env":
        # `env` takes options and assignments before the program.
        words = [word for word in words[1:] if not word.startswith("-") and "=" not in word]
    return _SHELLS.get(_name(words[0])) if words else default


def _name(path: str) -> str:
    return path.rpartition("/")[2]
