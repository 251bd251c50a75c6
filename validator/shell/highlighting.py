"""The tokens of a shell script, for editors to colour; broken scripts have tokens too."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

TokenType = Literal["comment", "string", "variable", "keyword", "operator", "function"]

_KEYWORDS = (
    *("if", "then", "elif", "else", "fi", "for", "while", "until", "do", "done", "case", "esac"),
    *("in", "select", "function", "time", "{", "}", "[[", "]]", "!"),
)
# After these, a command begins.
_BEFORE_COMMANDS = ("if", "then", "elif", "else", "while", "until", "do", "time", "{", "!")

_VARIABLE = r"(?P<variable>\$(?:\w+|[@*\#?$!-]|\{[^}\n]*\}?))"
_PARTS = rf"""
    (?P<comment>(?<![^\s;&|(])\#[^\n]*)
  | (?P<heredoc><<-?[ \t]*['"\\]?(?P<delimiter>\w+)['"]?)
  | (?P<string>\$'(?:[^'\\]|\\.)*'?|'[^']*'?|\\.)
  | (?P<double>")
  | {_VARIABLE}
  | (?P<redirection>(?<!\w)\d*[<>]+(?:&\d+|&-|[|&])?|&>>?)
  | (?P<operator>\$\(\(?|`|\(|&&|\|\||;;|[;&|)]+)
  | (?P<line>\n)
  | (?P<assigned>[A-Za-z_]\w*)\+?=[^\s;&|()<>'"`$\\]*
  | (?P<word>[^\s;&|()<>'"`$\\]+)
"""
_IN_DOUBLE_QUOTES = rf"""{_VARIABLE}|(?P<end>")|\\.|[^\\"$]+|\$"""


class Token(NamedTuple):
    """A part of a script from `start` up to, not including, `end`: offsets in characters."""

    start: int
    end: int
    type: TokenType


def tokens(script: str) -> Iterator[Token]:
    """The tokens of a script in their order; none overlap, and they may contain line breaks."""
    scan = re.compile(_PARTS, re.VERBOSE | re.DOTALL)
    heredocs: list[str] = []
    at, begins = 0, True
    while (found := scan.search(script, at)) is not None:
        at = found.end()
        if found["comment"]:
            yield Token(found.start(), at, "comment")
        elif found["string"]:
            yield Token(found.start(), at, "string")
            begins = False
        elif found["double"]:
            for token in _double_quoted(script, found.start()):
                yield token
                at = token.end
            begins = False
        elif found["line"]:
            begins = True
            for delimiter in heredocs:
                end = _end_of_heredoc(script, at, delimiter)
                yield Token(at, end, "string")
                at = end
            heredocs.clear()
        else:
            heredocs += [found["delimiter"]] if found["delimiter"] else []
            type_ = _type(found, begins=begins)
            if type_ is not None:
                yield Token(*found.span("assigned" if found["assigned"] else 0), type_)
            begins = _command_follows(found, type_, begins=begins)


def _type(found: re.Match[str], *, begins: bool) -> TokenType | None:
    """The type of a part that is not quoted; `begins` says whether a command begins there."""
    if found["variable"]:
        return "variable"
    if found["heredoc"] or found["redirection"] or found["operator"]:
        return "operator"
    if found["assigned"]:
        return "variable" if begins else None
    if found[0] in _KEYWORDS and (begins or found[0] in ("in", "]]")):
        return "keyword"
    return "function" if begins else None


def _command_follows(found: re.Match[str], type_: TokenType | None, *, begins: bool) -> bool:
    if found["operator"]:
        return True
    if type_ == "keyword":
        return found[0] in _BEFORE_COMMANDS
    # Redirections and variables may be set before a command.
    return begins and bool(found["heredoc"] or found["redirection"] or found["assigned"])


def _double_quoted(script: str, start: int) -> Iterator[Token]:
    """The parts of a string in double quotes."""
    part, at = start, start + 1
    for found in re.compile(_IN_DOUBLE_QUOTES, re.DOTALL).finditer(script, at):
        at = found.end()
        if found["variable"]:
            yield Token(part, found.start(), "string")
            yield Token(found.start(), at, "variable")
            part = at
        if found["end"]:
            break
    if at > part:
        yield Token(part, at, "string")


def _end_of_heredoc(script: str, at: int, delimiter: str) -> int:
    while at < len(script):
        end = script.find("\n", at)
        end = len(script) if end < 0 else end
        line, at = script[at:end].lstrip("\t"), min(end + 1, len(script))
        if line == delimiter:
            break
    return at
