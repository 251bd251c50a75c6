"""The results of a check: findings, their places in the text, and their fixes.

Each stage of the pipeline reports a `Problem`: a rule name, a message and spans of characters. The
engine turns it into a `Finding`, with severity, lines and columns.
"""

from __future__ import annotations

from enum import IntEnum

from validator.tuples import NamedTuple


class Severity(IntEnum):
    """How serious a finding is; greater is worse.

    `ERROR`: the platform rejects the document, or it can't work. `WARNING`: almost certainly not
    what was meant. `HINT`: advice.
    """

    HINT = 1
    WARNING = 2
    ERROR = 3

    def __str__(self) -> str:
        return self.name.lower()


class Span(NamedTuple):
    """A range of the text: 0-based offsets in characters, `end` excluded.

    A byte order mark at the beginning of the text is not counted.
    """

    start: int
    end: int


class Position(NamedTuple):
    """A point in the text: 1-based line and column, 0-based offset, both counted in characters.

    Only a line feed, a carriage return, or both together end a line.
    """

    line: int
    column: int
    offset: int


class Place(NamedTuple):
    """A range of the text from `start` to `end`, `end` excluded."""

    start: Position
    end: Position


class Edit(NamedTuple):
    """Replace the characters of `span` with `text`."""

    span: Span
    text: str


class Fix(NamedTuple):
    """Edits that fix a finding.

    `title` describes them. A `safe` fix keeps the meaning that the author evidently intended; an
    unsafe one needs review.
    """

    title: str
    edits: tuple[Edit, ...]
    safe: bool = True


class Note(NamedTuple):
    """A second span that a problem refers to, and a message about it."""

    span: Span
    message: str


class Problem(NamedTuple):
    """A finding as reported by a stage of the pipeline, before its severity and lines are known.

    `code` is what another program calls the finding, such as `SC2086`; `severity` is its own, if it
    is not that of the rule.
    `times` is the number of values that have it: aliases make one piece of text several values.
    `hidden` is the number of errors to fix, one after another, before it shows; `meant` is the JSON
    pointer that the value has then. `secret` says that the characters of the span must not be
    shown, neither with this finding nor with another. `own` says that the rule is one of the
    configuration's own, and not of this program.
    """

    rule: str
    message: str
    span: Span
    pointer: str = ""
    notes: tuple[Note, ...] = ()
    fixes: tuple[Fix, ...] = ()
    subject: str = ""
    times: int = 1
    hidden: int = 0
    meant: str = ""
    code: str = ""
    severity: Severity | None = None
    secret: bool = False
    own: bool = False


class Related(NamedTuple):
    """A second place that a finding refers to, and a message about it.

    Without text, `place` is None and `pointer` is the JSON pointer of the value.
    """

    place: Place | None
    message: str
    pointer: str = ""


class Finding(NamedTuple):
    """One mistake, at its exact place.

    `pointer` is the JSON pointer (RFC 6901) of the value, "" for the whole document. `place` is
    None without text: for an unreadable file or a Python object. `subject` is the name of the
    missing field, "" if none is missing. `meant` is the pointer that the value has once earlier
    errors are fixed, "" if it is the same. `code` is the code of shellcheck, such as `SC2086`, ""
    for other findings. `own` says that the rule is one of the configuration's own.
    """

    rule: str
    severity: Severity
    message: str
    place: Place | None
    pointer: str = ""
    related: tuple[Related, ...] = ()
    fixes: tuple[Fix, ...] = ()
    subject: str = ""
    meant: str = ""
    code: str = ""
    own: bool = False

    def fix(self, *, unsafe: bool = False) -> Fix | None:
        """The fix to apply without asking: a safe one, or with `unsafe` any.

        None if there is no such fix, or if several unsafe ones are alternatives: only the author
        knows which is meant.
        """
        safe = next((fix for fix in self.fixes if fix.safe), None)
        if safe is not None or not unsafe or len(self.fixes) != 1:
            return safe
        return self.fixes[0]

    @property
    def name(self) -> str:
        """What it is suppressed by: the rule, or the code of one of shellcheck's comments."""
        return self.code if self.rule == "shellcheck" else self.rule

    @property
    def docs(self) -> str:
        """The `address`, or without one the path of the page in the project; "" for an own rule."""
        return self.address or ("" if self.own else f"docs/rules/{self.rule}.md")

    @property
    def address(self) -> str:
        """The address of the documentation on the web, "" if it has none."""
        if self.own:
            return ""
        # Only needed once there are findings.
        from validator.addresses import rule_page, shellcheck_page

        return shellcheck_page(self.code) if self.code else rule_page(self.rule)


class Counts(NamedTuple):
    """Numbers of findings: per severity, with a safe fix, and with unsafe fixes only."""

    errors: int
    warnings: int
    hints: int
    fixable: int
    unsafely_fixable: int

    @classmethod
    def of(cls, findings: tuple[Finding, ...]) -> Counts:
        """Count findings."""
        severities = [finding.severity for finding in findings]
        fixes = (finding.fix(unsafe=True) for finding in findings)
        safe = [fix.safe for fix in fixes if fix is not None]
        return cls(
            severities.count(Severity.ERROR),
            severities.count(Severity.WARNING),
            severities.count(Severity.HINT),
            safe.count(True),
            safe.count(False),
        )
