"""Format names and values for messages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

MAX_QUOTED = 60
"""Maximum number of characters of the document's own text quoted in a message."""

_MOST_NAMED = 10
"""Maximum number of names in a list."""


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
    return phrase([quoted(name) for name in names], last)


def phrase(parts: Sequence[str], last: str) -> str:
    """Parts of an enumeration, of which there is at least one: "a, b and c"."""
    return f" {last} ".join(filter(None, [", ".join(parts[:-1]), parts[-1]]))


def first_names(names: Sequence[str], show: Callable[[str], str]) -> list[str]:
    """Names as they are shown, only the first ten, and then how many there are beyond them."""
    shown = [show(name) for name in names[:_MOST_NAMED]]
    if len(names) > _MOST_NAMED:
        shown.append(f"{len(names) - _MOST_NAMED:,} more")
    return shown


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
