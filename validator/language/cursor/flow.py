"""Find out what is around an offset in a list or mapping in brackets."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from validator.finding import Span
from validator.language.cursor.lines import unquoted
from validator.parsing.nodes import Path

# A quote that is not closed ends with its line: the author is still typing.
_TOKEN = re.compile(
    r"""(?P<string>"(?:[^"\\\r\n]|\\[^\r\n])*"?|'(?:[^'\r\n]|'')*'?)
    |(?P<comment>(?:^|(?<=[\s,\[\]{}]))\#[^\r\n]*)
    |(?P<mark>[\[\]{},]|:(?=[\s,\[\]{}]|$)|(?<=["'])[ \t]*:)
    |(?P<plain>(?:[^\s\[\]{},:]|:(?=[^\s,\[\]{}]))(?:[^\[\]{},:\r\n\#]|:(?=[^\s,\[\]{}])|(?<=\S)\#)*)""",
    re.VERBOSE | re.MULTILINE,
)
# Maximum number of characters to search after the cursor for other members.
_AHEAD = 10_000


class Word(NamedTuple):
    """A scalar as it is written, including quotes."""

    span: Span
    text: str


@dataclass
class _Frame:
    """An open bracket: the key whose value comes next, and the last scalar."""

    bracket: str
    key: str | None = None
    word: Word | None = None
    filled: bool = False
    names: list[Word] = field(default_factory=list)


@dataclass(frozen=True)
class Inside:
    """The position of an offset in brackets.

    `path` leads from the outer bracket's value to the innermost list or mapping, `key` is the key
    whose value contains the offset, None if it is in a key or in a list's entry. `word` is the
    scalar around or before the offset, None if there is none; `others` are the other keys of the
    mapping, or entries of the list; `colon` says whether a colon follows the word.
    """

    bracket: str
    path: Path
    key: str | None
    word: Word | None
    others: tuple[str, ...]
    colon: bool
    comment: bool = False
    filled: bool = False


def inside(text: str, start: int, offset: int, end: int) -> Inside | None:
    """The position of an offset in the brackets that open at `start`; None if they close before.

    `end` is where the brackets end at the latest, even if they are not closed.
    """
    stack: list[_Frame] = []
    here: Inside | None = None
    top: _Frame | None = None
    for token in _TOKEN.finditer(text, start, min(end, offset + _AHEAD)):
        if top is None and token.start() >= offset and not _touches(token, offset):
            if not stack:
                return None
            here, top = _here(stack), stack[-1]
        if top is None and token.lastgroup == "comment" and token.start() < offset <= token.end():
            return Inside("", (), None, None, (), False, comment=True)
        closed = _take(stack, token)
        if not stack or (top is not None and closed is top):
            break
    if top is None:
        if not stack:
            return None
        here, top = _here(stack), stack[-1]
    assert here is not None
    if top.word is not None and top.word not in top.names and top.bracket == "[":
        top.names.append(top.word)
    word = here.word
    others = tuple(unquoted(each.text) for each in top.names if each != word)
    colon = word is not None and top.bracket == "{" and word in top.names
    return Inside(
        here.bracket, here.path, here.key, word, others, colon, filled=here.filled and word is None
    )


def _touches(token: re.Match[str], offset: int) -> bool:
    return token.lastgroup in ("plain", "string") and token.start() == offset


def _here(stack: list[_Frame]) -> Inside:
    path = tuple(0 if frame.bracket == "[" else frame.key or "" for frame in stack[:-1])
    top = stack[-1]
    return Inside(top.bracket, path, top.key, top.word, (), colon=False, filled=top.filled)


def _take(stack: list[_Frame], token: re.Match[str]) -> _Frame | None:
    """Process one token; returns the bracket that it closes, if any."""
    kind, text = token.lastgroup, token[0].strip()
    if kind == "mark" and text in "[{":
        stack.append(_Frame(text))
        return None
    if kind == "comment" or not stack:
        return None
    top = stack[-1]
    if kind != "mark":
        written = token[0].rstrip()
        top.word = Word(Span(token.start(), token.start() + len(written)), written)
    elif text == ":":
        if top.bracket == "{" and top.word is not None and top.key is None:
            top.names.append(top.word)
            top.key, top.word = unquoted(top.word.text), None
    else:
        if top.bracket == "[" and top.word is not None:
            top.names.append(top.word)
        top.key, top.word, top.filled = None, None, False
        if text != ",":
            stack.pop()
            if stack:
                stack[-1].word, stack[-1].filled = None, True
            return top
    return None
