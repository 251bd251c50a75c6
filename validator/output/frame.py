"""A finding for people: a headline, and the code that it is about, underlined."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import attrgetter

from validator.display import LEAST_WIDTH, columns, excerpt, visible, where, wrap
from validator.finding import Finding, Place, Related, Severity
from validator.output.marks import fixable_mark
from validator.output.repeats import item
from validator.parsing.text import Text
from validator.report import Report
from validator.wording import counted, first_names, parted, phrase, quoted

_MAX_RELATED = 10
_COLORS = {Severity.ERROR: "1;31", Severity.WARNING: "1;33", Severity.HINT: "1;36"}
_BOLD = "1"
_DIM = "2"
_FIXABLE = "36"
# Plain blue is hard to read on black.
_BLUE = "94"
_USUAL_WIDTH = 100
_ENDLESS = 1_000_000
_INDENT = 4
"""Columns before the further lines of a message."""


class Frames:
    """Shows findings on lines of about `width` columns.

    If that is None, each message is on one line, for programs that search in lines.

    `color` says whether to use colours, `links` whether a rule's name is a hyperlink to its page.
    `unsafe` says whether findings with only an unsafe fix are marked as fixable too.
    """

    def __init__(
        self, *, color: bool, links: bool, width: int | None, unsafe: bool = False
    ) -> None:
        self._color = color
        self._links = links
        self._width = max(width or _USUAL_WIDTH, LEAST_WIDTH)
        self._message_width = self._width if width else _ENDLESS
        self._unsafe = unsafe

    def show(self, report: Report, finding: Finding, repeats: Sequence[Finding] = ()) -> str:
        """`path:line:column: severity[rule]: message`, and each place with its line of code.

        A fixable finding has the mark `[*]` before its message. What the message says after `; ` is
        on a line of its own, after `help:`.
        `repeats` are findings with the same message; only their places are added, as `line:column`.
        """
        return "\n".join(self._lines(report, finding, repeats))

    def _lines(self, report: Report, finding: Finding, repeats: Sequence[Finding]) -> Iterator[str]:
        related = finding.related[:_MAX_RELATED]
        numbers = [each.place.start.line for each in related if each.place is not None]
        # The messages of another program are not in two parts.
        message, help_ = (finding.message, "") if finding.code else parted(finding.message)
        yield from self._headline(report, finding, message)
        if finding.place is not None:
            numbers.append(finding.place.start.line + 1)
        margin = len(str(max(numbers, default=1)))
        if finding.place is not None:
            color = _COLORS[finding.severity]
            yield from self._frame(report.text, finding.place, margin, "^", color)
        bar = f"{' ' * margin} {self._style('=', _BLUE)}"
        for message, group in groupby(related, key=attrgetter("message")):
            places = list(group)
            if len(places) > 1:
                listed = ", ".join(map(_related_place, places))
                yield from self._noted(f"{visible(message)}: {listed}", margin)
            elif places[0].place is None:
                yield f"{bar} {visible(message)}: {_related_place(places[0])}"
            else:
                yield f"{bar} {visible(message)}:"
                yield from self._frame(report.text, places[0].place, margin, "-", _BLUE)
        if len(finding.related) > _MAX_RELATED:
            left = len(finding.related) - _MAX_RELATED
            yield f"{bar} and {counted(left, 'more place')}"
        if help_:
            yield from self._helped(help_, margin)
        if repeats:
            same = first_names([_place(each, finding) for each in repeats], str)
            yield from self._noted(f"the same at {phrase(same, 'and')}", margin)

    def _noted(self, note: str, margin: int) -> Iterator[str]:
        """A note on several places, given without code."""
        # Few findings have one.
        import textwrap

        width = self._width - margin - 3
        # References may contain hyphens: break lines only at spaces.
        lines = textwrap.wrap(note, width, break_long_words=False, break_on_hyphens=False)
        yield f"{' ' * margin} {self._style('=', _BLUE)} {lines[0]}"
        yield from (f"{' ' * margin}   {line}" for line in lines[1:])

    def _headline(self, report: Report, finding: Finding, message: str) -> Iterator[str]:
        place = where(report.path, finding)
        mark = fixable_mark(finding, unsafe=self._unsafe)
        taken = columns(f"{place}: {finding.severity}[{finding.rule}]:{mark}")
        first, *others = wrap(f" {visible(message)}", self._message_width, _INDENT, taken)
        rule = self._link(finding.rule, finding.address)
        severity = self._style(f"{finding.severity}[{rule}]", _COLORS[finding.severity])
        mark = self._style(mark, _FIXABLE)
        yield f"{place}: {severity}:{mark}{self._style(first, _BOLD)}"
        for line in others:
            yield self._style(line, _BOLD)

    def _helped(self, text: str, margin: int) -> Iterator[str]:
        """What helps, on lines of its own."""
        name = "help:"
        before = margin + 3
        width = self._message_width
        first, *others = wrap(f" {visible(text)}", width, before, before + len(name))
        yield f"{' ' * margin} {self._style('=', _BLUE)} {self._style(name, _BOLD)}{first}"
        yield from others

    def _frame(self, text: Text, place: Place, margin: int, mark: str, color: str) -> list[str]:
        """The line where a place begins, with the place underlined."""
        number = place.start.line
        line, start, end = text.near(place, self._width)
        shown, column, count = excerpt(line, start, end, self._width - margin - 3)
        bar = self._style("|", _BLUE)
        underline = self._style(mark * max(count, 1), color)
        if place.end.line > number:
            underline += self._style(f" (to line {place.end.line})", _DIM)
        return [
            f"{self._style(f'{number:>{margin}}', _BLUE)} {bar} {shown}".rstrip(),
            f"{' ' * margin} {bar} {' ' * column}{underline}",
        ]

    def _link(self, text: str, address: str) -> str:
        """A text as a hyperlink, in the control sequence of terminals (OSC 8)."""
        linked = f"\033]8;;{address}\033\\{text}\033]8;;\033\\"
        return linked if self._links and address else text

    def _style(self, text: str, code: str) -> str:
        return f"\033[{code}m{text}\033[0m" if self._color and text else text


def _related_place(related: Related) -> str:
    if related.place is None:
        return visible(related.pointer)
    return f"{related.place.start.line}:{related.place.start.column}"


def _place(repeat: Finding, first: Finding) -> str:
    """The place of a finding that repeats another, with its item if that differs."""
    assert repeat.place is not None
    start = repeat.place.start
    place = f"{start.line}:{start.column}"
    return (
        place if repeat.message == first.message else f"{place} ({visible(quoted(item(repeat)))})"
    )
