"""Regular expressions that are matched in time linear in the text.

A pattern in a configuration is as untrusted as the document, and Python's `re` may take time that
grows exponentially with the text: `(a+)+$`. Here a pattern becomes an automaton (Thompson's
construction) that is in all its states at once. The syntax is that of JSON Schema (ECMA 262)
without what such an automaton can't match: references to groups, and looking ahead or behind.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

from validator.own_rules.effort import Effort

MAX_CHARACTERS = 1_000
"""Maximum length of a pattern."""

_MOST_STATES = 1_000
_MOST_NESTED = 30
_MOST_CACHED = 5_000

_Test = Callable[[str], bool]


class PatternError(ValueError):
    """A pattern that can't be used; the message says why."""


class _State:
    """A state: it reads a character that passes `test`, or leads on without reading.

    With `anchor`, only at the beginning (`^`) or the end (`$`) of the text.
    """

    __slots__ = ("anchor", "next", "test")

    def __init__(self, *following: _State, test: _Test | None = None, anchor: str = "") -> None:
        self.next = list(following)
        self.test = test
        self.anchor = anchor


_Part = Callable[[_State], _State]
"""A part of a pattern: from the state after it to the state before it."""


class Regex:
    """A compiled pattern. Raises PatternError if it is not valid, or not supported."""

    def __init__(self, pattern: str) -> None:
        if len(pattern) > MAX_CHARACTERS:
            raise PatternError(f"it has more than {MAX_CHARACTERS:,} characters")
        self._end = _State()
        self._start = _Parser(pattern).parsed()(self._end)
        self._steps: dict[tuple[frozenset[_State], str], frozenset[_State]] = {}
        self._first = self._reached({self._start}, "^")
        self._again = self._reached({self._start}, "")

    def search(self, text: str, effort: Effort) -> bool:
        """Whether some part of a text matches. Raises TooMuchWork."""
        here = self._first
        for character in text:
            if self._end in here:
                return True
            effort.spend(1)
            step = self._steps.get((here, character))
            if step is None:
                effort.spend(len(here))
                step = self._step(here, character)
            here = step
        if self._end in here:
            return True
        ends = "$" if text else "^$"
        return self._end in self._reached(set(here), ends)

    def _step(self, here: frozenset[_State], character: str) -> frozenset[_State]:
        read = {
            following
            for state in here
            if state.test is not None and state.test(character)
            for following in state.next
        }
        there = self._reached(read, "") | self._again
        if len(self._steps) < _MOST_CACHED:
            self._steps[here, character] = there
        return there

    def _reached(self, states: set[_State], anchors: str) -> frozenset[_State]:
        """The states that are reached from some without reading, at a place with these anchors."""
        waiting, found = list(states), set(states)
        while waiting:
            state = waiting.pop()
            if state.test is None and (not state.anchor or state.anchor in anchors):
                new = [each for each in state.next if each not in found]
                found.update(new)
                waiting += new
        return frozenset(found)


@lru_cache(1_000)
def compiled(pattern: str) -> Regex:
    """The compiled pattern. Raises PatternError."""
    return Regex(pattern)


class _Repeat(NamedTuple):
    least: int
    most: int | None


class _Parser:
    """Parses a pattern to parts of an automaton."""

    def __init__(self, pattern: str) -> None:
        self._pattern = pattern
        self._at = 0
        self._states = 0
        self._depth = 0

    def parsed(self) -> _Part:
        """The whole pattern."""
        part = self._choice()
        if self._at < len(self._pattern):
            raise PatternError("there is a `)` without a `(`")
        return part

    def _peek(self, text: str) -> bool:
        return self._pattern.startswith(text, self._at)

    def _take(self) -> str:
        if self._at == len(self._pattern):
            raise PatternError("it ends too early")
        self._at += 1
        return self._pattern[self._at - 1]

    def _state(self, *following: _State, test: _Test | None = None, anchor: str = "") -> _State:
        self._states += 1
        if self._states > _MOST_STATES:
            raise PatternError("it is too long, with its repetitions written out")
        return _State(*following, test=test, anchor=anchor)

    def _choice(self) -> _Part:
        parts = [self._sequence()]
        while self._peek("|"):
            self._take()
            parts.append(self._sequence())
        if len(parts) == 1:
            return parts[0]
        return lambda after: self._state(*[part(after) for part in parts])

    def _sequence(self) -> _Part:
        parts: list[_Part] = []
        while self._at < len(self._pattern) and not self._peek("|") and not self._peek(")"):
            parts.append(self._repeated())

        def part(after: _State) -> _State:
            for each in reversed(parts):
                after = each(after)
            return after

        return part

    def _repeated(self) -> _Part:
        atom, repeat = self._atom(), self._repeat()
        return atom if repeat is None else self._times(atom, repeat)

    def _repeat(self) -> _Repeat | None:
        known = {"*": _Repeat(0, None), "+": _Repeat(1, None), "?": _Repeat(0, 1)}
        following = self._pattern[self._at : self._at + 1]
        if following in known:
            self._take()
            repeat = known[following]
        elif following == "{":
            repeat = self._counts()
        else:
            return None
        if self._peek("?"):
            # It prefers short matches: whether there is one stays the same.
            self._take()
        return repeat

    def _counts(self) -> _Repeat:
        close = self._pattern.find("}", self._at)
        least, comma, most = self._pattern[self._at + 1 : max(close, 0)].partition(",")
        if not _is_count(least) or (most and not _is_count(most)):
            raise PatternError(r"`{` must begin a repetition, such as `{1,3}`; write `\{`")
        self._at = close + 1
        repeat = _Repeat(int(least), int(most) if most else None if comma else int(least))
        if repeat.most is not None and repeat.most < repeat.least:
            raise PatternError(f"a repetition ends below its beginning: `{{{least},{most}}}`")
        return repeat

    def _times(self, atom: _Part, repeat: _Repeat) -> _Part:
        def part(after: _State) -> _State:
            if repeat.most is None:
                loop = self._state(after)
                loop.next.append(atom(loop))
                after = loop
            else:
                end = after
                for _ in range(repeat.most - repeat.least):
                    after = self._state(atom(after), end)
            for _ in range(repeat.least):
                after = atom(after)
            return after

        return part

    def _atom(self) -> _Part:
        character = self._take()
        if character == "(":
            return self._group()
        if character in "^$":
            return lambda after: self._state(after, anchor=character)
        if character in "*+?{":
            raise PatternError(f"`{character}` has nothing before it to repeat")
        if character == "[":
            test = self._class()
        elif character == ".":
            test = _is_not_a_line_break
        elif character == "\\":
            test = self._escape()
        else:
            test = character.__eq__
        return lambda after: self._state(after, test=test)

    def _group(self) -> _Part:
        if self._peek("?"):
            if not self._peek("?:"):
                raise PatternError(
                    "looking ahead or behind is not supported; use `not`, or `allOf`"
                )
            self._at += 2
        self._depth += 1
        if self._depth > _MOST_NESTED:
            raise PatternError("its groups are nested too deep")
        part = self._choice()
        self._depth -= 1
        if not self._peek(")"):
            raise PatternError("a `(` is not closed")
        self._take()
        return part

    def _escape(self) -> _Test:
        character = self._take()
        if character in _CLASSES:
            return _CLASSES[character]
        return self._escaped(character).__eq__

    def _escaped(self, character: str) -> str:
        """The character that is meant by one after a backslash."""
        if character in _CONTROLS:
            return _CONTROLS[character]
        if character in "xu":
            length = 2 if character == "x" else 4
            digits = self._pattern[self._at : self._at + length]
            if len(digits) < length or not set(digits) <= set("0123456789abcdefABCDEF"):
                raise PatternError(rf"`\{character}` needs {length} hexadecimal digits")
            self._at += length
            return chr(int(digits, 16))
        if character.isalnum():
            raise PatternError(rf"`\{character}` is not supported")
        return character

    def _class(self) -> _Test:
        negated = self._peek("^")
        if negated:
            self._take()
        tests: list[_Test] = []
        while not self._peek("]"):
            first = self._member()
            if not isinstance(first, str):
                tests.append(first)
                continue
            if not self._peek("-") or self._pattern[self._at + 1 : self._at + 2] == "]":
                tests.append(first.__eq__)
                continue
            self._take()
            last = self._member()
            if not isinstance(last, str) or last < first:
                raise PatternError("a range in `[]` does not end after its beginning")
            tests.append(_range(first, last))
        self._take()
        return lambda character: any(test(character) for test in tests) != negated

    def _member(self) -> str | _Test:
        """A character in `[]`, or the test of a class such as that of digits."""
        if self._at == len(self._pattern):
            raise PatternError("a `[` is not closed")
        character = self._take()
        if character != "\\":
            return character
        escaped = self._take()
        if escaped in _CLASSES:
            return _CLASSES[escaped]
        return "\b" if escaped == "b" else self._escaped(escaped)


def _is_count(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= 4


def _range(first: str, last: str) -> _Test:
    return lambda character: first <= character <= last


def _is_not_a_line_break(character: str) -> bool:
    return character not in "\n\r\u2028\u2029"


def _is_digit(character: str) -> bool:
    return "0" <= character <= "9"


def _is_word(character: str) -> bool:
    return character == "_" or (character.isascii() and character.isalnum())


def _is_space(character: str) -> bool:
    return character in "\t\n\v\f\r \ufeff\u00a0\u1680\u2028\u2029\u202f\u205f\u3000" or (
        "\u2000" <= character <= "\u200a"
    )


def _other(test: _Test) -> _Test:
    return lambda character: not test(character)


_CLASSES: dict[str, _Test] = {
    "d": _is_digit,
    "D": _other(_is_digit),
    "w": _is_word,
    "W": _other(_is_word),
    "s": _is_space,
    "S": _other(_is_space),
}
_CONTROLS = {"n": "\n", "r": "\r", "t": "\t", "f": "\f", "v": "\v", "0": "\0"}
