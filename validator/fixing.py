"""Applying fixes: to a text, until nothing changes, and to a file, all at once or not at all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from operator import attrgetter

from validator.configuration.config import Config
from validator.editing.composition import apply, compose, together
from validator.engine import check_text
from validator.finding import Edit, Finding, Problem, Span
from validator.parsing.json import MOST_MISTAKES
from validator.report import Report
from validator.rules import BLOCKING, INDEX

MOST_WORK = 40_000_000
"""How much is done to fix a text, in characters checked: some 20 seconds of processor time."""

# To check a text takes as long as so many characters, and each of its findings as so many.
_WORK_OF_A_CHECK = 10_000
_WORK_OF_A_FINDING = 100


@dataclass(frozen=True)
class Fixed:
    """A text after its fixes, its report, and how many findings were mended.

    `edits` are what the fixes change of the text as it was, without its byte order mark.
    """

    text: str
    report: Report
    count: int
    edits: tuple[Edit, ...]


def fix_text(
    text: str,
    *,
    path: str | None = None,
    kind: str | None = None,
    config: Config | None = None,
    unsafe: bool = False,
    others: tuple[Problem, ...] = (),
    report: Report | None = None,
    wanted: Callable[[Report], tuple[Finding, ...]] = attrgetter("findings"),
) -> Fixed:
    """Apply the fixes of a text's findings until none is left; the `unsafe` ones only if asked.

    `others` are problems that do not come from the text, as for `check_text`. `report` is that of
    the text, where it was checked before. `wanted` are those of a report's findings that are to be
    fixed, such as those that are not in a baseline.

    Fixes that touch the same characters go one after another. A fix that would leave the text
    worse is not made: one whose finding stays, or that breaks what could be read before. A byte
    order mark, and every character outside the edits, stays as it is. Where that takes too long,
    some fixes are not made, and the report has the finding `incomplete-fix`.
    """
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    check = partial(check_text, path=path, kind=kind, config=config, others=others)
    report = report or check(text)
    length = len(report.text.value)
    made: tuple[Edit, ...] = ()
    given_up: set[tuple[str, str, str]] = set()
    count, checks, work = 0, 1, _work(report)
    asked = wanted(report)
    batches = [_choose(asked, given_up, unsafe=unsafe)]
    while batch := batches.pop():
        # The next check takes as long as the last one; one is always made.
        if checks > 1 and work + _work(report) > MOST_WORK:
            report = _incomplete(report)
            break
        edits = [edit for finding in batch for edit in _edits(finding, unsafe=unsafe)]
        after = check(mark + apply(report.text.value, edits))
        checks, work = checks + 1, work + _work(after)
        if _is_better(batch, report, after):
            before, asked = asked, wanted(after)
            count += max(len(batch), _gone(before, asked, unsafe=unsafe))
            report, batches = after, []
            made = compose(length, made, edits)
        elif len(batch) == 1:
            given_up.add((batch[0].rule, batch[0].pointer, batch[0].message))
        else:
            # One of them spoils it: it is looked for by halves.
            middle = len(batch) // 2
            batches += [batch[middle:], batch[:middle]]
        if not batches:
            batches = [_choose(asked, given_up, unsafe=unsafe)]
    return Fixed(mark + report.text.value, report, count, made)


def _work(report: Report) -> int:
    """How long the check of a text has taken, in characters."""
    findings = len(report.findings)
    return len(report.text.value) + _WORK_OF_A_CHECK + _WORK_OF_A_FINDING * findings


def _incomplete(report: Report) -> Report:
    """The report of a text that has more fixes than could be made."""
    rule = "incomplete-fix"
    message = "not all fixes were made: it takes too long; run `--fix` again, or fix some by hand"
    place = report.text.place(Span(0, 0))
    finding = Finding(rule, INDEX[rule].severity, message, place)
    return report.replace(findings=(finding, *report.findings))


def _edits(finding: Finding, *, unsafe: bool) -> tuple[Edit, ...]:
    """The edits of the fix of a finding that may be made without asking."""
    fix = finding.fix(unsafe=unsafe)
    return () if fix is None else fix.edits


def _choose(
    findings: tuple[Finding, ...], given_up: set[tuple[str, str, str]], *, unsafe: bool
) -> list[Finding]:
    """Findings whose fixes can be made together: in order, each apart from the ones before."""
    fixable = [
        (finding, edits)
        for finding in findings
        if (edits := _edits(finding, unsafe=unsafe))
        and (finding.rule, finding.pointer, finding.message) not in given_up
    ]
    chosen = set(together(edits for _, edits in fixable))
    return [finding for index, (finding, _) in enumerate(fixable) if index in chosen]


def _gone(before: tuple[Finding, ...], after: tuple[Finding, ...], *, unsafe: bool) -> int:
    """How many findings that have a fix are gone, be it by their own or along with another."""
    fixable = Counter((each.rule, each.message) for each in before if _edits(each, unsafe=unsafe))
    here, there = (Counter((each.rule, each.message) for each in some) for some in (before, after))
    return ((here - there) & fixable).total()


def _is_better(mended: list[Finding], before: Report, after: Report) -> bool:
    """Whether the findings are gone and the text can be read as well as before."""
    # Not by pointers: they shift when an entry is removed.
    here = Counter((each.rule, each.message) for each in before.findings)
    there = Counter((each.rule, each.message) for each in after.findings)
    totals = Counter(each.rule for each in after.findings)
    blocking = Counter({rule: totals[rule] for rule in BLOCKING})
    blocking.subtract(each.rule for each in before.findings)
    # JSON is read up to so many mistakes: further ones show up in the place of those fixed.
    more = totals["json-syntax"] >= MOST_MISTAKES
    gone = all(
        there[each.rule, each.message] < here[each.rule, each.message]
        or (more and each.rule == "json-syntax")
        or _is_further(each, before, after)
        for each in mended
    )
    return gone and not any(count > 0 for count in blocking.values())


def _is_further(mended: Finding, before: Report, after: Report) -> bool:
    """Whether YAML is read further now, up to another mistake of the same kind.

    It is read up to its first mistake: the next one shows only once that is mended.
    """
    if mended.rule != "yaml-syntax" or mended.place is None:
        return False
    behind = len(before.text.value) - mended.place.start.offset
    return all(
        each.place is not None and len(after.text.value) - each.place.start.offset < behind
        for each in after.findings
        if each.rule == mended.rule
    )
