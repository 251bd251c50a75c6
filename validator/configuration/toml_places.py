"""Locate the keys and values of a TOML document, which `tomllib` does not report."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from validator.parsing.nodes import Path

# Each alternative may also be closed by the end of the line or of the text, so that matching never
# has to backtrack.
_TOKEN = re.compile(
    r"""
      (?P<space> [ \t\r]+ | \#[^\n]* )
    | (?P<multi> \"{3} (?: [^\\] | \\(?:.|\Z) )*? (?: \"{3,5} | \Z ) | '{3} .*? (?: '{3,5} | \Z ) )
    | (?P<basic> " (?: [^"\\\n] | \\. )* "? )
    | (?P<literal> ' [^'\n]* '? )
    | (?P<sign> [\[\]{}=,.\n] )
    | (?P<bare> [^\s\[\]{}=,.\#"']+ | . )
    """,
    re.VERBOSE | re.DOTALL,
)


class TomlPlace(NamedTuple):
    """A key, or an entry of an array: its path, and where its key and its value begin.

    Offsets are 0-based, in characters. An entry of an array has no key, and a table with its own
    header has no value apart from it: both offsets are the same then.
    """

    path: Path
    key: int
    value: int


class _Token(NamedTuple):
    kind: str
    text: str
    start: int


def find(text: str, path: Path) -> TomlPlace | None:
    """Where a path is first written in a valid TOML document; None if that is unknown."""
    try:
        return next((each for each in places(text) if each.path == path), None)
    except RecursionError:
        return None


def places(text: str) -> Iterator[TomlPlace]:
    """All keys and array entries of a valid TOML document, in the order of the text.

    A table defined by several headers or dotted keys is yielded once for each of them.
    """
    return _Scanner(text).places()


class _Scanner:
    def __init__(self, text: str) -> None:
        self._tokens = _tokens(text)
        self._next = next(self._tokens)
        self._counts: dict[Path, int] = {}

    def places(self) -> Iterator[TomlPlace]:
        table: Path = ()
        while self._next.kind != "end":
            if self._is("\n"):
                self._take()
            elif self._is("["):
                parts, table = self._header()
                yield from parts
            else:
                yield from self._pair(table)

    def _is(self, sign: str) -> bool:
        return self._next.kind == "sign" and self._next.text == sign

    def _take(self) -> _Token:
        token = self._next
        self._next = next(self._tokens)
        return token

    def _header(self) -> tuple[list[TomlPlace], Path]:
        """The keys in a header, and the table that begins there."""
        self._take()
        is_entry = self._is("[")
        if is_entry:
            self._take()
        found = []
        path: Path = ()
        parts = list(self._key())
        for number, (name, start) in enumerate(parts, 1):
            path = (*path, name)
            found.append(TomlPlace(path, start, start))
            if is_entry and number == len(parts):
                self._counts[path] = self._counts.get(path, -1) + 1
            if path in self._counts:
                path = (*path, self._counts[path])
                found.append(TomlPlace(path, start, start))
        while not self._is("\n") and self._next.kind != "end":
            self._take()
        return found, path

    def _key(self) -> Iterator[tuple[str, int]]:
        """The parts of a key, and where each begins."""
        while self._next.kind in ("bare", "basic", "literal"):
            token = self._take()
            yield _name(token), token.start
            if not self._is("."):
                return
            self._take()

    def _pair(self, above: Path) -> Iterator[TomlPlace]:
        """A key with its value, and the keys and entries in the value."""
        parts = list(self._key())
        if not parts or not self._is("="):
            # Not valid TOML; continue.
            self._take()
            return
        self._take()
        value = self._next.start
        path = above
        for name, start in parts[:-1]:
            path = (*path, name)
            yield TomlPlace(path, start, start)
        name, start = parts[-1]
        path = (*path, name)
        yield TomlPlace(path, start, value)
        yield from self._value(path)

    def _value(self, path: Path) -> Iterator[TomlPlace]:
        if self._is("["):
            yield from self._array(path)
        elif self._is("{"):
            yield from self._inline_table(path)
        else:
            # A number or a date may be several tokens: `1.5`.
            while self._next.kind in ("bare", "basic", "literal", "multi") or self._is("."):
                self._take()

    def _array(self, path: Path) -> Iterator[TomlPlace]:
        self._take()
        index = 0
        while self._next.kind != "end":
            if self._is("]"):
                self._take()
                return
            if self._is("\n") or self._is(","):
                self._take()
                continue
            start = self._next.start
            yield TomlPlace((*path, index), start, start)
            yield from self._value((*path, index))
            if self._next.start == start:
                self._take()
            index += 1

    def _inline_table(self, path: Path) -> Iterator[TomlPlace]:
        self._take()
        while self._next.kind != "end":
            if self._is("}"):
                self._take()
                return
            if self._is("\n") or self._is(","):
                self._take()
                continue
            yield from self._pair(path)


def _tokens(text: str) -> Iterator[_Token]:
    """The tokens of a document, without spaces and comments; ends with infinite end tokens."""
    for found in _TOKEN.finditer(text):
        kind = found.lastgroup or ""
        if kind != "space":
            yield _Token(kind, found[0], found.start())
    while True:
        yield _Token("end", "", len(text))


def _name(token: _Token) -> str:
    """The text of a part of a key, without quotes and escapes."""
    if token.kind == "literal":
        return token.text[1:-1]
    if token.kind == "basic":
        return re.sub(_ESCAPE, _unescaped, token.text[1:-1])
    return token.text


_ESCAPE = r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|x([0-9A-Fa-f]{2})|(.))"
_ESCAPES = {"b": "\b", "t": "\t", "n": "\n", "f": "\f", "r": "\r", "e": "\x1b"}


def _unescaped(found: re.Match[str]) -> str:
    code = found[1] or found[2] or found[3]
    return chr(int(code, 16)) if code else _ESCAPES.get(found[4], found[4])
