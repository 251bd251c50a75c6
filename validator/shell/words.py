"""The words of a shell script: quotes, escapes and expansions.

Follows the "Shell Grammar" and "Shell Expansions" chapters of the Bash reference manual. Offsets
are 0-based and count characters of the script.
"""

from __future__ import annotations

import re
from functools import lru_cache

from validator.tuples import NamedTuple

# Between the characters that separate words, quote or expand.
_PLAIN = r"[^ \t\n|&;()<>\\'\"`$]+"
_IN_TEST = r"[^ \t\n\\'\"`$]+"
_IN_DOUBLE_QUOTES = r"[^\"\\$`]+"
_IN_BRACES = r"[^}\\'\"`$]+"
_IN_ARITHMETIC = r"[^()\\'\"`$]+"
_IN_ANSI_QUOTES = r"[^'\\]*(?:\\.[^'\\]*)*'"
_IN_BACKQUOTES = r"[^`\\]*(?:\\.[^`\\]*)*`"
_PARAMETER = r"\$(?:\w+|[@*#?$!-])"
_ARRAY = r"[A-Za-z_]\w*(?:\[[^\]]*\])?\+?="
_BLANKS = r"(?:[ \t]+|\\\n)*(?:#[^\n]*)?"

# `re` looks a pattern up in a slower way; these are few.
compiled = lru_cache(maxsize=None)(re.compile)

MAX_DEPTH = 40
"""How deep commands and expansions are read inside one another."""


class Word(NamedTuple):
    """A word: `text` without its quotes, expansions as written, and its place in the script.

    `literal` tells whether `text` is what the command gets: nothing in it is expanded.
    """

    text: str
    start: int
    end: int
    literal: bool


class Unreadable(Exception):
    """The script, or a part of it, is not complete, or is nested too deep."""


class WordReader:
    """Reads one word after another from `at`, up to `end`."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.end = len(text)
        self._depth = 0

    def substitution(self, kind: str) -> None:
        """Read commands whose output is part of a word, from what opens them (`kind`) on."""
        raise NotImplementedError

    def newlines(self) -> None:
        """Skip spaces, comments and line breaks."""
        raise NotImplementedError

    def blanks(self) -> None:
        """Skip spaces, line breaks after a backslash, and a comment."""
        found = compiled(_BLANKS).match(self.text, self.at, self.end)
        self.at = found.end() if found else self.at

    def descend(self) -> None:
        """Note that what is read next is inside something; raises Unreadable if too deep."""
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise Unreadable

    def ascend(self) -> None:
        self._depth -= 1

    def looking_at(self, string: str) -> bool:
        return self.text.startswith(string, self.at, self.end)

    def word(self, *, in_test: bool = False) -> Word | None:
        """The word at `at`; None if there is none. `in_test`: only spaces end it."""
        text, start = self.text, self.at
        plain = compiled(_IN_TEST if in_test else _PLAIN)
        parts: list[str] = []
        literal = text[start : start + 1] != "~"
        while self.at < self.end:
            found = plain.match(text, self.at, self.end)
            if found is not None:
                parts.append(found[0])
                literal = literal and not _is_pattern(found[0])
                self.at = found.end()
            elif text[self.at] in "\\'\"`$":
                literal = self._quoted_or_expanded(parts) and literal
            elif text[self.at] in "<>" and text[self.at + 1 : self.at + 2] == "(" and not in_test:
                at = self.at
                self.substitution(text[at] + "(")
                parts.append(text[at : self.at])
                literal = False
            elif text[self.at] == "(" and compiled(_ARRAY).fullmatch(text, start, self.at):
                literal = self._array(parts)
            else:
                break
        return None if self.at == start else Word("".join(parts), start, self.at, literal)

    def arithmetic(self) -> None:
        """Skip an expression from `((` to `))`."""
        self.at += 2
        self.descend()
        plain, open_, ignored = compiled(_IN_ARITHMETIC), 0, list[str]()
        while not (open_ == 0 and self.looking_at("))")):
            found = plain.match(self.text, self.at, self.end)
            if found is not None:
                self.at = found.end()
                continue
            character = self._character()
            if character in "()":
                open_ += 1 if character == "(" else -1
                if open_ < 0:
                    # It could be a subshell in a subshell; nobody writes these without a space.
                    raise Unreadable
                self.at += 1
            else:
                self._quoted_or_expanded(ignored)
                ignored.clear()
        self.at += 2
        self.ascend()

    def _character(self) -> str:
        if self.at >= self.end:
            raise Unreadable
        return self.text[self.at]

    def _quoted_or_expanded(self, parts: list[str], *, in_double: bool = False) -> bool:
        """Read what begins with a quote, a backslash or a `$`; whether it is literal."""
        text, start = self.text, self.at
        character = text[start]
        following = text[start + 1 : min(start + 2, self.end)]
        if character == "\\":
            self.at += 1 + len(following)
            if in_double and following not in ("", *'"\\$`\n'):
                parts.append(character)
            parts.append("" if following == "\n" else following or character)
            return True
        if character == "'":
            self.at = self._after("'", start + 1)
            parts.append(text[start + 1 : self.at - 1])
            return True
        if character == '"':
            return self._double_quotes(parts)
        if character == "`":
            return self._backquotes(parts)
        if following in ("'", '"') and following and not in_double:
            self.at += 1
            return self._ansi_quotes(parts) if following == "'" else self._double_quotes(parts)
        return self._expansion(parts, following, in_double=in_double)

    def _after(self, close: str, at: int) -> int:
        """The offset after the next `close`; raises Unreadable if there is none."""
        found = self.text.find(close, at, self.end)
        if found < 0:
            raise Unreadable
        return found + len(close)

    def _double_quotes(self, parts: list[str]) -> bool:
        self.at += 1
        self.descend()
        plain, literal = compiled(_IN_DOUBLE_QUOTES), True
        while self._character() != '"':
            found = plain.match(self.text, self.at, self.end)
            if found is not None:
                parts.append(found[0])
                self.at = found.end()
            else:
                literal = self._quoted_or_expanded(parts, in_double=True) and literal
        self.at += 1
        self.ascend()
        return literal

    def _ansi_quotes(self, parts: list[str]) -> bool:
        found = compiled(_IN_ANSI_QUOTES, re.DOTALL).match(self.text, self.at + 1, self.end)
        if found is None:
            raise Unreadable
        content = found[0][:-1]
        parts.append(content)
        self.at = found.end()
        return "\\" not in content

    def _backquotes(self, parts: list[str]) -> bool:
        start = self.at
        found = compiled(_IN_BACKQUOTES, re.DOTALL).match(self.text, start + 1, self.end)
        if found is None:
            raise Unreadable
        if "\\" in found[0]:
            # Its text is not what the shell runs: backslashes are removed first.
            self.at = found.end()
        else:
            end, self.end = self.end, found.end() - 1
            self.substitution("`")
            self.at, self.end = found.end(), end
        parts.append(self.text[start : self.at])
        return False

    def _expansion(self, parts: list[str], following: str, *, in_double: bool) -> bool:
        start = self.at
        if following == "{":
            self._braces(in_double=in_double)
        elif self.looking_at("$(("):
            self.at += 1
            self.arithmetic()
        elif following == "(":
            self.substitution("$(")
        else:
            found = compiled(_PARAMETER).match(self.text, start, self.end)
            self.at = start + 1 if found is None else found.end()
            parts.append(self.text[start : self.at])
            return found is None
        parts.append(self.text[start : self.at])
        return False

    def _braces(self, *, in_double: bool) -> None:
        self.at += 2
        self.descend()
        plain, ignored = compiled(_IN_BRACES), list[str]()
        while self._character() != "}":
            found = plain.match(self.text, self.at, self.end)
            if found is not None:
                self.at = found.end()
            elif in_double and self.text[self.at] == "'":
                self.at += 1
            else:
                self._quoted_or_expanded(ignored)
                ignored.clear()
        self.at += 1
        self.ascend()

    def _array(self, parts: list[str]) -> bool:
        start = self.at
        self.at += 1
        self.descend()
        self.newlines()
        while self._character() != ")":
            if self.word() is None:
                raise Unreadable
            self.newlines()
        self.at += 1
        self.ascend()
        parts.append(self.text[start : self.at])
        return False


def _is_pattern(text: str) -> bool:
    """Whether the shell may make other words of an unquoted text, from file names or braces."""
    if "*" in text or "?" in text or ("[" in text and "]" in text):
        return True
    return "{" in text and ("," in text or ".." in text)
