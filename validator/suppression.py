"""Comments that suppress findings: `# automation-validator: ignore[rule-a, rule-b] reason`.

At the end of a line, a comment is about that line; on a line of its own, about the next one that
contains more than a comment. If a string of several lines begins there, such as a script, it is
about the whole string. `ignore-file[...]`, before the first key, is about the whole file.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from validator.finding import Edit, Fix, Problem, Severity, Span
from validator.parsing.nodes import Node
from validator.parsing.scalars import Scalars
from validator.parsing.text import Text
from validator.rules import BLOCKING, INDEX
from validator.wording import did_you_mean, quoted

_COMMENT = re.compile(
    r"(?<!\S)#[^\S\r\n]*automation-validator:[^\S\r\n]*"
    r"(?P<verb>[\w-]*)(?:\[(?P<names>[^\]\r\n]*)\])?"
)
_NAME = re.compile(r"[^,\s]+")


class _Suppression(NamedTuple):
    """A comment: its place, the line it is about (None: all), the names with their places.

    `reason` tells whether an author has written more after the names.
    """

    span: Span
    line: int | None
    names: dict[str, Span]
    reason: bool


def apply(
    problems: list[Problem], text: Text, root: Node | None, rules: set[str], used: set[str]
) -> tuple[list[Problem], int]:
    """The problems that no comment suppresses, with those of the comments themselves.

    `problems` are all of the document, also of rules that are not wanted in this run. `rules` are
    the names of all rules, `used` of those that are wanted: that a suppression of another one has
    no effect is no problem. Nor is it in a document with errors, which can keep a rule from
    finding what is suppressed. Also returns how many wanted problems are
    suppressed.
    """
    scalars = Scalars(text, root)
    found, invalid = _read(text, root, scalars, rules)
    if root is None:
        # What can't be read may be text that looks like a comment.
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
        by = (covering.get((line, problem.rule)) for line in lines)
        first = next((each for each in by if each is not None), None)
        if first is None:
            kept.append(problem)
        else:
            effective.add((first.span, problem.rule))
            suppressed += problem.rule in used
    unused: list[Problem] = []
    concluded = all(INDEX[each.rule].severity < Severity.ERROR for each in problems)
    for each in found if concluded else ():
        names = [n for n in each.names if n in used and (each.span, n) not in effective]
        unused += _unused(each, names, text)
    return kept + invalid + unused, suppressed


def _read(
    text: Text, root: Node | None, scalars: Scalars, rules: set[str]
) -> tuple[list[_Suppression], list[Problem]]:
    """The suppressions of a text, and what is wrong with them."""
    found: list[_Suppression] = []
    invalid: list[Problem] = []
    unknown, suppressible = list[tuple[str, Span]](), rules - BLOCKING
    line, targets = 0, dict[int, int]()
    for comment in _COMMENT.finditer(text.value):
        span = Span(*comment.span())
        if scalars.contains(span.start):
            continue
        rest = text.value[span.end : text.line_span(text.position(span.start).line).end]
        verb, names = comment["verb"], comment["names"]
        if verb not in ("ignore", "ignore-file") or not names or not names.strip():
            message = (
                "this comment suppresses nothing; write `ignore[rule]`, or `ignore-file[rule]` "
                "at the top"
            )
            invalid.append(Problem("invalid-suppression", message, span))
            continue
        places = {
            name[0]: Span(*(comment.start("names") + offset for offset in name.span()))
            for name in _NAME.finditer(names)
        }
        unknown += [each for each in places.items() if each[0] not in rules]
        invalid += [_blocking(name, at) for name, at in places.items() if name in BLOCKING]
        known = {name: at for name, at in places.items() if name in suppressible}
        if verb == "ignore-file":
            if root is not None and span.start > root.start:
                message = "`ignore-file` has no effect below the first key; move it to the top"
                invalid.append(Problem("invalid-suppression", message, span))
                continue
            found.append(_Suppression(span, None, known, bool(rest.strip())))
        else:
            here = text.position(span.start).line
            target = here if here == line else _target(text, here, span, targets)
            found.append(_Suppression(span, target, known, bool(rest.strip())))
            line = here
    return found, invalid + _unknown(unknown, rules)


def _target(text: Text, own: int, span: Span, targets: dict[int, int]) -> int:
    """The number of the line that the first comment of a line is about.

    `targets` keeps what is known of the lines passed on the way, so that a long run of comments
    is passed once.
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


def _blocking(name: str, span: Span) -> Problem:
    message = f"{quoted(name)} can't be suppressed: the document was not completely checked"
    return Problem("invalid-suppression", message, span)


def _unknown(names: list[tuple[str, Span]], rules: set[str]) -> list[Problem]:
    """Problems of names that no rule has."""
    if not names:
        return []
    # Needed only for a misspelt name.
    from validator.likeness import Vocabulary

    problems: list[Problem] = []
    known = Vocabulary(sorted(rules), [name for name, _ in names])
    for name, span in names:
        near = known.nearest(name)
        lists = "`automation-validator rules` lists them"
        advice = did_you_mean(near.names) if near.names else lists
        message = f"unknown rule {quoted(name)}; {advice}"
        fixes = tuple(
            Fix(f"Write {quoted(each)}", (Edit(span, each),), near.slip) for each in near.names
        )
        problems.append(Problem("invalid-suppression", message, span, fixes=fixes))
    return problems


def _unused(suppression: _Suppression, names: list[str], text: Text) -> list[Problem]:
    """Problems of a comment's names that suppress nothing."""
    if not names:
        return []
    if len(names) == len(suppression.names):
        # A reason is the author's own text: it goes only if that is wanted.
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
    """A comment to the end of its line, with the blanks before it; its line if it has its own."""
    line = text.line_span(text.position(span.start).line)
    start = span.start
    while start > line.start and text.value[start - 1] in " \t":
        start -= 1
    if start > line.start:
        return Span(start, line.end)
    line_end = re.compile(r"\r\n|\n|\r|").match(text.value, line.end)
    assert line_end is not None
    return Span(start, line_end.end())
