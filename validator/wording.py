"""How names and values are put into messages."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from validator.nodes import Node, Scalar

MAX_QUOTED = 60
"""The number of characters of a document's own text that a message repeats at most."""

# A longer name is no slip of the hand: references have so many characters at most.
_LONGEST = 128

# Pairs of characters: to compare so many takes about a second at worst.
_MOST_COMPARED = 10_000_000

_KIND_NAMES = {
    "array": "a list",
    "boolean": "a boolean",
    "integer": "a number",
    "merge": "a merge key",
    "null": "null",
    "number": "a number",
    "object": "a mapping",
    "string": "text",
    "timestamp": "a date",
}


def quoted(text: str) -> str:
    """A piece of the document in backquotes: of its first line 60 characters at most."""
    text = text.lstrip("\r\n")
    end = text.find("\n", 0, MAX_QUOTED + 1)
    text = text[:end] + "…" if end >= 0 else text
    shown = text if len(text) <= MAX_QUOTED else text[: MAX_QUOTED - 1] + "…"
    return f"`{shown}`"


def kind_name(kind: str) -> str:
    """What a value that has to be of this kind is called: `a list`, `text`, `a whole number`."""
    return "a whole number" if kind == "integer" else _KIND_NAMES[kind]


def value_name(node: Node) -> str:
    """What a value is called, with its text where that is short: "a boolean (`true`)"."""
    name = _KIND_NAMES[node.kind]
    if isinstance(node, Scalar) and node.kind != "null" and node.text:
        return f"{name} ({quoted(node.text)})"
    return name


def with_article(name: str) -> str:
    """A name with its article: "a task", "an environment", "a UUID"."""
    return f"{'an' if name[0] in 'aeio' else 'a'} {name}"


def listed(names: list[str], last: str = "or") -> str:
    """Names in backquotes, as a phrase: "`a`, `b` or `c`"."""
    shown = [quoted(name) for name in names]
    if len(shown) == 1:
        return shown[0]
    return f"{', '.join(shown[:-1])} {last} {shown[-1]}"


def closest(name: str, candidates: Iterable[str]) -> str | None:
    """The candidate that a misspelt name most likely means, or None where none is close.

    Case, dashes and underscores are no difference. What names of an enum begin with, such as
    `SERVICE_PHASE_`, is no likeness. A long name, and one of very many, is not looked for.
    """
    return Candidates(candidates).closest(name)


class Candidates:
    """Names among which many misspelt ones are looked for, as long as that does not take long.

    `wanted` are the names that will be looked for, as far as they are known: where that would take
    long, none of them is. Else, a few would be found each time that a text is checked, and it would
    be fixed in as many steps.
    """

    def __init__(self, names: Iterable[str], wanted: Iterable[str] = ()) -> None:
        self._names = tuple([name for name in names if len(name) <= _LONGEST])
        self._length = sum(map(len, self._names))
        wanted_length = sum(len(name) for name in set(wanted) if len(name) <= _LONGEST)
        too_many = wanted_length * self._length > _MOST_COMPARED
        self._left = 0 if too_many else _MOST_COMPARED
        self._found: dict[str, tuple[str, ...]] = {}

    def closest(self, name: str, but: str | None = None) -> str | None:
        """The closest name, which is not `but`; None also once very many were looked for."""
        if len(name) > _LONGEST:
            return None
        if name not in self._found:
            self._left -= len(name) * self._length
            if self._left < 0:
                return None
            self._found[name] = _close(name, self._names)
        return next((near for near in self._found[name] if near != but), None)


# While a text is fixed, the same names are looked for again and again.
@lru_cache(maxsize=1024)
def _close(name: str, candidates: tuple[str, ...]) -> tuple[str, ...]:
    """The candidates that are closest to a name, if any are close: of two spellings at most."""
    # Slow to import, and needed only for a misspelt name.
    from difflib import get_close_matches

    first = candidates[0] if candidates else ""
    prefix = first[: first.rfind("_") + 1]
    if prefix.isupper() and all(each.startswith(prefix) for each in (name, *candidates)):
        ends = tuple([candidate.removeprefix(prefix) for candidate in candidates])
        return tuple([prefix + near for near in _close(name.removeprefix(prefix), ends)])
    folded: dict[str, list[str]] = {}
    for candidate in reversed(candidates):
        folded.setdefault(_fold(candidate), []).append(candidate)
    found = get_close_matches(_fold(name), folded, n=2, cutoff=0.75)
    return tuple([candidate for near in found for candidate in folded[near]])


def is_typo(name: str, meant: str) -> bool:
    """Whether two names differ by no more than a slip of the hand, or in case and separators."""
    if max(len(name), len(meant)) > _LONGEST:
        return False
    from difflib import SequenceMatcher

    return SequenceMatcher(None, _fold(name), _fold(meant)).ratio() >= 0.85


def _fold(name: str) -> str:
    return name.lower().replace("-", "").replace("_", "")
