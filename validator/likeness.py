"""Which known name an unknown one means, and whether the two differ only by a typing slip."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property, lru_cache
from itertools import pairwise
from operator import itemgetter
from typing import NamedTuple

LONGEST = 128
"""The length of the longest name that is compared: references have at most so many characters."""

# Pairs of characters: to compare so many takes about a second at worst.
_MOST_COMPARED = 6_000_000
_MOST_NAMED = 3
# One may be excepted, and one more tells whether the nearest is alone.
_MOST_KEPT = _MOST_NAMED + 2

# Steps that a name may be away from the one that it is a slip of, by the length of both.
_SHORTEST = 4
_LONG = 10

_ROWS = ("1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm")

# Each of these at the beginning of a word makes another word, and so does leaving it out.
_PREFIXES = (
    *("", "anti", "auto", "co", "de", "dis", "down", "en", "in", "inter", "intra", "mis"),
    *("multi", "non", "off", "on", "out", "over", "post", "pre", "re", "self", "sub", "un"),
    *("under", "up"),
)

# Common in the names of tasks and services, and one slip away from another such word.
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

_DIGITS = re.compile(r"\d+")
_SEPARATORS = re.compile(r"[-_ ]")
_WORD = re.compile(r"[A-Z]*[a-z]+|[A-Z]+|\d+|[^\W\dA-Za-z_]+")


class Likeness(NamedTuple):
    """The known names that an unknown one most likely means.

    `names` are as near as each other; there are none where no name is near. `slip` tells whether
    the only one is meant for certain: no name but it is near, and a typing slip, or case and
    separators, are all that differs.
    """

    names: tuple[str, ...] = ()
    slip: bool = False

    @property
    def only(self) -> str | None:
        """The one name that is meant, None where there is none or several are as near."""
        return self.names[0] if len(self.names) == 1 else None


class Vocabulary:
    """Known names among which unknown ones are looked for, as long as that does not take long.

    `wanted` are the names that will be looked for, as far as they are known: where that would take
    long, none of them is found. Else, a few would be found each time that a text is checked, and it
    would be fixed in as many steps. `invented` tells that an author thought the names up, who may
    think up one that differs in a short word; without it they are the words of a format or a
    program, all of them known.
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
        # The same mistake may be made in each of many tasks.
        self._answers: dict[tuple[str, str | None], Likeness] = {}

    def nearest(self, name: str, but: str | None = None) -> Likeness:
        """The names that a misspelt name most likely means, `but` excepted.

        Finds nothing for a name that is very long, nor once very many were looked for.
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
        """Whether a name is another one, typed wrong, that is so many steps away."""
        one, other = _split(name), _split(meant)
        if _digits(name) != _digits(meant):
            return False
        if not steps:
            return True
        if _only_words_differ(one, other):
            return False
        most = _most_steps(_fold(name), _fold(meant))
        if len(one) != len(other):
            # A separator or a capital is missing too: then the names are compared as a whole.
            one, other, most = [_fold(name)], [_fold(meant)], min(most, 1)
        if steps > most:
            return False
        pairs = [(a, b) for a, b in zip(one, other, strict=True) if a != b]
        return all(self._is_misspelt(typed, word) for typed, word in pairs)

    def _is_misspelt(self, typed: str, word: str) -> bool:
        """Whether a word is another one, typed wrong, and no word of its own."""
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
                    # `rescription` is no word, as `rebuild` is.
                    continue
                between, left = distance(mine, theirs, whole), distance(rest, stem, whole)
                if between is not None and left is not None and between + left <= whole:
                    return True
        return False


# While a text is fixed, the same names are looked for again and again.
@lru_cache(maxsize=1024)
def _near(name: str, names: tuple[str, ...]) -> tuple[tuple[int, str], ...]:
    """The few names that are nearest to one, the nearest first, each after its distance."""
    prefix, known = _folded(names)
    folded = _fold(name.removeprefix(prefix))
    letters = _letters(folded)
    found: list[tuple[int, str]] = []
    # Twice as far away as the nearest, a name does not matter.
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
    """Names without what is no difference, with a bit for each letter; and what all begin with.

    What all names of an enum begin with, such as `SERVICE_PHASE_`, is no likeness.
    """
    first = names[0] if names else ""
    prefix = first[: first.rfind("_") + 1]
    if not prefix.isupper() or not all(each.startswith(prefix) for each in names):
        prefix = ""
    folded = [(_fold(each.removeprefix(prefix)), each) for each in names]
    return prefix, [(other, _letters(other), each) for other, each in folded]


def distance(one: str, other: str, most: int) -> int | None:
    """How many steps two texts are apart, None where they are more than `most`.

    A step is a missing letter, one too many, two that changed places, or the letter of the key
    beside; another letter in the place of one is two steps. Takes time in proportion to `most`
    times the length.
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
    """Pairs of letters whose keys touch, on the most common keyboard."""
    for row in _ROWS:
        yield from (a + b for a, b in pairwise(row))
    for upper, lower in pairwise(_ROWS):
        for index, key in enumerate(upper):
            yield from (key + each for each in lower[max(index - 1, 0) : index + 1])


_BESIDE = frozenset(pair for beside in _keys_beside() for pair in (beside, beside[::-1]))


def _fold(name: str) -> str:
    """A name without what is no difference: case and separators."""
    return _SEPARATORS.sub("", name.lower())


def _letters(folded: str) -> int:
    """The letters of a name, a bit for each; a few share one."""
    bits = 0
    for letter in folded:
        bits |= 1 << (ord(letter) & 63)
    return bits


def _digits(name: str) -> list[str]:
    return _DIGITS.findall(name)


def _split(name: str) -> list[str]:
    """The words of a name, by case and separators, in small letters."""
    return [each.lower() for each in _WORD.findall(name)]


def _only_words_differ(one: list[str], other: list[str]) -> bool:
    """Whether a name is another with whole words left out: `build` and `build-x`."""
    shorter, longer = sorted((one, other), key=len)
    rest = iter(longer)
    return len(shorter) < len(longer) and all(word in rest for word in shorter)


def _most_steps(one: str, other: str) -> int:
    """How many steps a typing slip is at most."""
    length = max(len(one), len(other))
    return 0 if length < _SHORTEST else 1 if length < _LONG else 2
