"""Read strings, numbers and words of text that should be JSON, past their mistakes."""

from __future__ import annotations

import json
import re
from json.decoder import scanstring  # type: ignore[attr-defined]

from validator.finding import Edit, Fix, Note, Problem, Span
from validator.parsing.builder import Stop
from validator.parsing.json import (
    COLON,
    KEY,
    KEY_OR_END,
    VALUE,
    VALUE_OR_END,
    JsonReader,
    has_surrogates,
)
from validator.parsing.nodes import Scalar
from validator.wording import quoted

RULE = "json-syntax"

EXPECTED = {
    VALUE: "a value",
    VALUE_OR_END: "a value or `]`",
    KEY: "a key in double quotes",
    KEY_OR_END: "a key in double quotes or `}`",
    COLON: "`:`",
}
"""What may come next, in words."""

_IN_STRING = {'"': re.compile(r'["\\\r\n]'), "'": re.compile(r"['\\\r\n]")}
_LITERAL = re.compile(
    r"(?:(?P<boolean>true|false)|(?P<null>null)|(?P<integer>-?(?:0|[1-9][0-9]*))"
    r"|(?P<number>-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?))(?=[\s,:\[\]{}\"'/#]|\Z)"
)
_LIKE_A_NUMBER = re.compile(r"[-+]?\.?[0-9][\w.+-]*")
_DECIMAL = re.compile(r"([-+]?)(0*)([0-9]*)(\.[0-9]*)?([eE][-+]?[0-9]+)?")
_UNQUOTED_KEY = re.compile(r"[^\s:,{}\[\]\"'#/]+")
# A value extends to the end of its line, or to a comment.
_VALUE_END = re.compile(r"[,\[\]{}\"\r\n]|[ \t](?=#|//|/\*)|\Z")
_WORDS = {
    "True": "true",
    "TRUE": "true",
    "False": "false",
    "FALSE": "false",
    "None": "null",
    "Null": "null",
    "NULL": "null",
    "nil": "null",
    "undefined": "null",
}
_TYPOGRAPHIC_QUOTES = "“”„‟«»‘’‚‛"
_NO_NUMBERS = {"NaN", "Infinity", "-Infinity", "+Infinity"}
_BAD_PART = re.compile(
    r'\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})|(\\u[0-9a-fA-F]{0,3}|\\[^\x00-\x1f]?|[\x00-\x1f])'
)
_SHORT_ESCAPES = {"\t": "\\t", "\b": "\\b", "\f": "\\f"}


class TolerantReader(JsonReader):
    """Read keys and scalar values past their mistakes, and report these with their fixes."""

    def add(
        self, message: str, span: Span, *notes: Note, fix: tuple[str, Edit, bool] | None = None
    ) -> None:
        """Report a mistake; `fix` is its title, its edit and whether it is safe."""
        fixes = () if fix is None else (Fix(fix[0], (fix[1],), fix[2]),)
        self.problems.append(Problem(RULE, message, span, notes=notes, fixes=fixes))
        self.stop_at_most()

    def unexpected(self, at: int, expected: str) -> Stop:
        character = self.text[at]
        if character in _TYPOGRAPHIC_QUOTES:
            self.add(f'{quoted(character)} is not a quote in JSON; write `"`', Span(at, at + 1))
            return Stop()
        shown = quoted(character) if character.isprintable() else f"U+{ord(character):04X}"
        self.add(f"unexpected {shown}; expected {expected}", Span(at, at + 1))
        return Stop()

    def line_end(self, at: int) -> int:
        found = re.compile(r"[^\r\n]*").match(self.text, at)
        assert found is not None
        return at + max(len(found[0].rstrip()), 1)

    def begins(self, character: str) -> bool:
        """Whether a character may be the beginning of a key or a value."""
        if character in "[{":
            return not self.in_object()
        return character.isalnum() or character in "\"'-_$"

    def string(self, start: int) -> tuple[Scalar, int]:
        end = string_end(self.text, start)
        if end is None:
            message = (
                'this string is not closed on its line; add `"`, or write line breaks as `\\n`'
            )
            self.add(message, Span(start, self.line_end(start)))
            raise Stop
        written = self.text[start:end]
        for part in _BAD_PART.finditer(written, 1, len(written) - 1):
            if part[1]:
                self.bad_part(part[1], start + part.start())
        mended = _BAD_PART.sub(_mended, written)
        value, _ = scanstring(mended, 1)
        if has_surrogates(value):
            self.unpaired_surrogates(start, end)
        node = Scalar("string", start, end, re.sub("[\ud800-\udfff]", "\ufffd", value), plain=False)
        return node, end

    def bad_part(self, part: str, at: int) -> None:
        span = Span(at, at + len(part))
        if part[0] != "\\":
            escape = _escape(part)
            message = f"the control character U+{ord(part):04X} must be written as {quoted(escape)}"
            fix = (f"Write {quoted(escape)}", Edit(span, escape), True)
        elif part == "\\'":
            message = "`\\'` is not a JSON escape; write `'`"
            fix = ("Write `'`", Edit(span, "'"), True)
        else:
            message = f"{quoted(part)} is not a JSON escape; write the backslash twice"
            fix = ("Write the backslash twice", Edit(Span(at, at + 1), "\\\\"), False)
        self.add(message, span, fix=fix)

    def single_quoted(self, start: int) -> tuple[Scalar, int]:
        end = string_end(self.text, start)
        if end is None:
            message = "JSON strings are in double quotes, and this quote is not closed on its line"
            self.add(message, Span(start, self.line_end(start)))
            raise Stop
        span = Span(start, end)
        inner = re.sub(r"\\(.)|(\")", _requoted, self.text[start + 1 : end - 1])
        written = '"' + _BAD_PART.sub(_mended, inner) + '"'
        message = f"JSON strings are in double quotes; write {quoted(written)}"
        self.add(message, span, fix=("Use double quotes", Edit(span, written), True))
        value, _ = scanstring(written, 1)
        value = re.sub("[\ud800-\udfff]", "\ufffd", value)
        return Scalar("string", *span, value, plain=False), span.end

    def unquoted_key(self, at: int, expected: int) -> tuple[Scalar, int]:
        found = _UNQUOTED_KEY.match(self.text, at)
        if found is None:
            raise self.unexpected(at, EXPECTED[expected])
        return self.in_quotes(found[0], at, "a key")

    def unquoted_value(self, at: int, expected: int) -> tuple[Scalar, int]:
        literal = _LITERAL.match(self.text, at)
        if literal is not None:
            assert literal.lastgroup is not None
            return Scalar(
                literal.lastgroup, at, literal.end(), literal[0], plain=True
            ), literal.end()
        if not self.stack:
            message = "JSON begins with `{`; if this is YAML, give the file a name in `.yaml`"
            self.add(message, Span(at, self.line_end(at)))
            raise Stop
        if not (self.begins(self.text[at]) or self.text[at] in "+./~@*&!%\\<"):
            raise self.unexpected(at, EXPECTED[expected])
        found = _VALUE_END.search(self.text, at)
        assert found is not None
        word = self.text[at : found.start()].rstrip()
        span = Span(at, at + len(word))
        if word in _NO_NUMBERS:
            return self.word("none", word, at), span.end
        if word in _WORDS:
            return self.bad_word(word, span), span.end
        if _LIKE_A_NUMBER.fullmatch(word):
            return self.bad_number(word, span), span.end
        return self.in_quotes(word, at, "a string")

    def bad_word(self, word: str, span: Span) -> Scalar:
        meant = _WORDS[word]
        message = f"{quoted(word)} is not valid JSON; write {quoted(meant)}"
        self.add(message, span, fix=(f"Write {quoted(meant)}", Edit(span, meant), True))
        self.guessed.add(span)
        return Scalar("null" if meant == "null" else "boolean", *span, meant, plain=True)

    def bad_number(self, word: str, span: Span) -> Scalar:
        self.guessed.add(span)
        found = _DECIMAL.fullmatch(word)
        if found is None:
            message = f"{quoted(word)} is not a JSON number; put it in double quotes"
            fix = ("Put it in quotes", Edit(span, f'"{word}"'), False)
            self.add(message, span, fix=fix)
            return Scalar("string", *span, word, plain=False)
        sign, zeros, digits, fraction, exponent = found.groups("")
        if fraction == ".":
            fraction = ""
        meant = f"{sign.strip('+')}{digits or '0'}{fraction}{exponent}"
        message = f"{quoted(word)} is not a JSON number; write {quoted(meant)}"
        # Leading zeros may be those of an identifier or of an octal number.
        fix = (f"Write {quoted(meant)}", Edit(span, meant), not (zeros and digits))
        self.add(message, span, fix=fix)
        kind = "number" if fraction or exponent else "integer"
        return Scalar(kind, *span, meant, plain=True)

    def in_quotes(self, word: str, at: int, what: str) -> tuple[Scalar, int]:
        """Read an unquoted key or string, and report that it needs quotes."""
        span = Span(at, at + len(word))
        written = json.dumps(word, ensure_ascii=False)
        message = f"{what} in JSON is in double quotes; write {quoted(written)}"
        self.add(message, span, fix=("Put it in quotes", Edit(span, written), True))
        return Scalar("string", *span, word, plain=False), span.end


def string_end(text: str, start: int) -> int | None:
    """The end of a string that begins with a quote at `start`; None if not on the same line."""
    quote, at = text[start], start + 1
    while found := _IN_STRING[quote].search(text, at):
        at = found.end()
        if found[0] == quote:
            return at
        if found[0] != "\\":
            return None
        at += not text.startswith(("\r", "\n"), at)
    return None


def _mended(found: re.Match[str]) -> str:
    """A part of a string, corrected to valid JSON."""
    part: str | None = found[1]
    if part is None:
        return found[0]
    if part[0] != "\\":
        return _escape(part)
    return "'" if part == "\\'" else "\\" + part


def _escape(character: str) -> str:
    return _SHORT_ESCAPES.get(character, f"\\u{ord(character):04x}")


def _requoted(found: re.Match[str]) -> str:
    """An escape or a double quote inside single quotes, rewritten for double quotes."""
    if found[2]:
        return '\\"'
    return "'" if found[1] == "'" else found[0]
