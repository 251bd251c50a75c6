"""PyYAML's own parser with the behaviour and the messages of libyaml.

It replaces libyaml where Python has no binding to it, as in a browser. The two disagree on tabs, on
`?` and `:` in brackets, on byte order marks, on a few escapes, tags and directives, and in the
wording of errors, which `yaml_errors` explains.
"""

from __future__ import annotations

import re
from typing import Any

from yaml.composer import Composer
from yaml.constructor import SafeConstructor
from yaml.error import Mark, MarkedYAMLError
from yaml.parser import Parser
from yaml.reader import Reader
from yaml.resolver import Resolver
from yaml.scanner import Scanner, ScannerError
from yaml.tokens import ScalarToken, TagToken

_BREAKS = "\r\n\x85\u2028\u2029"
_BLANKS = f" \t{_BREAKS}"
_END = f"\0{_BLANKS}"
_BLOCK_WORD = rf"(?:[^{_END}:]+|:(?![{_END}]))+"
_FLOW_WORD = rf"(?:[^{_END}:,\[\]{{}}]+|:(?![{_END},?\[\]{{}}]))+"
_DOCUMENT_INDICATOR = rf"(?:---|\.\.\.)[{_END}]"
_SHORT_TAG = r"(!(?:[\w-]*!)?)([\w;/?:@&=+$.!~*'()-]*)"
_NAME = r"[0-9A-Za-z_-]+"
_INDICATORS = r"(?P<sign>[+-])(?P<digit>[0-9]?)|(?P<only>[0-9]?)(?P<last>[+-]?)"
_ESCAPES = r"(?:%[0-9a-fA-F]{2})*"
_DOUBLE_QUOTED = r'"(?:[^"\\]|\\.)*'
_ESCAPE = r"\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|.)"

_WORDING = (
    ("", "mapping values are not allowed", "mapping values are not allowed in this context"),
    ("", "mapping keys are not allowed", "mapping keys are not allowed in this context"),
    ("", "sequence entries", "block sequence entries are not allowed in this context"),
    ("", "found character '", "found character that cannot start any token"),
    ("", "found unexpected document separator", "found unexpected document indicator"),
    ("", "found unknown escape character", "found unknown escape character"),
    ("", "expected escape sequence of", "did not find expected hexdecimal number"),
    ("", "found undefined tag handle", "found undefined tag handle"),
    ("", "found incompatible YAML document", "found incompatible YAML document"),
    ("", "found duplicate YAML", "found duplicate %YAML directive"),
    ("", "duplicate tag handle", "found duplicate %TAG directive"),
    ("", "expected '<document start>'", "did not find expected <document start>"),
    ("", "expected the node content", "did not find expected node content"),
    ("", "expected ',' or ']'", "did not find expected ',' or ']'"),
    ("", "expected ',' or '}'", "did not find expected ',' or '}'"),
    ("while parsing a block mapping", "expected <block end>", "did not find expected key"),
    ("", "expected <block end>", "did not find expected '-' indicator"),
    (
        "while scanning a directive",
        "expected a comment",
        "did not find expected comment or line break",
    ),
    ("while scanning a directive", "expected a digit, but", "did not find expected version number"),
    (
        "while scanning a directive",
        "expected a digit or '.'",
        "did not find expected digit or '.' character",
    ),
    ("", "expected alphabetic", "did not find expected alphabetic or numeric character"),
    ("", "expected a digit or ' '", "did not find expected comment or line break"),
    ("", "expected a comment or a line break", "did not find expected comment or line break"),
    ("", "expected '>'", "did not find the expected '>'"),
    ("", "expected URI", "did not find expected tag URI"),
    ("", "expected ' '", "did not find expected whitespace or line break"),
)
"""Beginnings of a context and of a message of PyYAML's parser, and libyaml's message."""


class PureParser(Reader, Scanner, Parser):
    """A replacement for `yaml.CParser`, written in Python, that behaves like it."""

    def __init__(self, text: str) -> None:
        Reader.__init__(self, text)
        Scanner.__init__(self)
        Parser.__init__(self)

    def get_event(self) -> Any:
        """The next event; raises a `YAMLError` with libyaml's message."""
        try:
            return super().get_event()  # type: ignore[no-untyped-call]
        except MarkedYAMLError as error:
            context, problem = error.context or "", error.problem or ""
            for where, beginning, wording in _WORDING:
                if context.startswith(where) and problem.startswith(beginning):
                    error.problem = wording
                    break
            raise

    def scan_to_next_token(self) -> None:
        """Skip whitespace and comments: tabs where they can't be taken for indentation."""
        while True:
            if self.column == 0 and self.peek() == "\ufeff":
                self.forward()
                # For libyaml it takes up a column.
                self.column += 1
            blanks = " \t" if self.flow_level or not self.allow_simple_key else " "
            while self.peek() in blanks:
                self.forward()
            if self.peek() == "#":
                while self.peek() not in f"\0{_BREAKS}":
                    self.forward()
            if not self._line_break():
                return
            if not self.flow_level:
                self.allow_simple_key = True

    def scan_plain(self) -> ScalarToken:
        """An unquoted scalar: words, with a space or line breaks between them."""
        start = end = self.get_mark()
        word = re.compile(_FLOW_WORD if self.flow_level else _BLOCK_WORD)
        pieces: list[str] = []
        gap, broken = "", False
        while self.peek() != "#" and not self._at_document_indicator():
            found = word.match(self.buffer, self.pointer)
            if found:
                broken = self.allow_simple_key = False
                pieces += (gap, found[0])
                self.forward(len(found[0]))
                end = self.get_mark()
            ahead = self.buffer[self.pointer : self.pointer + 2]
            if self.flow_level and ahead[:1] == ":" and ahead[1:] in tuple(",?[]{}"):
                raise self._error("while scanning a plain scalar", start, "found unexpected ':'")
            if not found or self.peek() not in _BLANKS:
                break
            gap, broken = self._gap(start)
            if not self.flow_level and self.column <= self.indent:
                break
        if broken:
            self.allow_simple_key = True
        return ScalarToken("".join(pieces), True, start, end)

    def _gap(self, start: Mark) -> tuple[str, bool]:
        """The text that whitespace inside an unquoted scalar stands for, and if it breaks lines."""
        spaces, breaks = "", list[str]()
        while self.peek() in _BLANKS:
            if self.peek() in _BREAKS:
                breaks.append(self._line_break())
            elif breaks and self.column <= self.indent and self.peek() == "\t":
                problem = "found a tab character that violates indentation"
                raise self._error("while scanning a plain scalar", start, problem)
            else:
                spaces += self.peek()
                self.forward()
        if not breaks:
            return spaces, False
        first, *more = breaks
        return ("".join(more) or " ") if first == "\n" else "".join(breaks), True

    def _at_document_indicator(self) -> bool:
        found = re.compile(_DOCUMENT_INDICATOR).match(self.buffer, self.pointer)
        return self.column == 0 and found is not None

    def scan_block_scalar_indicators(self, start_mark: Mark) -> tuple[bool | None, int | None]:
        """Whether a block keeps the line breaks at its end, and its own indentation."""
        found = re.compile(_INDICATORS).match(self.buffer, self.pointer)
        assert found is not None
        chomping, digit = found["sign"] or found["last"], found["digit"] or found["only"]
        if digit == "0":
            self.forward(found[0].index("0"))
            problem = "found an indentation indicator equal to 0"
            raise self._error("while scanning a block scalar", start_mark, problem)
        self.forward(len(found[0]))
        return chomping == "+" if chomping else None, int(digit) if digit else None

    def scan_block_scalar_ignored_line(self, start_mark: Mark) -> None:
        """Skip the rest of a block's first line, which may have tabs."""
        while self.peek() in " \t":
            self.forward()
        super().scan_block_scalar_ignored_line(start_mark)

    def scan_block_scalar_indentation(self) -> tuple[list[str], int, Mark]:
        """The line breaks before a block's first line, and its indentation, without tabs."""
        found: tuple[list[str], int, Mark] = super().scan_block_scalar_indentation()
        if self.peek() == "\t":
            raise self._tab_in_indentation()
        return found

    def scan_block_scalar_breaks(self, indent: int) -> tuple[list[str], Mark]:
        """The line breaks before a further line of a block, whose indentation has no tabs."""
        found: tuple[list[str], Mark] = super().scan_block_scalar_breaks(indent)
        if self.column < indent and self.peek() == "\t":
            raise self._tab_in_indentation()
        return found

    def _tab_in_indentation(self) -> ScannerError:
        problem = "found a tab character where an indentation space is expected"
        return self._error("while scanning a block scalar", self.get_mark(), problem)

    def scan_flow_scalar(self, style: str) -> ScalarToken:
        """A quoted scalar; escapes for what is not a character are errors."""
        bad = self._bad_code() if style == '"' else None
        if bad is None:
            return super().scan_flow_scalar(style)
        start = self.get_mark()
        try:
            super().scan_flow_scalar(style)
        except ScannerError as error:
            if error.problem_mark is not None and error.problem_mark.index < bad:
                raise
        except ValueError:
            pass
        problem = "found invalid Unicode character escape code"
        mark = Mark(self.name, bad, 0, 0, None, 0)
        raise ScannerError("while parsing a quoted scalar", start, problem, mark)

    def _bad_code(self) -> int | None:
        """Where a double-quoted scalar has the code of what is not a character."""
        text = re.compile(_DOUBLE_QUOTED, re.DOTALL).match(self.buffer, self.pointer)
        assert text is not None
        for found in re.compile(_ESCAPE, re.DOTALL).finditer(self.buffer, *text.span()):
            digits = found[1] or found[2]
            code = int(digits, 16) if digits else 0
            if 0xD800 <= code <= 0xDFFF or code > 0x10FFFF:
                return found.start() + 2
        return None

    def scan_tag(self) -> TagToken:
        """A tag, which in brackets may be followed by a comma."""
        found = re.compile(_SHORT_TAG, re.ASCII).match(self.buffer, self.pointer)
        if found is None or self.buffer[found.end()] in "<%":
            return super().scan_tag()
        start = self.get_mark()
        self.forward(len(found[0]))
        handle, suffix = found.groups()
        if len(handle) > 1 and not suffix:
            raise self._error("while parsing a tag", start, "did not find expected tag URI")
        if self.peek() not in _END and not (self.flow_level and self.peek() == ","):
            problem = "did not find expected whitespace or line break"
            raise self._error("while scanning a tag", start, problem)
        value = (handle, suffix) if suffix else (None, "!")
        return TagToken(value, start, self.get_mark())

    def scan_directive_name(self, start_mark: Mark) -> str:
        """The name of a directive, which must be known."""
        found = re.compile(_NAME).match(self.buffer, self.pointer)
        name = found[0] if found else ""
        self.forward(len(name))
        if not name:
            problem = "could not find expected directive name"
        elif self.peek() not in _END:
            problem = "found unexpected non-alphabetical character"
        elif name not in ("YAML", "TAG"):
            problem = "found unknown directive name"
        else:
            return name
        raise self._error("while scanning a directive", start_mark, problem)

    def scan_yaml_directive_value(self, start_mark: Mark) -> tuple[int, int]:
        """The version of YAML that a directive names, which must be supported."""
        version: tuple[int, int] = super().scan_yaml_directive_value(start_mark)
        if version not in ((1, 1), (1, 2)):
            raise ScannerError(None, None, "found incompatible YAML document", start_mark)
        return version

    def scan_uri_escapes(self, name: str, start_mark: Mark) -> str:
        """The characters that escapes in a tag stand for."""
        found = re.compile(_ESCAPES).match(self.buffer, self.pointer)
        if found is not None and self.buffer[found.end()] == "%":
            self.forward(len(found[0]))
            raise self._error("while parsing a tag", start_mark, "did not find URI escaped octet")
        return str(super().scan_uri_escapes(name, start_mark))

    def fetch_stream_end(self) -> None:
        """End the stream, unless brackets are still open in what has to be a key."""
        for key in self.possible_simple_keys.values():
            if key.required and self.column:
                problem = "could not find expected ':'"
                raise self._error("while scanning a simple key", key.mark, problem)
        super().fetch_stream_end()

    def _line_break(self) -> str:
        """Skip a line break, if there is one, and return what it stands for."""
        return str(self.scan_line_break())  # type: ignore[no-untyped-call]

    def _error(self, context: str, start: Mark, problem: str) -> ScannerError:
        return ScannerError(context, start, problem, self.get_mark())


class PureSafeLoader(PureParser, Composer, SafeConstructor, Resolver):
    """A replacement for `yaml.CSafeLoader`: makes Python values of YAML."""

    def __init__(self, text: str) -> None:
        PureParser.__init__(self, text)
        Composer.__init__(self)
        SafeConstructor.__init__(self)
        Resolver.__init__(self)
