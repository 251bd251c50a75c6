"""Report the mistakes of text that should be JSON, each with what to do.

Reading continues after each mistake where possible, so that one run reports all of them.
"""

from __future__ import annotations

import re
from contextlib import suppress

from validator.finding import Edit, Note, Problem, Span
from validator.parsing.builder import Source, Stop
from validator.parsing.json import (
    COLON,
    COMMA_OR_END,
    KEY,
    KEY_OR_END,
    NOTHING,
    VALUE,
    VALUE_OR_END,
    has_surrogates,
)
from validator.parsing.json_words import EXPECTED, RULE, TolerantReader, string_end
from validator.parsing.limits import Limits
from validator.parsing.text import forbidden_character
from validator.wording import quoted

_LIST = {VALUE, VALUE_OR_END}
_KEYS = {KEY, KEY_OR_END}
_LINE_BREAK = re.compile(r"[\r\n]")
_COLON = re.compile(r"[ \t]*:")
_SPACE = re.compile(r"[ \t\n\r]+")
_ODD_SPACE = re.compile(r"[^\S \t\n\r\x1c-\x1f]+|[\u200b\ufeff]+|[\v\f]+")
_COMMENT = re.compile(r"(?://|#)[^\r\n]*|/\*[\s\S]*?\*/")


def read_with_errors(text: str, limits: Limits) -> Source:
    """The node tree of a text that is not JSON, as far as it can be read, and its mistakes.

    The tree is None if reading had to stop at a mistake.
    """
    if has_surrogates(text):
        problem = forbidden_character(text)
        assert problem is not None
        return Source(None, (problem,))
    if not text.strip(" \t\n\r"):
        message = "the file is empty; JSON needs a value, such as `{}`"
        return Source(None, (Problem(RULE, message, Span(0, min(len(text), 1))),))
    reader = _Reader(text, limits)
    with suppress(Stop):
        reader.read()
    if not any(problem.rule == RULE for problem in reader.problems) and reader.root is not None:
        # Otherwise a text that is not JSON would pass.
        reader.add("this is not valid JSON", Span(0, 1))
    return Source(reader.root, tuple(reader.problems), frozenset(reader.guessed))


def byte_order_mark(text: str) -> Problem:
    """The problem of a JSON file with a byte order mark; `text` is the rest of the file."""
    message = "a byte order mark is not valid JSON; save the file as UTF-8 without it"
    return Problem(RULE, message, Span(0, min(len(text), 1)))


class _Reader(TolerantReader):
    def read(self) -> None:
        self.comma = self.last = 0
        at, expected = self.skip(0), VALUE
        while expected != NOTHING:
            if at == len(self.text):
                self.unclosed(expected)
            at, expected = self.step(at, expected)
            self.last = at
            at = self.skip(at)
        if at < len(self.text):
            message = "text after the end of the JSON value; remove it, or check the brackets"
            self.add(message, Span(at, self.line_end(at)))

    def skip(self, at: int) -> int:
        """Skip whitespace, and report what is not whitespace in JSON."""
        while True:
            for pattern in (_SPACE, _ODD_SPACE, _COMMENT):
                found = pattern.match(self.text, at)
                if found is None:
                    continue
                span = Span(*found.span())
                if pattern is _ODD_SPACE:
                    shown = f"U+{ord(found[0][0]):04X}"
                    message = f"the character {shown} is not whitespace in JSON; write a space"
                    self.add(message, span, fix=("Write a space", Edit(span, " "), True))
                elif pattern is _COMMENT:
                    self.add("JSON has no comments; remove this one", span)
                at = found.end()
                break
            else:
                return at

    def step(self, at: int, expected: int) -> tuple[int, int]:
        """Read what begins at an offset; returns its end and what has to follow."""
        character = self.text[at]
        if character in "]}":
            return self.end(character, at, expected)
        if expected == COMMA_OR_END:
            return self.comma_or_value(character, at)
        if expected == COLON:
            return self.colon(character, at)
        if character == ",":
            return self.extra_comma(at, expected)
        if character in "[{" and expected in _LIST:
            return at + 1, self.mark(character, at, expected)
        if character == '"':
            node, at = self.string(at)
        elif character == "'":
            node, at = self.single_quoted(at)
        elif expected in _KEYS:
            node, at = self.unquoted_key(at, expected)
        else:
            node, at = self.unquoted_value(at, expected)
        return at, self.take(node, expected)

    def closing(self) -> str:
        return "}" if self.in_object() else "]"

    def unclosed(self, expected: int) -> None:
        """Report that the text ends inside the innermost bracket."""
        if not self.stack:
            # Only comments.
            self.add(f"the file has no value; JSON needs {EXPECTED[expected]}", Span(0, 1))
            raise Stop
        start = self.stack[-1].node.start
        last = max(self.last - 1, 0)
        message = f"this {quoted(self.text[start])} is never closed; add {quoted(self.closing())}"
        note = Note(Span(last, last + 1), "the text ends here")
        self.add(message, Span(start, start + 1), note)
        raise Stop

    def end(self, character: str, at: int, expected: int) -> tuple[int, int]:
        if not self.stack:
            raise self.unexpected(at, EXPECTED[expected])
        if character != self.closing():
            start = self.stack[-1].node.start
            message = (
                f"{quoted(character)} does not close {quoted(self.text[start])}; "
                f"write {quoted(self.closing())}"
            )
            self.add(message, Span(at, at + 1), Note(Span(start, start + 1), "it is opened here"))
            raise Stop
        if self.in_object() and expected in (COLON, VALUE):
            self.without_value()
        if expected in (KEY, VALUE):
            span = Span(self.comma, self.comma + 1)
            message = f"JSON allows no comma before {quoted(character)}; remove it"
            self.add(message, span, fix=("Remove the comma", Edit(span, ""), True))
            expected = COMMA_OR_END
        return at + 1, self.mark(character, at, expected)

    def without_value(self) -> None:
        key = self.stack[-1].key
        assert key is not None
        shown = quoted(self.text[key.start : key.end])
        self.add(f"the key {shown} has no value; add one after a `:`", key.span)
        raise Stop

    def comma_or_value(self, character: str, at: int) -> tuple[int, int]:
        following = KEY if self.in_object() else VALUE
        if character == ",":
            self.comma = at
            return at + 1, following
        if not self.begins(character):
            raise self.unexpected(at, f"`,` or {quoted(self.closing())}")
        self.apart(at)
        # On one line, two values may also be parts of a single one.
        safe = _LINE_BREAK.search(self.text, self.last, at) is not None
        safe = safe or (self.is_key(at) if self.in_object() else character in '"[{')
        fix = ("Add a comma", Edit(Span(self.last, self.last), ","), safe)
        self.add("a comma is missing before this", Span(at, at + 1), fix=fix)
        if not safe:
            raise Stop
        return at, following

    def is_key(self, at: int) -> bool:
        """Whether a string followed by a colon begins here."""
        end = string_end(self.text, at) if self.text[at] == '"' else None
        return end is not None and _COLON.match(self.text, end) is not None

    def apart(self, at: int) -> None:
        """Stop if something touches the value or key before it: it may be part of that."""
        if at > self.last or self.text[at] in "[{" or self.text[at - 1] in "]}":
            return
        if self.text[at - 1] in "\"'":
            message = 'text after a closing quote; write a quote inside a string as `\\"`'
            self.add(message, Span(at, self.line_end(at)))
            raise Stop
        raise self.unexpected(at, "a comma or a space")

    def colon(self, character: str, at: int) -> tuple[int, int]:
        if character == ":":
            return at + 1, VALUE
        if character == "=":
            span = Span(at, at + (2 if self.text.startswith("=>", at) else 1))
            message = (
                f"write `:` between a key and its value, not {quoted(self.text[at : span.end])}"
            )
            self.add(message, span, fix=("Write `:`", Edit(span, ":"), True))
            return span.end, VALUE
        if character == ",":
            self.without_value()
        if not self.begins(character) and character not in "[{":
            raise self.unexpected(at, EXPECTED[COLON])
        self.apart(at)
        key = self.stack[-1].key
        assert key is not None
        message = f"a `:` is missing after the key {quoted(self.text[key.start : key.end])}"
        insertion = Edit(Span(key.end, key.end), ":")
        self.add(message, key.span, fix=("Add a `:`", insertion, True))
        return at, VALUE

    def extra_comma(self, at: int, expected: int) -> tuple[int, int]:
        if not self.stack:
            raise self.unexpected(at, EXPECTED[expected])
        if self.in_object() and expected == VALUE:
            self.without_value()
        span = Span(at, at + 1)
        what = "field" if self.in_object() else "value"
        message = f"this comma has no {what} before it; remove it"
        fix = ("Remove the comma", Edit(span, ""), self.in_object())
        self.add(message, span, fix=fix)
        return at + 1, expected
