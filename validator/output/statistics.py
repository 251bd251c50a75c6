"""How many findings each rule has, instead of the findings."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from validator.finding import Severity
from validator.finding_json import VERSION, dumps
from validator.output.text import ending
from validator.report import Report, Totals

FORMATS = ("json", "text")


class _Key(NamedTuple):
    rule: str
    code: str
    severity: Severity


class _Count:
    """Numbers of findings: all, with a safe fix, with only unsafe ones."""

    def __init__(self) -> None:
        self.all = self.fixable = self.unsafely_fixable = 0


class Output:
    """Counts findings by rule and severity, and writes the numbers at the end, greatest first."""

    def __init__(self, write: Callable[[str], object], *, as_json: bool, **options: bool) -> None:
        self._write = write
        self._json = as_json
        self._options = options
        self._counts: dict[_Key, _Count] = {}

    def report(self, report: Report) -> None:
        for finding in report.findings:
            key = _Key(finding.rule, finding.code, finding.severity)
            count = self._counts.setdefault(key, _Count())
            count.all += 1
            fix = finding.fix(unsafe=True)
            if fix is not None and fix.safe:
                count.fixable += 1
            elif fix is not None:
                count.unsafely_fixable += 1

    def finish(self, totals: Totals) -> None:
        ordered = sorted(self._counts.items(), key=lambda item: (-item[1].all, item[0]))
        if self._json:
            rules = [_as_json(key, count) for key, count in ordered]
            content = {"version": VERSION, "rules": rules, "summary": totals.as_summary()}
            self._write(dumps(content) + "\n")
            return
        last = ending(totals, self._options)
        between = "\n" if ordered and last else ""
        self._write(f"{self._table(ordered)}{between}{last}")

    def _table(self, ordered: list[tuple[_Key, _Count]]) -> str:
        rows = [
            (f"{count.all:,}", self._mark(count), str(key.severity), key.code or key.rule)
            for key, count in ordered
        ]
        widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
        return "".join(
            f"{number:>{widths[0]}}  {mark:{widths[1]}}  {severity:{widths[2]}}  {name}\n"
            for number, mark, severity, name in rows
        )

    def _mark(self, count: _Count) -> str:
        """`[*]` if all findings are fixable, `[-]` if only some are."""
        fixable = count.fixable + (count.unsafely_fixable if self._options.get("unsafe") else 0)
        return "[ ]" if not fixable else "[*]" if fixable == count.all else "[-]"


def _as_json(key: _Key, count: _Count) -> dict[str, object]:
    return {
        "rule": key.rule,
        **({"code": key.code} if key.code else {}),
        "severity": str(key.severity),
        "count": count.all,
        "fixable": count.fixable,
        "unsafelyFixable": count.unsafely_fixable,
    }
