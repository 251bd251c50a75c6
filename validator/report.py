"""What a check has found in one document."""

from __future__ import annotations

from typing import Any

from validator.finding import Counts, Finding, Severity
from validator.parsing.text import Text
from validator.rules import BLOCKING

MAX_SHOWN = 1000
"""The number of findings of one document that are shown at most."""

_LEFT_OUT = "too-many-findings"


class Report:
    """The findings of one document, in the order of their places.

    `path` is its name as given, None for a text without one; `kind` is the document kind,
    `unknown` where its shape does not tell; `text` is what was checked; `suppressed` is the number
    of findings that comments suppress, `fixed` of those that were mended before, `known` of those
    that are left out because they are in a baseline. `counts` are the numbers of the findings, also
    of those that `cut` leaves out. `unchecked_scripts` says whether there are scripts that are not
    checked because shellcheck is not installed.
    """

    def __init__(
        self,
        path: str | None,
        kind: str,
        text: Text,
        findings: tuple[Finding, ...],
        suppressed: int = 0,
        fixed: int = 0,
        known: int = 0,
        counts: Counts | None = None,
        *,
        unchecked_scripts: bool = False,
    ) -> None:
        self.path = path
        self.kind = kind
        self.text = text
        self.findings = findings
        self.suppressed = suppressed
        self.fixed = fixed
        self.known = known
        self.counts = Counts.of(findings) if counts is None else counts
        self.unchecked_scripts = unchecked_scripts

    def __repr__(self) -> str:
        # Without the text, which may be long.
        return f"Report(path={self.path!r}, kind={self.kind!r}, findings={self.findings!r})"

    def replace(self, **changes: Any) -> Report:
        """The report with some of its parts changed, named as when it is made."""
        if "findings" in changes:
            changes.setdefault("counts", None)
        return Report(**{**vars(self), **changes})

    def count(self, severity: Severity) -> int:
        """The number of findings of a severity."""
        return {
            Severity.ERROR: self.counts.errors,
            Severity.WARNING: self.counts.warnings,
            Severity.HINT: self.counts.hints,
        }[severity]

    @property
    def worst(self) -> Severity | None:
        """The greatest severity among the findings, None without any."""
        return next((each for each in reversed(Severity) if self.count(each)), None)

    @property
    def ok(self) -> bool:
        """Whether nothing was found at the severity `error`."""
        return self.worst != Severity.ERROR

    def cut(self, most: int = MAX_SHOWN) -> Report:
        """The report as it is shown: with `most` findings at most, the most severe.

        A last one says how many are left out. `counts`, and what follows from them, stay.
        """
        left = len(self.findings) - most
        if left <= 0 or self.findings[-1].rule == _LEFT_OUT:
            return self
        ranks = [(each.rule not in BLOCKING, -each.severity) for each in self.findings]
        order = sorted(range(len(ranks)), key=ranks.__getitem__)
        shown = [self.findings[index] for index in sorted(order[:most])]
        # As severe as the worst that is left out, so that it never makes a run fail by itself.
        severity = max(self.findings[index].severity for index in order[most:])
        message = f"{left:,} more findings are not shown"
        note = Finding(_LEFT_OUT, severity, message, shown[-1].place)
        return self.replace(findings=(*shown, note), counts=self.counts)
