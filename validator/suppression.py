"""Comments that suppress findings: `# automation-validator: ignore[rule-a, rule-b] reason`.

A comment at the end of a line applies to that line; on a line of its own, to the next line that
contains more than a comment. If a string of several lines begins there, such as a script, it
applies to the whole string. `ignore-file[...]`, before the first key, applies to the whole file.
Codes of shellcheck, such as `SC2086`, are suppressed like rules.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import NamedTuple

from validator.editing import edits
from validator.finding import Edit, Fix, Problem, Severity, Span
from validator.parsing.nodes import Node
from validator.parsing.scalars import Scalars
from validator.parsing.text import MARKER, Text
from validator.rules import BLOCKING, INDEX, MERGED, is_code
from validator.wording import did_you_mean, quoted

_COMMENT = re.compile(
    r"(?<!\S)#[^\S\r\n]*automation-validator:[^\S\r\n]*"
    r"(?P<verb>[\w-]*)(?:\[(?P<names>[^\]\r\n]*)\])?"
)
_NAME = re.compile(r"[^,\s]+")

OUT_OF_REACH = BLOCKING | {n for n, entry in INDEX.items() if entry.ignored_by != "comments"}
"""The rules whose findings no comment suppresses, among them blocking ones."""


class _Suppression(NamedTuple):
    """A comment: its place, the line it applies to (None: all), its rule names and their places.

    `reason` says whether the author wrote more after the names.
    """

    span: Span
    line: int | None
    names: dict[str, Span]
    reason: bool


def apply(
    problems: list[Problem],
    text: Text,
    root: Node | None,
    is_used: Callable[[str], bool],
    is_own: Callable[[str], bool] = lambda _: False,
) -> tuple[list[Problem], int]:
    """The problems that no comment suppresses, with those of the comments themselves.

    `problems` are all those of the document, including ones of disabled rules. `is_used` says
    whether a rule, or a code, is enabled and was run: an unused suppression of another is not
    reported.
    `is_own` says whether a name is that of a rule of the configuration's own.
    Nor is one in a document with errors, which can keep a rule from finding what is suppressed.
    Also returns the number of suppressed problems of enabled rules.
    """
    scalars = Scalars(text, root)
    found, invalid = _read(text, root, scalars, is_own)
    if root is None:
        # In a document that can't be parsed, it may be text that only looks like a comment.
        invalid = [each._replace(fixes=()) for each in invalid]
    covering: dict[tuple[int | None, str], _Suppression] = {}
    for each in found:
        for name in each.names:
            covering.setdefault((each.line, name), each)
    effective: set[tuple[Span, str]] = set()
    kept: list[Problem] = []
    suppressed = 0
    for problem in problems:
        lines = (*scalars.lines_of(problem.span), None)
        known_as = (problem.rule, problem.code) if problem.code else (problem.rule,)
        by = ((covering[line, n], n) for n in known_as for line in lines if (line, n) in covering)
        first = next(by, None)
        if first is None:
            kept.append(problem)
        else:
            comment, name = first
            effective.add((comment.span, name))
            suppressed += is_used(problem.rule)
    unused: list[Problem] = []
    # No error of one's own keeps another rule from finding something.
    concluded = all(each.own or INDEX[each.rule].severity < Severity.ERROR for each in problems)
    for each in found if concluded else ():
        names = [n for n in each.names if is_used(n) and (each.span, n) not in effective]
        unused += _unused(each, names, text)
    return kept + invalid + unused, suppressed


def _read(
    text: Text, root: Node | None, scalars: Scalars, is_own: Callable[[str], bool]
) -> tuple[list[_Suppression], list[Problem]]:
    """The valid suppressions of a text, and the problems of the others."""
    found: list[_Suppression] = []
    invalid: list[Problem] = []
    unknown: list[tuple[str, Span]] = []
    line, targets = 0, dict[int, int]()

    def is_known(name: str) -> bool:
        return name in INDEX or is_code(name) or is_own(name)

    for comment in _COMMENT.finditer(text.value):
        span = Span(*comment.span())
        if scalars.contains(span.start):
            if _is_meant(comment, text, is_known):
                invalid.append(_invalid(_INSIDE, span))
            continue
        rest = text.value[span.end : text.line_span(text.position(span.start).line).end]
        verb, names = comment["verb"], comment["names"]
        if verb not in ("ignore", "ignore-file") or not names or not names.strip():
            invalid.append(_invalid(_NO_NAMES, span))
            continue
        places = {
            name[0]: Span(*(comment.start("names") + offset for offset in name.span()))
            for name in _NAME.finditer(names)
        }
        unknown += [each for each in places.items() if not is_known(each[0])]
        invalid += [_blocking(name, at) for name, at in places.items() if name in BLOCKING]
        known = {n: at for n, at in places.items() if is_known(n) and n not in BLOCKING}
        if verb == "ignore-file":
            if root is not None and span.start > root.start:
                invalid.append(_invalid(_TOO_LATE, span))
                continue
            found.append(_Suppression(span, None, known, bool(rest.strip())))
        else:
            here = text.position(span.start).line
            target = here if here == line else _target(text, here, span, targets)
            found.append(_Suppression(span, target, known, bool(rest.strip())))
            line = here
    return found, invalid + _unknown(unknown)


def names(
    text: Text, root: Node | None, is_own: Callable[[str], bool] = lambda _: False
) -> list[tuple[str, Span]]:
    """The names of rules, and codes, in valid suppressions, with their places in the text."""
    found, _ = _read(text, root, Scalars(text, root), is_own)
    return [place for each in found for place in each.names.items()]


def _target(text: Text, own: int, span: Span, targets: dict[int, int]) -> int:
    """The number of the line that the first comment of a line applies to.

    `targets` caches the result for the lines in between, so that a long run of comments is read
    only once.
    """
    number = own
    if text.value[text.starts[number - 1] : span.start].strip():
        return number
    while number not in targets and number < len(text.starts):
        number += 1
        line = text.line(number).strip()
        if line and not line.startswith("#"):
            break
    target = targets.get(number, number)
    targets.update(dict.fromkeys(range(own, number), target))
    return target


def _is_meant(comment: re.Match[str], text: Text, is_known: Callable[[str], bool]) -> bool:
    """Whether a comment in a script, which does nothing there, was meant for this program."""
    start = text.line_span(text.position(comment.start()).line).start
    alone = not text.value[start : comment.start()].strip()
    names = _NAME.findall(comment["names"] or "")
    return alone and comment["verb"] == "ignore" and any(map(is_known, names))


_INSIDE = "in a script this comment does nothing; put it above the script's key, for all of it"
_NO_NAMES = (
    "this comment suppresses nothing; write `ignore[rule]`, or `ignore-file[rule]` at the top"
)
_TOO_LATE = "`ignore-file` has no effect below the first key; move it to the top"


def _invalid(message: str, span: Span) -> Problem:
    return Problem("invalid-suppression", message, span)


def _blocking(name: str, span: Span) -> Problem:
    message = f"{quoted(name)} can't be suppressed: the document was not completely checked"
    return _invalid(message, span)


def _unknown(names: list[tuple[str, Span]]) -> list[Problem]:
    """Problems of names that no rule has."""
    if not names:
        return []
    # Needed only for a misspelt name.
    from validator.likeness import Likeness, Vocabulary

    problems: list[Problem] = []
    known = Vocabulary(sorted(INDEX), [name for name, _ in names])
    for name, span in names:
        # Codes are in capital letters.
        near = (
            Likeness((name.upper(),), slip=True) if is_code(name.upper()) else known.nearest(name)
        )
        lists = "`automation-validator rules` lists them"
        advice = did_you_mean(near.names) if near.names else lists
        message = f"unknown rule {quoted(name)}; {advice}"
        fixes = tuple(
            Fix(f"Write {quoted(each)}", (Edit(span, each),), near.slip) for each in near.names
        )
        problems.append(Problem("invalid-suppression", message, span, fixes=fixes))
    return problems


def _unused(suppression: _Suppression, names: list[str], text: Text) -> list[Problem]:
    """The problems of rule names that suppress nothing in a comment."""
    if not names:
        return []
    if len(names) == len(suppression.names):
        # A reason is the author's own text: removing it is unsafe.
        edit = Edit(_whole(suppression.span, text), "")
        fix = Fix("Remove the comment", (edit,), safe=not suppression.reason)
        return [_no_effect(name, suppression.names[name], fix) for name in names]
    problems = []
    order = list(suppression.names)
    for name in names:
        span = suppression.names[name]
        index = order.index(name)
        if index:
            removed = Span(suppression.names[order[index - 1]].end, span.end)
        else:
            removed = Span(span.start, suppression.names[order[1]].start)
        fix = Fix(f"Remove {quoted(name)}", (Edit(removed, ""),))
        problems.append(_no_effect(name, span, fix))
    return problems


def _no_effect(name: str, span: Span, fix: Fix) -> Problem:
    message = f"{quoted(name)} suppresses nothing here; remove it"
    return Problem("unused-suppression", message, span, fixes=(fix,))


def _whole(span: Span, text: Text) -> Span:
    """A comment to the end of its line, with the spaces before it, or its whole line if alone."""
    line = text.line_span(text.position(span.start).line)
    start = span.start
    while start > line.start and text.value[start - 1] in " \t":
        start -= 1
    if start > line.start:
        return Span(start, line.end)
    line_end = re.compile(r"\r\n|\n|\r|").match(text.value, line.end)
    assert line_end is not None
    return Span(start, line_end.end())


class NewComments:
    """The comments that can be put into a document; `root` is its node tree."""

    def __init__(self, text: Text, root: Node) -> None:
        self._text = text
        self._root = root
        self._scalars = Scalars(text, root)

    def line(self, rule: str, at: int) -> Edit | None:
        """Suppress a rule at an offset, by a comment above its line, or above a whole script.

        None where there is no such line: what is put inside a scalar is text.
        """
        start = self._above(at)
        return None if start is None else self._insertion(start, [("ignore", [rule])], "")

    def file(self, rule: str) -> Edit:
        """Suppress a rule in the whole document, by a comment above its first key."""
        return self._insertion(self._top, [("ignore-file", [rule])], "")

    def all(self, found: Iterable[tuple[str, int]], reason: str = "") -> list[Edit]:
        """Suppress each rule at an offset, with one comment per line and one for the document.

        `reason` is put at the end of each comment. A rule with only one finding per document is
        suppressed in all of it.
        """
        wanted: dict[int, dict[str, dict[str, None]]] = {}
        for rule, at in found:
            start = None if rule in MERGED else self._above(at)
            place, verb = (self._top, "ignore-file") if start is None else (start, "ignore")
            wanted.setdefault(place, {}).setdefault(verb, {})[rule] = None
        return [
            self._insertion(
                start,
                # What is for the whole document comes first.
                [(verb, sorted(names)) for verb, names in sorted(verbs.items(), reverse=True)],
                reason,
            )
            for start, verbs in sorted(wanted.items())
        ]

    @property
    def _top(self) -> int:
        """The start of the line of the first key."""
        return self._text.starts[self._text.position(self._root.start).line - 1]

    def _above(self, at: int) -> int | None:
        """The start of the line above which a comment applies to an offset, if there is one."""
        for line in self._scalars.lines_of(Span(at, at)):
            start = self._text.starts[line - 1]
            if not self._scalars.contains(start):
                return start
        return None

    def _insertion(self, start: int, comments: list[tuple[str, list[str]]], reason: str) -> Edit:
        line = self._text.line(self._text.position(start).line)
        indentation = line[: len(line) - len(line.lstrip(" "))]
        end = f"{' ' * bool(reason)}{reason}{edits.line_break(self._text.value)}"
        made = (
            f"{indentation}# {MARKER} {verb}[{', '.join(each)}]{end}" for verb, each in comments
        )
        return Edit(Span(start, start), "".join(made))
