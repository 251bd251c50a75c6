"""Format names and values for messages."""

from __future__ import annotations

from collections.abc import Iterable

MAX_QUOTED = 60
"""Maximum number of characters of the document's own text quoted in a message."""


def quoted(text: str) -> str:
    """Text of the document in backquotes, at most 60 characters of its first line."""
    text = text.lstrip("\r\n")
    end = text.find("\n", 0, MAX_QUOTED + 1)
    text = text[:end] + "…" if end >= 0 else text
    shown = text if len(text) <= MAX_QUOTED else text[: MAX_QUOTED - 1] + "…"
    return f"`{shown}`"


def with_article(name: str) -> str:
    """A name with its article: "a task", "an environment", "a UUID"."""
    return f"{'an' if name[0] in 'aeio' else 'a'} {name}"


def listed(names: list[str], last: str = "or") -> str:
    """Names in backquotes, as a phrase: "`a`, `b` or `c`"."""
    shown = [quoted(name) for name in names]
    if len(shown) == 1:
        return shown[0]
    return f"{', '.join(shown[:-1])} {last} {shown[-1]}"


def counted(count: int, name: str) -> str:
    """A number of things as a phrase: "1 error", "2 errors"."""
    return f"{count:,} {name}{'' if count == 1 else 's'}"


def parted(message: str) -> tuple[str, str]:
    """What a message says is wrong, and what helps: its parts before and after the first `; `.

    The second part is "" if there is none. Text of the document, in backquotes, is not searched.
    """
    at = 0
    for number, part in enumerate(message.split("`")):
        if number % 2 == 0 and "; " in part:
            at += part.index("; ")
            return message[:at], message[at + 2 :]
        at += len(part) + 1
    return message, ""


def did_you_mean(names: Iterable[str]) -> str:
    """Ask whether one of some names was meant: "did you mean `a` or `b`?"."""
    return f"did you mean {listed(list(names))}?"
