"""The report of a check on one document, and the totals of several."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from validator.finding import Counts, Finding, Severity
from validator.parsing.text import Text
from validator.rules import BLOCKING, Rule

TYPE_CHECKING = False

if TYPE_CHECKING:
    from typing import Any

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
    shellcheck is not installed. `fixed_rules` are the rules of the findings that were fixed, each
    with their number, `own_rules` the rules of one's own that have findings, by name.
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
        fixed_rules: Mapping[str, int] | None = None,
        own_rules: Mapping[str, Rule] | None = None,
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
        self.fixed_rules = fixed_rules or {}
        self.own_rules = own_rules or {}

    def __repr__(self) -> str:
        # Without the text, which may be long.
        return f"Report(path={self.path!r}, kind={self.kind!r}, findings={self.findings!r})"

    def replace(self, **changes: Any) -> Report:
        """A copy with some of its attributes changed, named as in the constructor."""
        if "findings" in changes:
            changes.setdefault("counts", None)
        return Report(**{**vars(self), **changes})

    def to_dict(self) -> dict[str, Any]:
        """What the command prints with `--format json` for this document alone, as JSON values.

        `schema/json-output.schema.json` describes it. The command shows at most the 1,000 most
        severe findings; here are all of them, unless the report is `cut`.
        """
        # Most reports are shown to people.
        from validator.finding_json import VERSION

        totals = Totals()
        totals.add(self)
        return {"version": VERSION, "files": [self.as_file()], "summary": totals.as_summary()}

    def to_json(self) -> str:
        """`to_dict` as text: JSON in ASCII, on one line."""
        from validator.finding_json import dumps

        return dumps(self.to_dict())

    def as_file(self) -> dict[str, Any]:
        """An entry of `files` in the format `json`."""
        from validator.finding_json import finding_as_json

        found = [finding_as_json(finding, self.text) for finding in self.findings]
        return {"path": self.path, "kind": self.kind, "findings": found}

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


class Totals:
    """The results of a run so far.

    Numbers of documents, of documents with findings, of findings of each severity, and of findings
    that were fixed (with `preview`, would be), that a baseline contains, that have a safe fix, and
    that have only unsafe ones; of documents with scripts that are not checked because shellcheck
    is not installed; at the end of the run, its exit code. `searched` are the folders in which the
    documents were found. `fixes` are the documents with fixes, each with its path and the number of
    findings fixed per rule.
    """

    def __init__(self, *, preview: bool = False) -> None:
        self.preview = preview
        self.searched: Sequence[str] = ()
        self.files = 0
        self.files_with_findings = 0
        self.errors = 0
        self.warnings = 0
        self.hints = 0
        self.fixed = 0
        self.known = 0
        self.fixable = 0
        self.unsafely_fixable = 0
        self.unchecked_scripts = 0
        self.exit_code = 0
        self.fixes: list[tuple[str | None, Mapping[str, int]]] = []

    def add(self, report: Report) -> None:
        """Count a document and its findings."""
        self.files += 1
        self.files_with_findings += bool(report.findings)
        self.errors += report.counts.errors
        self.warnings += report.counts.warnings
        self.hints += report.counts.hints
        self.fixed += report.fixed
        if report.fixed_rules:
            self.fixes.append((report.path, report.fixed_rules))
        self.known += report.known
        self.fixable += report.counts.fixable
        self.unsafely_fixable += report.counts.unsafely_fixable
        self.unchecked_scripts += report.unchecked_scripts

    def as_summary(self) -> dict[str, Any]:
        """The `summary` of the format `json`."""
        return {
            "files": self.files,
            "errors": self.errors,
            "warnings": self.warnings,
            "hints": self.hints,
            "fixed": self.fixed,
            "known": self.known,
            "uncheckedScripts": self.unchecked_scripts,
        }
