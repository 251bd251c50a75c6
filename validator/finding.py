"""What a check produces: findings, their places in the text, and their fixes.

A stage of the pipeline states a `Problem`: a rule's name, a message and spans of characters.
The engine turns it into a `Finding`, which knows its severity, lines and columns.
"""

from enum import IntEnum
from typing import NamedTuple


class Severity(IntEnum):
    """How bad a finding is; a greater one is worse.

    `ERROR`: the platform refuses the document, or it can't work. `WARNING`: almost surely not
    what was meant. `HINT`: advice.
    """

    HINT = 1
    WARNING = 2
    ERROR = 3

    def __str__(self) -> str:
        return self.name.lower()


class Span(NamedTuple):
    """A range of the text: offsets in characters, 0-based, `end` not included.

    Offsets count the characters after a byte order mark, if the text has one.
    """

    start: int
    end: int


class Position(NamedTuple):
    """A point in the text: line and column are 1-based and count characters, offset is 0-based.

    Lines end with a line feed, a carriage return, or both together, and with nothing else.
    """

    line: int
    column: int
    offset: int


class Place(NamedTuple):
    """A range of the text, from `start` up to, not including, `end`."""

    start: Position
    end: Position


class Edit(NamedTuple):
    """Replace the characters of `span` with `text`."""

    span: Span
    text: str


class Fix(NamedTuple):
    """Edits that mend a finding.

    `title` says what they do. A `safe` fix keeps the meaning that the author evidently had in
    mind; one that is not safe wants a person's look.
    """

    title: str
    edits: tuple[Edit, ...]
    safe: bool = True


class Note(NamedTuple):
    """A second span that a problem is about, and what is there."""

    span: Span
    message: str


class Problem(NamedTuple):
    """A finding as a stage of the pipeline states it, before severity and lines are known.

    `code` is what another program calls the finding, such as `SC2086`; `severity` is its own, if it
    is not that of the rule.
    `times` is how many values have it, where aliases make several values of one piece of text.
    `hidden` is how many others, one behind another, are to be mended before it shows; `meant` is
    the pointer that the value will have then.
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


class Related(NamedTuple):
    """A second place that a finding is about, and what is there.

    Where there is no text, `place` is None, and `pointer` is the JSON pointer of the value there.
    """

    place: Place | None
    message: str
    pointer: str = ""


class Finding(NamedTuple):
    """One mistake, at its exact place.

    `pointer` is the JSON pointer (RFC 6901) of the value concerned, "" for the whole document.
    `place` is None where there is no text: an unreadable file, or a checked Python object.
    `subject` is the name of the field that is missing there, empty where none is. `meant` is the
    pointer that the value has once the errors before this one are mended, if that is another.
    `code` is what the program that found it calls it, such as `SC2086`, empty for our own rules.
    `docs` is the address of its documentation; that of a rule is relative to the project's
    root.
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

    def fix(self, *, unsafe: bool = False) -> Fix | None:
        """The fix to make without asking, a safe one unless `unsafe` ones are wanted too.

        None where there is none, and where several unsafe ones are alternatives: only the author
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
        if self.code:
            return f"https://www.shellcheck.net/wiki/{self.code}"
        return f"docs/rules.md#{self.rule}"


class Counts(NamedTuple):
    """Numbers of findings: of each severity, with a safe fix, and with unsafe fixes alone."""

    errors: int
    warnings: int
    hints: int
    fixable: int
    unsafely_fixable: int

    @classmethod
    def of(cls, findings: tuple[Finding, ...]) -> "Counts":
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
