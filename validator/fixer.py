"""Apply the fixes of a text until none is left."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from operator import attrgetter

from validator.configuration.config import Config
from validator.editing.composition import apply, compose, together
from validator.engine import check_text
from validator.finding import Edit, Finding, Problem, Span
from validator.parsing.json import MOST_MISTAKES
from validator.report import Report
from validator.rules import BLOCKING, INDEX

MOST_WORK = 25_000_000
"""Maximum work to fix a text, in characters checked: about 15 seconds of processor time."""

# The cost of a check, and of each finding, expressed in characters.
_WORK_OF_A_CHECK = 10_000
_WORK_OF_A_FINDING = 100


@dataclass(frozen=True)
class Fixed:
    """A text after its fixes, its report, and the number of findings fixed, `rules` per rule.

    `edits` are the changes to the original text, without its byte order mark.
    """

    text: str
    report: Report
    count: int
    edits: tuple[Edit, ...]
    rules: Mapping[str, int] = field(default_factory=dict)


def fix_text(
    text: str,
    *,
    path: str | os.PathLike[str] | None = None,
    kind: str | None = None,
    config: Config | None = None,
    unsafe: bool = False,
    others: tuple[Problem, ...] = (),
    report: Report | None = None,
    wanted: Callable[[Report], tuple[Finding, ...]] = attrgetter("findings"),
) -> Fixed:
    """Apply the fixes of a text's findings until none is left; unsafe ones only with `unsafe`.

    `others` are problems found elsewhere than in the text, as for `check_text`. `report` is the
    report of the text if it was already checked. `wanted` selects the findings of a report to fix,
    such as those not in a baseline.

    Fixes that overlap are applied one after another. A fix that makes the text worse is dropped:
    one whose finding stays, or that breaks text that could be read before. A byte order mark and
    every character outside the edits are kept. If fixing takes too long, some fixes are not applied
    and the report has the finding `incomplete-fix`.
    """
    if not isinstance(text, str):
        raise TypeError(f"the text must be a string, not {type(text).__name__}")
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    check = partial(check_text, path=path, kind=kind, config=config, others=others)
    report = report or check(text)
    length = len(report.text.value)
    made: tuple[Edit, ...] = ()
    given_up: set[tuple[str, str, str]] = set()
    rules: Counter[str] = Counter()
    checks, work = 1, _work(report)
    asked = wanted(report)
    batches = [_choose(asked, given_up, unsafe=unsafe)]
    while batch := batches.pop():
        # The next check takes as long as the last one; at least one is made.
        if checks > 1 and work + _work(report) > MOST_WORK:
            report = _incomplete(report)
            break
        edits = [edit for finding in batch for edit in _edits(finding, unsafe=unsafe)]
        after = check(mark + apply(report.text.value, edits))
        checks, work = checks + 1, work + _work(after)
        if _is_better(batch, report, after):
            before, asked = asked, wanted(after)
            # A batch is fixed even where the same message now stands elsewhere.
            rules += Counter(each.rule for each in batch) | _gone(before, asked, unsafe=unsafe)
            report, batches = after, []
            made = compose(length, made, edits)
        elif len(batch) == 1:
            given_up.add((batch[0].rule, batch[0].pointer, batch[0].message))
        else:
            # At least one fix is bad: bisect the batch.
            middle = len(batch) // 2
            batches += [batch[middle:], batch[:middle]]
        if not batches:
            batches = [_choose(asked, given_up, unsafe=unsafe)]
    return Fixed(mark + report.text.value, report, rules.total(), made, dict(rules))


def _work(report: Report) -> int:
    """The cost of checking a text, in characters."""
    findings = len(report.findings)
    return len(report.text.value) + _WORK_OF_A_CHECK + _WORK_OF_A_FINDING * findings


def _incomplete(report: Report) -> Report:
    """The report of a text with fixes left to apply."""
    rule = "incomplete-fix"
    message = "not all fixes were made: it takes too long; run `--fix` again, or fix some by hand"
    place = report.text.place(Span(0, 0))
    finding = Finding(rule, INDEX[rule].severity, message, place)
    return report.replace(findings=(finding, *report.findings))


def _edits(finding: Finding, *, unsafe: bool) -> tuple[Edit, ...]:
    """The edits of the fix of a finding that may be applied without asking."""
    fix = finding.fix(unsafe=unsafe)
    return () if fix is None else fix.edits


def _choose(
    findings: tuple[Finding, ...], given_up: set[tuple[str, str, str]], *, unsafe: bool
) -> list[Finding]:
    """Findings whose fixes can be applied together: in order, none overlapping an earlier one."""
    fixable = [
        (finding, edits)
        for finding in findings
        if (edits := _edits(finding, unsafe=unsafe))
        and (finding.rule, finding.pointer, finding.message) not in given_up
    ]
    chosen = set(together(edits for _, edits in fixable))
    return [finding for index, (finding, _) in enumerate(fixable) if index in chosen]


def _gone(before: tuple[Finding, ...], after: tuple[Finding, ...], *, unsafe: bool) -> Counter[str]:
    """How many fixable findings of each rule are gone, through their own fix or another one."""
    fixable = Counter((each.rule, each.message) for each in before if _edits(each, unsafe=unsafe))
    here, there = (Counter((each.rule, each.message) for each in some) for some in (before, after))
    gone: Counter[str] = Counter()
    for (rule, _), count in ((here - there) & fixable).items():
        gone[rule] += count
    return gone


def _is_better(mended: list[Finding], before: Report, after: Report) -> bool:
    """Whether the findings are gone and the text is still as readable as before."""
    # Not compared by pointer: pointers shift when an entry is removed.
    here = Counter((each.rule, each.message) for each in before.findings)
    there = Counter((each.rule, each.message) for each in after.findings)
    totals = Counter(each.rule for each in after.findings)
    blocking = Counter({rule: totals[rule] for rule in BLOCKING})
    blocking.subtract(each.rule for each in before.findings)
    # The JSON parser stops after this many mistakes: others show up when those are fixed.
    more = totals["json-syntax"] >= MOST_MISTAKES
    gone = all(
        there[each.rule, each.message] < here[each.rule, each.message]
        or (more and each.rule == "json-syntax")
        or _is_further(each, before, after)
        for each in mended
    )
    return gone and not any(count > 0 for count in blocking.values())


def _is_further(mended: Finding, before: Report, after: Report) -> bool:
    """Whether YAML is now read further, up to another mistake of the same kind.

    The parser stops at the first mistake: the next one shows only once that is fixed.
    """
    if mended.rule != "yaml-syntax" or mended.place is None:
        return False
    behind = len(before.text.value) - mended.place.start.offset
    return all(
        each.place is not None and len(after.text.value) - each.place.start.offset < behind
        for each in after.findings
        if each.rule == mended.rule
    )
