"""What a rule is: its description and its check."""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from validator.finding import Problem, Severity


class Rule(NamedTuple):
    """The declaration of a rule.

    `name` is in kebab-case and never reused for another rule. `severity` is the default. `summary`
    is one sentence without its full stop; `why` says what goes wrong and how to fix it; `bad` and
    `good` are complete documents, contents of a file named `file`, empty if there is no example.
    `fixable` says whether findings can have fixes. `check` takes a document and yields its
    problems; it is None if another stage of the pipeline finds them. It runs only on documents that
    contain all names in `needs`: those of sections, fields and triggers (`Document.names`), and, if
    it has `words`, only on texts that contain one of them.

    A `blocking` rule reports that a document was not completely checked, or not fixed as requested.
    Such a document must not pass: findings of the rule can't be ignored, suppressed, lowered in
    severity or put into a baseline. An `optional` rule runs only if it is requested by name:
    selected or given a severity. `merge` combines the problems of a document, without suppressed
    ones, into one.
    """

    name: str
    severity: Severity
    summary: str
    why: str
    bad: str = ""
    good: str = ""
    fixable: bool = False
    check: Callable[[Any], Iterator[Problem]] | None = None
    needs: tuple[str, ...] = ()
    blocking: bool = False
    file: str = "automations.yaml"
    optional: bool = False
    merge: Callable[[list[Problem]], Problem] | None = None
    words: tuple[str, ...] = ()

    @property
    def standing(self) -> str:
        """The severity, and whether the rule is off by default: "hint, off by default"."""
        return f"{self.severity}{', off by default' * self.optional}"


class Entry(NamedTuple):
    """A rule's entry in the index: what has to be known before its module is imported.

    `checks` says whether it has a `check`, `merges` whether it has a `merge`; `blocking` and
    `optional` are those of the rule.
    """

    module: str
    severity: Severity
    checks: bool = False
    needs: tuple[str, ...] = ()
    blocking: bool = False
    optional: bool = False
    merges: bool = False
    words: tuple[str, ...] = ()
