r"""Parse JSON text to a node tree.

YAML parsers read most JSON, but not `\ud83d\ude00` and not a number such as `1e3`; so text that is
JSON is read as JSON.
"""

from __future__ import annotations

import re
from json.decoder import scanstring  # type: ignore[attr-defined]

from validator.finding import Span
from validator.parsing.builder import Source, Stop, TreeBuilder
from validator.parsing.limits import Limits
from validator.parsing.nodes import Mapping, Scalar, Sequence
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
# The last group is an unpaired surrogate.
_ESCAPE = re.compile(
    r"\\\\|\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(\\u[dD][89a-fA-F][0-9a-fA-F]{2})"
)

MOST_MISTAKES = 5_000
"""Maximum number of mistakes to read past: more than are reported, and each takes memory.

At least what `fixer` allows for when an earlier stage may have stopped counting.
"""

VALUE, VALUE_OR_END, KEY, KEY_OR_END, COLON, COMMA_OR_END, NOTHING = range(7)
"""What may come next in a JSON text."""


class _NotJson(Exception):
    """The text is not JSON."""


def read_json(text: str, limits: Limits) -> Source | None:
    """The node tree of a JSON text; None for any other text."""
    if has_surrogates(text):
        return None
    reader = JsonReader(text, limits)
    try:
        reader.read()
    except Stop:
        pass
    except _NotJson:
        return None
    return Source(reader.root, tuple(reader.problems), frozenset(reader.guessed))


def has_surrogates(text: str) -> bool:
    """Whether a string contains surrogates, which no file can contain."""
    return not text.isascii() and _SURROGATE.search(text) is not None


class JsonReader(TreeBuilder):
    """Parse a JSON text; raises `_NotJson` at the first character that is not JSON.

    `guessed` are the places of values whose type is left open by a mistake.
    """

    def __init__(self, text: str, limits: Limits) -> None:
        super().__init__(text, limits)
        self.guessed: set[Span] = set()

    def read(self) -> None:
        at, expected = 0, VALUE
        while expected != NOTHING:
            token = _TOKEN.match(self.text, at)
            if token is None or token.lastgroup is None:
                raise _NotJson
            kind = token.lastgroup
            start, at = token.start(kind), token.end()
            if kind == "mark":
                expected = self.mark(token[kind], start, expected)
                continue
            is_key = expected in (KEY, KEY_OR_END)
            if not is_key and expected not in (VALUE, VALUE_OR_END):
                raise _NotJson
            if kind == "string":
                node, at = self.string(start)
            elif is_key:
                raise _NotJson
            else:
                node = self.word(kind, token[kind], start)
            expected = self.take(node, expected)
        if not _REST.match(self.text, at):
            raise _NotJson

    def mark(self, mark: str, start: int, expected: int) -> int:
        """Read a bracket, a brace, a comma or a colon; returns what has to follow."""
        if mark in "[{" and expected in (VALUE, VALUE_OR_END):
            is_list = mark == "["
            self.check_depth(start)
            node = (Sequence if is_list else Mapping)(start, flow=True)
            self.open(node, start, start + 1)
            return VALUE_OR_END if is_list else KEY_OR_END
        if mark == ":" and expected == COLON:
            return VALUE
        if mark == "," and expected == COMMA_OR_END:
            return KEY if self.in_object() else VALUE
        if mark == ("}" if self.in_object() else "]") and expected in (
            COMMA_OR_END,
            KEY_OR_END,
            VALUE_OR_END,
        ):
            self.close(start + 1)
            return self.after_value()
        raise _NotJson

    def in_object(self) -> bool:
        return bool(self.stack) and isinstance(self.stack[-1].node, Mapping)

    def take(self, node: Scalar, expected: int) -> int:
        """Add a key or a scalar value; returns what has to follow."""
        self.nodes += 1
        if self.nodes > self.limits.max_nodes:
            self.too_many(node.span)
        self.attach(node, 0)
        return COLON if expected in (KEY, KEY_OR_END) else self.after_value()

    def after_value(self) -> int:
        return COMMA_OR_END if self.stack else NOTHING

    def string(self, start: int) -> tuple[Scalar, int]:
        try:
            value, end = scanstring(self.text, start + 1)
        except ValueError as error:
            raise _NotJson from error
        if not value.isascii() and _SURROGATE.search(value):
            self.unpaired_surrogates(start, end)
            value = _SURROGATE.sub("\ufffd", value)
        return Scalar("string", start, end, value, plain=False), end

    def unpaired_surrogates(self, start: int, end: int) -> None:
        for escape in _ESCAPE.finditer(self.text, start, end):
            if escape[1]:
                message = (
                    f"{quoted(escape[1])} is an unpaired surrogate; write the whole pair or "
                    "remove it"
                )
                self.report("encoding", message, Span(*escape.span()))
                self.stop_at_most()

    def word(self, kind: str, word: str, start: int) -> Scalar:
        end = start + len(word)
        if kind == "none":
            message = f"{quoted(word)} is not valid JSON; write a number, or `null`"
            self.report("json-syntax", message, Span(start, end))
            self.guessed.add(Span(start, end))
            self.stop_at_most()
            kind, word = "null", "null"
        return Scalar(kind, start, end, word, plain=True)

    def stop_at_most(self) -> None:
        if len(self.problems) >= MOST_MISTAKES:
            raise Stop
