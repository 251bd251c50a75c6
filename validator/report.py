"""The report of a check on one document."""

from __future__ import annotations

from typing import Any

from validator.finding import Counts, Finding, Severity
from validator.parsing.text import Text
from validator.rules import BLOCKING

MAX_SHOWN = 1000
"""Maximum number of findings shown per document."""

_LEFT_OUT = "too-many-findings"


class Report:
    """The findings of one document, in the order of their places.

    `path` is the document's name as given, None for a text without one. `kind` is its document
    kind, `unknown` if it can't be inferred. `text.value` is the checked text. `suppressed` is the
    number of findings suppressed by comments, `fixed` of those already fixed, `known` of those left
    out because a baseline contains them. `counts` are the numbers of the findings (`errors`,
    `warnings`, `hints`, `fixable`, `unsafely_fixable`), including those that `cut` leaves out.
    `unchecked_scripts` says whether the document has scripts that are not checked because
    shellcheck is not installed.
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
        """A copy with some of its attributes changed, named as in the constructor."""
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
        """The greatest severity among the findings; None if there are none."""
        return next((each for each in reversed(Severity) if self.count(each)), None)

    @property
    def ok(self) -> bool:
        """Whether there is no finding of severity `error`."""
        return self.worst != Severity.ERROR

    def cut(self, most: int = MAX_SHOWN) -> Report:
        """The report as it is shown: the `most` most severe findings.

        One more finding says how many are left out. `counts`, `worst` and `ok` don't change.
        """
        left = len(self.findings) - most
        if left <= 0 or self.findings[-1].rule == _LEFT_OUT:
            return self
        ranks = [(each.rule not in BLOCKING, -each.severity) for each in self.findings]
        order = sorted(range(len(ranks)), key=ranks.__getitem__)
        shown = [self.findings[index] for index in sorted(order[:most])]
        # As severe as the worst finding left out, so that it alone never makes a run fail.
        severity = max(self.findings[index].severity for index in order[most:])
        message = f"{left:,} more findings are not shown"
        note = Finding(_LEFT_OUT, severity, message, shown[-1].place)
        return self.replace(findings=(*shown, note), counts=self.counts)
