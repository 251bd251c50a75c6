"""What a rule is: the only place where it is described, and the check that it makes."""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from validator.finding import Problem, Severity


class Rule(NamedTuple):
    """A rule as declared.

    `name` is kebab-case, and is never used again for another rule. `summary` is one sentence
    without its full stop; `why` says what goes wrong and how to mend it; `bad` and `good` are
    whole documents, empty where none can be shown, of a file named `file`. `check` takes a
    document, and is None for what another stage of the pipeline finds. It is not asked about
    documents that lack one of the names in `needs`: those of sections, fields and triggers
    (`Document.names`). If it has `words`, it is only asked about texts that contain one of them.

    A `blocking` rule reports that a document was not wholly checked, or fixed as asked for. Such a
    document must not pass: nothing ignores, suppresses or lowers the findings of the rule, and no
    baseline contains them. An `optional` rule is used only where it is asked for by name: selected,
    or given a severity. `merge` makes one problem of several in a document, those that are not
    suppressed.
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
        """The severity, and whether the rule is used unasked: "hint, off by default"."""
        return f"{self.severity}{', off by default' * self.optional}"


class Entry(NamedTuple):
    """What the index of the rules says of one: what must be known before its module is imported.

    `checks` tells whether it has a check of its own, `merges` whether it has a `merge`; the other
    members are the rule's.
    """

    module: str
    severity: Severity
    checks: bool = False
    needs: tuple[str, ...] = ()
    blocking: bool = False
    optional: bool = False
    merges: bool = False
    words: tuple[str, ...] = ()
