"""What is wrong where YAML can't be read, in words that say what to do."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from validator.finding import Note, Problem, Span
from validator.wording import quoted

_RULE = "yaml-syntax"


def describe(error: Exception, text: str) -> Problem:
    """The problem of an error that the YAML parser raised for `text`."""
    cause: str = getattr(error, "problem", None) or "it can't be read"
    at = _index(getattr(error, "problem_mark", None), text)
    start = _index(getattr(error, "context_mark", None), text)
    for beginning, explain in _CAUSES.items():
        if cause.startswith(beginning):
            return explain(text, at, start)
    return Problem(_RULE, f"this is not YAML: {cause}", _character(text, at))


def _index(mark: Any, text: str) -> int:
    return len(text) if mark is None else min(mark.index, len(text))


def _character(text: str, at: int) -> Span:
    """The character at an offset; at the end of the text, the last one that is not blank."""
    if at >= len(text):
        at = max(len(text.rstrip()) - 1, 0)
    return Span(at, min(at + 1, len(text)))


def _line(text: str, at: int) -> Span:
    """The line around an offset, without the blanks around what it holds."""
    start = max(text.rfind("\n", 0, at), text.rfind("\r", 0, at)) + 1
    found = re.compile(r"[^\r\n]*").match(text, start)
    line = found[0] if found else ""
    start += len(line) - len(line.lstrip())
    return Span(start, start + len(line.strip()))


def _second_colon(text: str, at: int, _start: int) -> Problem:
    line = _line(text, at)
    before = text[line.start : at]
    if re.search(r":\s", before):
        message = "a `: ` inside an unquoted value; put quotes around the value"
        return Problem(_RULE, message, _character(text, at))
    message = (
        f"the key {quoted(before.strip())} is not in line with the keys around it; "
        "check its indentation"
    )
    return Problem(_RULE, message, Span(line.start, max(at, line.start + 1)))


def _wrong_beginning(text: str, at: int, _start: int) -> Problem:
    span = _character(text, at)
    if text[span.start : span.end] == "\t":
        found = re.compile(r"\t+").match(text, span.start)
        message = "a tab can't indent YAML; use spaces"
        return Problem(_RULE, message, Span(*found.span()) if found else span)
    character = quoted(text[span.start : span.end])
    message = f"a value can't begin with {character}; put quotes around the value"
    return Problem(_RULE, message, span)


def _no_colon(text: str, _at: int, start: int) -> Problem:
    message = (
        "this line is neither a `key: value` nor a part of the value above it; "
        "check its indentation"
    )
    return Problem(_RULE, message, _line(text, start))


def _unclosed_quote(text: str, _at: int, start: int) -> Problem:
    return Problem(_RULE, "this quote is never closed", _character(text, start))


def _unclosed_bracket(text: str, at: int, start: int) -> Problem:
    bracket = _character(text, start)
    opened = text[bracket.start : bracket.end]
    closing = "]" if opened == "[" else "}"
    message = f"this `{opened}` is not closed by a `{closing}`, or a comma is missing in it"
    return Problem(
        _RULE,
        message,
        bracket,
        notes=(Note(_character(text, at), f"a `,` or `{closing}` is expected here"),),
    )


def _no_key(text: str, at: int, start: int) -> Problem:
    line = _line(text, at)
    before = text[line.start : at].rstrip()
    if before.endswith(("'", '"')):
        message = "text after a closing quote; put the whole value inside the quotes"
        return Problem(_RULE, message, Span(at, line.end))
    message = "this line is not in line with the keys above it; check its indentation"
    note = Note(_line(text, start), "the keys that it does not fit begin here")
    return Problem(_RULE, message, line, notes=(note,))


def _no_entry(text: str, at: int, start: int) -> Problem:
    message = "a list stands above: give another `- ` entry, or change the indentation"
    note = Note(_line(text, start), "the list begins here")
    return Problem(_RULE, message, _line(text, at), notes=(note,))


def _unknown_escape(text: str, at: int, _start: int) -> Problem:
    span = Span(at, min(at + 2, len(text)))
    message = (
        f"{quoted(text[span.start : span.end])} is no escape sequence; "
        "write the backslash twice, or use single quotes"
    )
    return Problem(_RULE, message, span)


def _nesting(text: str, at: int, _start: int) -> Problem:
    return Problem("too-deep", "nested too deep to be read", _character(text, at))


# By how the parser's own words begin.
_CAUSES: dict[str, Callable[[str, int, int], Problem]] = {
    "mapping values are not allowed": _second_colon,
    "found character that cannot start any token": _wrong_beginning,
    "could not find expected ':'": _no_colon,
    "found unexpected end of stream": _unclosed_quote,
    "found unexpected document indicator": _unclosed_quote,
    "did not find expected ',' or": _unclosed_bracket,
    "did not find expected key": _no_key,
    "did not find expected '-' indicator": _no_entry,
    "found unknown escape character": _unknown_escape,
    "exceeded maximum nesting depth": _nesting,
}
