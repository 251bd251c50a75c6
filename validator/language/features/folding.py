"""Folding: sections, items, fields of many lines, scripts, and runs of comments."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

from validator.finding import Span
from validator.language.cursor import lines
from validator.parsing.text import Text


@dataclass(frozen=True)
class Fold:
    """Whole lines that can be folded into the first of them.

    `span` goes from the beginning of the first line to the end of the last, without the line break.
    """

    span: Span
    kind: Literal["region", "comment"] = "region"


class _Open(NamedTuple):
    """A line that may contain the lines after it; `empty` says whether a list can follow it."""

    column: int
    number: int
    empty: bool


def folds(text: Text) -> tuple[Fold, ...]:
    """The folds of a text, found by indentation alone, in the order of the first lines."""
    found: list[Fold] = []
    stack: list[_Open] = []
    script: int | None = None
    last = comment = comments = 0

    def fold(first: int, end: int, kind: Literal["region", "comment"] = "region") -> None:
        if end > first:
            start = text.starts[first - 1]
            found.append(Fold(Span(start, text.starts[end - 1] + len(text.line(end))), kind))

    for number in range(1, len(text.starts) + 1):
        line = text.line(number)
        indent = lines.indentation(line)
        if not line.strip(" \t"):
            continue
        if script is not None and indent > script:
            last = number
            continue
        if lines.is_blank(line):
            if comments and comment == number - 1:
                comment = number
            else:
                fold(comments, comment, "comment")
                comments = comment = number
            continue
        script = None
        parts = lines.elements(line)
        dash = parts[0].kind == "dash"
        while stack and (
            stack[-1].column > indent
            or (stack[-1].column == indent and not (dash and stack[-1].empty))
        ):
            fold(stack.pop().number, last)
        last = number
        kind, _ = lines.value(line, parts[-1].end if parts[-1].kind != "text" else parts[-1].column)
        if kind == "script":
            script = indent
        empty = parts[-1].kind == "key" and kind == "none" and not dash
        stack.append(_Open(indent, number, empty))
    fold(comments, comment, "comment")
    while stack:
        fold(stack.pop().number, last)
    return tuple(sorted(found, key=lambda each: each.span))
