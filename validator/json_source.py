r"""JSON text to a node tree.

YAML reads most JSON, but no `\ud83d\ude00` and no number such as `1e3`; a text that is JSON is
read as what it is.
"""

from __future__ import annotations

import re
from json.decoder import scanstring  # type: ignore[attr-defined]
from typing import NamedTuple

from yaml.events import MappingStartEvent, SequenceStartEvent

from validator.finding import Span
from validator.nodes import Mapping, Scalar
from validator.source import Limits, Reader, Source, Stop
from validator.wording import quoted

_TOKEN = re.compile(
    r"""[ \t\n\r]*(?:
        (?P<mark>[\[\]{},:])
        | (?P<string>")
        | (?P<integer>-?(?:0|[1-9][0-9]*)(?![0-9.eE]))
        | (?P<number>-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?)
        | (?P<boolean>true|false)
        | (?P<null>null)
        | (?P<none>NaN|-?Infinity)
    )""",
    re.VERBOSE,
)
_REST = re.compile(r"[ \t\n\r]*\Z")
_SURROGATE = re.compile("[\ud800-\udfff]")
# The last group is an escape that is half of a pair.
_ESCAPE = re.compile(
    r"\\\\|\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(\\u[dD][89a-fA-F][0-9a-fA-F]{2})"
)

_VALUE, _VALUE_OR_END, _KEY, _KEY_OR_END, _COLON, _COMMA_OR_END, _NOTHING = range(7)


class _NotJson(Exception):
    """The text is no JSON."""


class _Mark:
    __slots__ = ("index",)

    def __init__(self, index: int) -> None:
        self.index = index


class _Event(NamedTuple):
    """What the reader asks of a parser's event."""

    start_mark: _Mark
    end_mark: _Mark
    anchor: None = None
    tag: None = None
    flow_style: bool = True


def read_json(text: str, limits: Limits) -> Source | None:
    """The node tree of a JSON text; None for any other text."""
    if not text.isascii() and _SURROGATE.search(text):
        return None
    reader = _JsonReader(text, limits)
    try:
        reader.read()
    except Stop:
        pass
    except _NotJson:
        return None
    return Source(reader.root, tuple(reader.problems))


class _JsonReader(Reader):
    def read(self) -> None:
        at, expected = 0, _VALUE
        while expected != _NOTHING:
            token = _TOKEN.match(self.text, at)
            if token is None or token.lastgroup is None:
                raise _NotJson
            kind = token.lastgroup
            start, at = token.start(kind), token.end()
            if kind == "mark":
                expected = self.mark(token[kind], start, expected)
                continue
            is_key = expected in (_KEY, _KEY_OR_END)
            if not is_key and expected not in (_VALUE, _VALUE_OR_END):
                raise _NotJson
            if kind == "string":
                node, at = self.string(start)
            elif is_key:
                raise _NotJson
            else:
                node = self.word(kind, token[kind], start)
            self.count(_event(start, at))
            self.attach(node, 0)
            expected = _COLON if is_key else self.after_value()
        if not _REST.match(self.text, at):
            raise _NotJson

    def mark(self, mark: str, start: int, expected: int) -> int:
        """Take a bracket, a brace, a comma or a colon; returns what has to follow."""
        if mark in "[{" and expected in (_VALUE, _VALUE_OR_END):
            is_list = mark == "["
            self.open(
                _event(start, start + 1), SequenceStartEvent if is_list else MappingStartEvent
            )
            return _VALUE_OR_END if is_list else _KEY_OR_END
        if mark == ":" and expected == _COLON:
            return _VALUE
        in_object = bool(self.stack) and isinstance(self.stack[-1].node, Mapping)
        if mark == "," and expected == _COMMA_OR_END:
            return _KEY if in_object else _VALUE
        if mark == ("}" if in_object else "]") and expected in (
            _COMMA_OR_END,
            _KEY_OR_END,
            _VALUE_OR_END,
        ):
            self.close(_event(start, start + 1))
            return self.after_value()
        raise _NotJson

    def after_value(self) -> int:
        return _COMMA_OR_END if self.stack else _NOTHING

    def string(self, start: int) -> tuple[Scalar, int]:
        try:
            value, end = scanstring(self.text, start + 1)
        except ValueError as error:
            raise _NotJson from error
        if not value.isascii() and _SURROGATE.search(value):
            self.half_characters(start, end)
            value = _SURROGATE.sub("\ufffd", value)
        return Scalar("string", start, end, value, plain=False), end

    def half_characters(self, start: int, end: int) -> None:
        for escape in _ESCAPE.finditer(self.text, start, end):
            if escape[1]:
                message = f"{quoted(escape[1])} is half a character; write both halves, or none"
                self.report("encoding", message, Span(*escape.span()))

    def word(self, kind: str, word: str, start: int) -> Scalar:
        end = start + len(word)
        if kind == "none":
            message = f"{quoted(word)} is no JSON; write a number, or `null`"
            self.report("yaml-syntax", message, Span(start, end))
            kind, word = "null", "null"
        return Scalar(kind, start, end, word, plain=True)


def _event(start: int, end: int) -> _Event:
    return _Event(_Mark(start), _Mark(end))
