"""Find the known name that an unknown one most likely means, and recognize typos."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property, lru_cache
from itertools import pairwise
from operator import itemgetter

from validator.tuples import NamedTuple

LONGEST = 128
"""Maximum length of names that are compared: references have at most this many characters."""

# Pairs of characters: comparing this many takes about a second at worst.
_MOST_COMPARED = 6_000_000
_MOST_NAMED = 3
# One may be excluded, and one more is needed to see whether the nearest is unique.
_MOST_KEPT = _MOST_NAMED + 2

# Thresholds, in characters, for the number of steps between a name and its typo.
_SHORTEST = 4
_LONG = 10

_ROWS = ("1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm")

# A word with and without one of these prefixes is two words, not one and its typo.
_PREFIXES = (
    *("", "anti", "auto", "co", "de", "dis", "down", "en", "in", "inter", "intra", "mis"),
    *("multi", "non", "off", "on", "out", "over", "post", "pre", "re", "self", "sub", "un"),
    *("under", "up"),
)

# Common in names of tasks and services, and one typo away from another such word.
_WORDS = frozenset(
    (  # noqa: SIM905
        "async auth base boot build cache clean code core data date debug deploy dev docs down "
        "fetch file fix form format from guild host install last lint link list live load local "
        "lock log main mail make mock mode node off on open patch path port post prebuild prod "
        "pull push read ready reload rest restart restore route run seed send sent serve server "
        "service setup shop show site sort stack staff stage stash state step stop store stub sync "
        "tail task team test text time tool type unlock update upload user view watch web work"
    ).split()
)

_DIGITS = r"\d+"
_SEPARATORS = r"[-_ ]"
_WORD = r"[A-Z]*[a-z]+|[A-Z]+|\d+|[^\W\dA-Za-z_]+"


class Likeness(NamedTuple):
    """The known names that an unknown one most likely means.

    `names` are equally near; empty if no name is near. `slip` says that the only one is certainly
    meant: no other name is near, and they differ by a typo, or by case and separators only.
    """

    names: tuple[str, ...] = ()
    slip: bool = False

    @property
    def only(self) -> str | None:
        """The single nearest name; None if there is none or several are equally near."""
        return self.names[0] if len(self.names) == 1 else None


class Vocabulary:
    """Known names in which to look up unknown ones, within a limited time.

    `wanted` are the names to be looked up, as far as they are known in advance: if that would take
    too long, none is found. Otherwise each check of a text would find a few, and fixing it would
    take as many steps. `invented` says that the author chose the names, and may have chosen one
    that differs by a short word; otherwise they are the words of a format or a program, and all of
    them are known.
    """

    def __init__(
        self, names: Iterable[str], wanted: Iterable[str] = (), *, invented: bool = False
    ) -> None:
        self._names = tuple([each for each in names if len(each) <= LONGEST])
        self._length = sum(map(len, self._names))
        self._invented = invented
        wanted_length = sum(len(name) for name in set(wanted) if len(name) <= LONGEST)
        too_many = wanted_length * self._length > _MOST_COMPARED
        self._left = 0 if too_many else _MOST_COMPARED
        self._found: dict[str, tuple[tuple[int, str], ...]] = {}
        # The same mistake may occur in each of many tasks.
        self._answers: dict[tuple[str, str | None], Likeness] = {}

    def nearest(self, name: str, but: str | None = None) -> Likeness:
        """The names that a misspelt name most likely means, except `but`.

        Finds nothing for a very long name, nor after very many look-ups.
        """
        if (name, but) not in self._answers:
            self._answers[name, but] = self._nearest(name, but)
        return self._answers[name, but]

    def _nearest(self, name: str, but: str | None) -> Likeness:
        found = [each for each in self._near(name) if each[1] not in (but, name)]
        if not found:
            return Likeness()
        best = found[0][0]
        names = [each for steps, each in found if steps == best]
        clear = len(names) == 1 and all(steps >= 2 * best for steps, _ in found[1:])
        slip = clear and self._is_slip(name, names[0], best)
        return Likeness(tuple(names[:_MOST_NAMED]), slip)

    def _near(self, name: str) -> tuple[tuple[int, str], ...]:
        if len(name) > LONGEST:
            return ()
        if name not in self._found:
            self._left -= len(name) * self._length
            if self._left < 0:
                return ()
            self._found[name] = _near(name, self._names)
        return self._found[name]

    @cached_property
    def _words(self) -> frozenset[str]:
        return _WORDS.union(*map(_split, self._names))

    def _is_slip(self, name: str, meant: str, steps: int) -> bool:
        """Whether a name is a typo of another that is `steps` away."""
        one, other = _split(name), _split(meant)
        if _digits(name) != _digits(meant):
            return False
        if not steps:
            return True
        if _only_words_differ(one, other):
            return False
        most = _most_steps(_fold(name), _fold(meant))
        if len(one) != len(other):
            # A separator or a capital is missing too: compare the names as a whole.
            one, other, most = [_fold(name)], [_fold(meant)], min(most, 1)
        if steps > most:
            return False
        pairs = [(a, b) for a, b in zip(one, other, strict=True) if a != b]
        return all(self._is_misspelt(typed, word) for typed, word in pairs)

    def _is_misspelt(self, typed: str, word: str) -> bool:
        """Whether a word is a typo of another, and not a word of its own."""
        plural = typed + "s" == word or typed == word + "s"
        if (typed in self._words and not plural) or self._other_prefix(typed, word):
            return False
        return not self._invented or distance(typed, word, _most_steps(typed, word)) is not None

    def _other_prefix(self, one: str, other: str) -> bool:
        """Whether two words differ by a prefix: `rebuild` and `prebuild`, `lock` and `unlock`."""
        whole = distance(one, other, len(one) + len(other)) or 0
        for mine in filter(one.startswith, _PREFIXES):
            for theirs in filter(other.startswith, _PREFIXES):
                rest, stem = one[len(mine) :], other[len(theirs) :]
                if mine == theirs or not stem:
                    continue
                if mine and theirs and not self._invented and stem not in self._words:
                    # `rescription` is not a word, unlike `rebuild`.
                    continue
                between, left = distance(mine, theirs, whole), distance(rest, stem, whole)
                if between is not None and left is not None and between + left <= whole:
                    return True
        return False


# The same names are looked up again and again while a text is fixed.
@lru_cache(maxsize=1024)
def _near(name: str, names: tuple[str, ...]) -> tuple[tuple[int, str], ...]:
    """The nearest few names, nearest first, each after its distance."""
    prefix, known = _folded(names)
    folded = _fold(name.removeprefix(prefix))
    letters = _letters(folded)
    found: list[tuple[int, str]] = []
    # A name twice as far away as the nearest does not matter.
    most = len(folded)
    for other, other_letters, each in known:
        bound = min(most, (len(folded) + len(other)) // 4)
        if abs(len(folded) - len(other)) > bound:
            continue
        if (letters ^ other_letters).bit_count() > 2 * bound:
            continue
        steps = distance(folded, other, bound)
        if steps is not None:
            most = min(most, 2 * steps)
            found.append((steps, each))
    found.sort(key=itemgetter(0))
    return tuple(found[:_MOST_KEPT])


@lru_cache(maxsize=8)
def _folded(names: tuple[str, ...]) -> tuple[str, list[tuple[str, int, str]]]:
    """Normalized names with a bit mask of their letters; and the prefix that all of them share.

    The prefix of the names of an enum, such as `SERVICE_PHASE_`, is no similarity.
    """
    first = names[0] if names else ""
    prefix = first[: first.rfind("_") + 1]
    if not prefix.isupper() or not all(each.startswith(prefix) for each in names):
        prefix = ""
    folded = [(_fold(each.removeprefix(prefix)), each) for each in names]
    return prefix, [(other, _letters(other), each) for other, each in folded]


def distance(one: str, other: str, most: int) -> int | None:
    """The number of steps between two strings; None if it is more than `most`.

    A step is a missing letter, an extra one, two swapped ones, or the letter of an adjacent key;
    any other replaced letter is two steps. Takes time proportional to `most` times the length.
    """
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    one, other = one[start:], other[start:]
    while one and other and one[-1] == other[-1]:
        one, other = one[:-1], other[:-1]
    if not one or not other:
        steps = len(one) + len(other)
        return steps if steps <= most else None
    far = most + 1
    before: list[int] = []
    last = list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        row = [i] + [far] * len(other)
        for j in range(max(1, i - most), min(len(other), i + most) + 1):
            there = other[j - 1]
            if letter == there:
                row[j] = last[j - 1]
                continue
            steps = last[j - 1] + (1 if letter + there in _BESIDE else 2)
            steps = min(steps, last[j] + 1, row[j - 1] + 1)
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == there:
                steps = min(steps, before[j - 2] + 1)
            row[j] = steps
        if min(row) > most:
            return None
        before, last = last, row
    return last[-1] if last[-1] <= most else None


def _keys_beside() -> Iterator[str]:
    """Pairs of letters on adjacent keys of the most common keyboard."""
    for row in _ROWS:
        yield from (a + b for a, b in pairwise(row))
    for upper, lower in pairwise(_ROWS):
        for index, key in enumerate(upper):
            yield from (key + each for each in lower[max(index - 1, 0) : index + 1])


_BESIDE = frozenset(pair for beside in _keys_beside() for pair in (beside, beside[::-1]))


def _fold(name: str) -> str:
    """A name without case and separators."""
    return re.sub(_SEPARATORS, "", name.lower())


def _letters(folded: str) -> int:
    """The letters of a name as a bit mask; a few letters share a bit."""
    bits = 0
    for letter in folded:
        bits |= 1 << (ord(letter) & 63)
    return bits


def _digits(name: str) -> list[str]:
    return re.findall(_DIGITS, name)


def _split(name: str) -> list[str]:
    """The words of a name, split by case and separators, in lower case."""
    return [each.lower() for each in re.findall(_WORD, name)]


def _only_words_differ(one: list[str], other: list[str]) -> bool:
    """Whether a name is another without some of its words: `build` and `build-x`."""
    shorter, longer = sorted((one, other), key=len)
    rest = iter(longer)
    return len(shorter) < len(longer) and all(word in rest for word in shorter)


def _most_steps(one: str, other: str) -> int:
    """The maximum number of steps of a typo."""
    length = max(len(one), len(other))
    return 0 if length < _SHORTEST else 1 if length < _LONG else 2
