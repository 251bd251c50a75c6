"""The one mistake for which a script can't be parsed, out of all that shellcheck says of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from validator.finding import Span
from validator.shell.shellcheck import Comment

# Where shellcheck stopped; 1073 is where the part begins that it can't parse.
_STOPS = (1072, 1070, 1088, 1089)
_STOPPED = {*_STOPS, 1073}

# Comments that name the mistake at its place, the most telling first.
_CAUSES = {
    1017: "remove the carriage return after {token}",
    1010: "add `;` or a line break before {token}",
    1075: "`else if` begins another `if`, which needs its own `fi`; write `elif`",
    1045: "`&;` is not valid; write only `&`",
    1133: "a line can't begin with {token}; put it at the end of the line before",
    1039: "remove the space before this end of the here-document",
    1044: "this here-document is never ended: no line is only {token}",
    1069: "add a space before {token}",
    1054: "add a space after `{{`",
    1035: "add a space after {token}",
    1020: "add a space before `]`",
    1137: "this `for ((` needs `))`",
    1140: "{token} is unexpected after the test",
    1046: "this `if` is never closed by `fi`",
    1049: "this `if` has no `then`",
    1050: "`then` is missing before {token}",
    1061: "this `do` is never closed by `done`",
    1057: "this loop has no `do`",
    1058: "`do` is missing before {token}",
    1048: "there is no command before {token}; write `true` to do nothing",
    1060: "there is no command after {token}; write `true` to do nothing",
    1074: "`;;` is missing before this case",
    1065: "`(` after a word begins a function; quote or escape it",
    1036: "`(` is not allowed here; quote or escape it",
    1089: "{token} is unexpected: nothing before it needs it",
    1070: "{token} is unexpected",
    1088: "{token} is unexpected",
}

# Constructs that are never closed, by what shellcheck calls them: their beginning.
_OPENINGS = {
    "single quoted string": "'",
    "double quoted string": '"',
    "backtick expansion": "`",
    "command expansion": "$(",
    "process substitution": "(",
    "parameter expansion": "${",
    "$((..)) expression": "$((",
    "array assignment": "(",
    "explicit subshell": "(",
    "brace group": "{",
    "case expression": "case",
}

_QUOTES = ("single quoted string", "double quoted string")

# Where bash takes as words what shellcheck can't parse, so that the script fails later, if at all.
_UNCERTAIN_PARTS = (
    "test expression",
    "here document",
    "escaped char",
    "$((..)) expression",
    "$[..] expression",
)
_UNCERTAIN = {
    *(1014, 1017, 1020, 1026, 1033, 1034, 1035),
    *(1039, 1041, 1042, 1044, 1054, 1080, 1137, 1140),
}
_INNER_SCRIPT = r"\btrap\s|`"
_ODD_LOOP = r"for\s+\w*[^\w\s(]"
_ODD_WORD = r"\}[^\s;&|)]|\][})]"

_WORD = r"[\w.-]+|[;&|<>]+|\S"
_COMMENTS_TO_THE_END = r"\s*(?:#[^\n]*(?:\n\s*|\Z))*\Z"
_OPERATOR = rf"(&&|\|\|?){_COMMENTS_TO_THE_END}"


class SyntaxMistake(NamedTuple):
    """Why a script can't be parsed, at the place where it is to be fixed.

    `span` is in characters of the script. `code` is that of shellcheck's page on it. `certain` says
    that bash can't parse the script either; otherwise it can, and what is there fails when it runs,
    or is at least not what was meant.
    """

    span: Span
    message: str
    code: int
    certain: bool


def syntax_mistake(script: str, comments: Sequence[Comment]) -> SyntaxMistake | None:
    """The mistake at which shellcheck stopped to parse a script; None if it parsed all of it.

    What else is to be reported are the `others`.
    """
    said: dict[int, Comment] = {}
    for comment in comments:
        said.setdefault(comment.code, comment)
    if not said.keys() & _STOPPED:
        return None
    part, expected = _part(said), _expected(said)
    certain = _certain(script, said, part)
    if part in _QUOTES and expected:
        # Where one quote is never closed, the wrong one is mostly before the one at the end.
        cause = said.get(1078) or said.get(1011) or said.get(1073)
        if cause is not None:
            opening = _OPENINGS[part] if cause.code != 1011 else "'"
            message = (
                "this `'` ends the string that it is in; another one is never closed"
                if cause.code == 1011
                else f"this `{opening}` is never closed"
            )
            return SyntaxMistake(_from(script, cause, len(opening)), message, cause.code, certain)
    for code, message in _CAUSES.items():
        if code in said:
            span = _token(script, _place(script, said[code]))
            token = f"`{script[span.start : span.end]}`" if span.end > span.start else "the end"
            return SyntaxMistake(span, message.format(token=token), code, certain)
    return _elsewhere(script, said, part, expected, certain)


def others(comments: Sequence[Comment]) -> tuple[Comment, ...]:
    """The comments that are not about the syntax mistake, if there is one, nor follow from it.

    There are some only if the part that can't be parsed is a script in a string.
    """
    if not any(comment.code in _STOPPED for comment in comments):
        return tuple(comments)
    return tuple(comment for comment in comments if comment.code >= 2000)


def _elsewhere(
    script: str, said: dict[int, Comment], part: str, expected: str, certain: bool
) -> SyntaxMistake:
    """The mistake by the places where the part begins that can't be parsed, and where it stops."""
    stop = said.get(1072)
    opening = _OPENINGS.get(part)
    at_end = stop is None or re.match(_COMMENTS_TO_THE_END, script[stop.span.start :]) is not None
    if opening is not None and 1073 in said and (at_end or "close" in expected or 1056 in said):
        closed = f"this `{opening}` is never closed"
        if part == "brace group":
            closed += ": `}` needs `;` or a line break before it"
        elif part == "case expression":
            closed += " by `esac`"
        return SyntaxMistake(_from(script, said[1073], len(opening)), closed, 1073, certain)
    place = stop or said[1073]
    before = re.search(_OPERATOR, script[: place.span.start])
    if before is not None:
        message = f"a command is missing after `{before[1]}`"
        return SyntaxMistake(Span(*before.span(1)), message, place.code, certain)
    span = _token(script, place.span.start)
    word = script[span.start : span.end]
    if part == "redirection":
        message = f"a file name is missing after `{word}`"
    elif at_end:
        message = "the script ends here, and is not complete"
    elif part == "test expression":
        message = f"`{word}` is unexpected in this test"
    else:
        message = f"`{word}` is unexpected here"
    return SyntaxMistake(span, message, place.code, certain)


def _part(said: dict[int, Comment]) -> str:
    """What shellcheck calls the part that it can't parse."""
    found = re.search(r"parse this (.+?)\. Fix", said[1073].message) if 1073 in said else None
    return found[1] if found is not None else ""


def _expected(said: dict[int, Comment]) -> str:
    """What shellcheck expected where it stopped, in its words."""
    return said[1072].message.partition("Fix any")[0].strip() if 1072 in said else ""


def _certain(script: str, said: dict[int, Comment], part: str) -> bool:
    """Whether bash can't parse the script either."""
    around = said[1009].message if 1009 in said else ""
    if said.keys() & _UNCERTAIN or part == "variable assignment":
        return False
    if any(each in part + around for each in _UNCERTAIN_PARTS):
        return False
    stop = next((said[code].span.start for code in _STOPS if code in said), None)
    if stop is None:
        return False
    for code in (1009, 1073):
        if code in said and re.match(_ODD_LOOP, script[said[code].span.start :]):
            return False
    # Scripts in strings, such as that of `trap`, are parsed too, but only by shellcheck.
    inner = part in _QUOTES or re.search(_INNER_SCRIPT, script[:stop]) or max(said) >= 2000
    if stop < len(script) and inner:
        return False
    return re.search(_ODD_WORD, script[max(0, stop - 1) : stop + 2]) is None


def _place(script: str, comment: Comment) -> int:
    """Where the mistake that a comment is about begins."""
    start = comment.span.start
    if comment.code == 1065:
        # It is put on what follows the parenthesis.
        return max(0, script.rfind("(", 0, start))
    # That is put after the bracket.
    return start - 1 if comment.code == 1020 else start


def _from(script: str, comment: Comment, length: int) -> Span:
    start = comment.span.start
    return Span(start, min(len(script), start + length))


def _token(script: str, offset: int) -> Span:
    """The word or operator at an offset, or the last before it if its line ends there."""
    found = re.compile(rf"[ \t]*({_WORD})").match(script, offset)
    if found is None:
        words = list(re.finditer(_WORD, script[:offset]))
        found = words[-1] if words else None
        return Span(*found.span()) if found is not None else Span(offset, offset)
    return Span(*found.span(1))
