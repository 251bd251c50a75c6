"""Scripts whose lines YAML joins, or keeps apart, against what they say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise, takewhile

from validator.finding import Edit, Fix, Note, Problem, Severity, Span
from validator.model.automations import Document
from validator.model.scripts import Field, all_scripts
from validator.parsing.nodes import Scalar
from validator.rule import Rule
from validator.wording import quoted

_COMMANDS = frozenset(
    (  # noqa: SIM905
        "apk apt apt-get bash brew bun bundle cargo cd chmod chown composer corepack cp curl deno "
        "docker docker-compose dotnet echo export flutter gem git go gradle helm java kubectl ln "
        "make mkdir mv mvn mysql nix node npm npx nvm php pip pip3 pipx pnpm poetry printf psql "
        "python python3 rails rake rm rsync ruby sed sh sleep source sudo tar terraform touch "
        "unzip uv wget yarn"
    ).split()
)
_PATH = r"\.{1,2}/\S+"
# A line that goes on: with an operator, an open bracket, or a word that others follow.
_GOES_ON = r"(?:[\\|&;,({]|(?:^|\s)(?:do|then|else|sudo|exec|time|env))\s*$"
_LINE = r"[^\r\n]+"
_LINE_BREAK = r"\r\n|\n|\r"
_OPTION = r"--?[A-Za-z]"
# What a line begins with that goes on with the one before.
_CONTINUES = r"-|&&|\|"
# A comment, or what is quoted and so begins none.
_PIECE = r"""\\.|'[^']*'|"[^"\\]*(?:\\.[^"\\]*)*"|(?:^|(?<=[\s;&|(]))#.*"""


def check(document: Document) -> Iterator[Problem]:
    for field in all_scripts(document):
        if not _is_folded(field.node, document.text):
            continue
        problem = (
            _joined(field, document.text)
            or _swallowed(field, document.text)
            or _broken(field, document.text)
        )
        if problem is not None:
            yield problem


def _is_folded(script: Scalar, text: str) -> bool:
    """Whether YAML may make one line of several in the text."""
    written = text[script.start : script.end]
    return written[:1] != "|" and ("\n" in written or "\r" in written)


def _lines(script: Scalar, text: str) -> list[Span]:
    """The lines that are not blank, without what only says that a folded block begins."""
    lines = _lines_of(script.span, text)
    return lines[1:] if text[script.start] == ">" else lines


def _lines_of(span: Span, text: str) -> list[Span]:
    found = re.compile(_LINE).finditer(text, *span)
    return [Span(*each.span()) for each in found if each[0].strip()]


def _joined(field: Field, text: str) -> Problem | None:
    """The first two commands on lines of their own that are read as one line."""
    lines = _lines(field.node, text)
    least = _least_indentation(field.node, lines, text)
    for one, other in pairwise(lines):
        # A blank line between them, or a deeper one, is a line of its own in the script.
        apart = re.fullmatch(_LINE_BREAK, text[one.end : other.start]) is None
        deeper = least is not None and _is_deeper(one, other, least, text)
        if not (apart or deeper) and _are_commands(text[slice(*one)], text[slice(*other)]):
            return _problem(field, _content(one, text), _content(other, text), text)
    return None


def _are_commands(line: str, next_line: str) -> bool:
    """Whether two lines are each a command of its own."""
    if re.search(_GOES_ON, line) or line.count("'") % 2 or line.count('"') % 2 or "#" in line:
        return False
    return _is_command(line) and _is_command(next_line)


def _is_command(line: str) -> bool:
    word = line.split(None, 1)[0]
    return word in _COMMANDS or re.fullmatch(_PATH, word) is not None


def _least_indentation(script: Scalar, lines: list[Span], text: str) -> int | None:
    """That of the lines of a folded block which are joined; None for another scalar."""
    if text[script.start] != ">":
        return None
    return min((_indentation(each, text) for each in lines), default=0)


def _is_deeper(one: Span, other: Span, least: int, text: str) -> bool:
    return max(_indentation(one, text), _indentation(other, text)) > least


def _indentation(line: Span, text: str) -> int:
    return len(text[slice(*line)]) - len(text[slice(*line)].lstrip())


def _content(line: Span, text: str) -> Span:
    content = text[slice(*line)]
    return Span(line.end - len(content.lstrip()), line.start + len(content.rstrip()))


def _problem(field: Field, one: Span, other: Span, text: str) -> Problem:
    first, second = (quoted(text[slice(*each)]) for each in (one, other))
    message = f"YAML joins these lines, so {second} becomes a part of {first}; {_keep(field, text)}"
    note = Note(one, "this command goes on in the next line")
    fixes = _literal(field.node, text)
    return Problem("script-lines-joined", message, other, field.pointer, (note,), fixes)


def _swallowed(field: Field, text: str) -> Problem | None:
    """The first line that is part of a comment, because it is joined to the line of that."""
    if "#" not in field.text:
        return None
    from validator.shell.source_map import SourceMap

    places = SourceMap(text, field.node)
    if not places.is_exact:
        return None
    for found in re.finditer(_PIECE, field.text):
        if found[0][0] != "#":
            continue
        first, *others = _lines_of(places.span(*found.span()), text)
        joined = (_content(line, text) for line in others)
        # A comment of several lines is one all the same.
        line = next((each for each in joined if text[each.start] != "#"), None)
        if line is not None:
            message = (
                f"YAML joins these lines, so {quoted(text[slice(*line)])} is part of the comment; "
                f"{_keep(field, text)}"
            )
            note = Note(first, "the comment begins here")
            fixes = _literal(field.node, text)
            return Problem("script-lines-joined", message, line, field.pointer, (note,), fixes)
    return None


def _broken(field: Field, text: str) -> Problem | None:
    """The first line with options of a command, in a folded block, that stays a line of its own."""
    lines = _lines(field.node, text)
    least = _least_indentation(field.node, lines, text)
    if least is None:
        return None
    for index, (one, other) in enumerate(pairwise(lines)):
        apart = re.fullmatch(_LINE_BREAK, text[one.end : other.start]) is None
        deeper = _is_deeper(one, other, least, text)
        if apart or not deeper or not _goes_on_with_options(one, other, text):
            continue
        content = _content(other, text)
        message = (
            f"YAML keeps the line break before a deeper line, so {quoted(text[slice(*content)])} "
            "is a command of its own; end the line before it with `\\`"
        )
        from validator.editing import edits

        # What is as deep goes on with it.
        depth = _indentation(one, text)
        more = lines[index + 1 :]
        deep = sum(1 for _ in takewhile(depth.__lt__, (_indentation(each, text) for each in more)))
        added = [_content(each, text).end for each in (one, *more[: deep - 1])]
        made = tuple(Edit(Span(at, at), " \\") for at in added)
        fixes = edits.fixes("End the lines with `\\`", made, safe=False)
        note = Note(_content(one, text), "the command begins here")
        return Problem("script-lines-joined", message, content, field.pointer, (note,), fixes)
    return None


def _goes_on_with_options(one: Span, other: Span, text: str) -> bool:
    """Whether a line begins with an option of the command on the line before it."""
    line, following = text[slice(*one)].strip(), text[slice(*other)].strip()
    if re.search(_GOES_ON, line) or line[:1] in ("#", ""):
        return False
    return re.match(_OPTION, following) is not None


def _keep(field: Field, text: str) -> str:
    """The advice that keeps the lines as they are."""
    if text[field.node.start] == ">":
        return "write `|` instead of `>` to keep the lines"
    return "begin the script with `|`"


def _literal(script: Scalar, text: str) -> tuple[Fix, ...]:
    lines = [text[slice(*line)].strip() for line in _lines(script, text)]
    # Some lines may rely on being joined.
    if text[script.start] != ">" or any(re.match(_CONTINUES, line) for line in lines):
        return ()
    from validator.editing import edits

    mark = Edit(Span(script.start, script.start + 1), "|")
    return edits.fixes("Write `|`", (mark,), safe=False)


_TASK = """\
tasks:
  build:
    name: Build
    command: >
      npm ci
      npm run build
    triggeredBy: [manual]
"""

RULES = (
    Rule(
        name="script-lines-joined",
        severity=Severity.WARNING,
        group="scripts",
        summary="YAML joins lines of a script, or keeps them apart",
        why="After `>`, and in a string without `|`, YAML makes one line of all lines: the second "
        "command becomes words of the first, and a comment goes on to the end. A line that is "
        "indented further stays a line, though it has only options of the command before it. "
        "`|` keeps all lines as they are.",
        bad=_TASK,
        good=_TASK.replace(">", "|"),
        fixable=True,
        check=check,
    ),
)
