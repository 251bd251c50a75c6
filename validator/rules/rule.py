"""What a rule is: the only place where it is described, and the check that it makes."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from validator.finding import Problem, Severity

if TYPE_CHECKING:
    from validator.model import Document


class Rule(NamedTuple):
    """A rule as declared.

    `name` is kebab-case, and is never used again for another rule. `summary` is one sentence
    without its full stop; `why` says what goes wrong and how to mend it; `bad` and `good` are
    whole documents, empty where none can be shown, of a file named `file`. `check` is None for what
    another stage of the pipeline finds. It is not asked about documents that lack one of the names
    in `needs`: those of sections, fields and triggers (see `Document.names`).

    A `blocking` rule reports that a document was not wholly checked, or fixed as asked for. Such a
    document must not pass: nothing ignores, suppresses or lowers the findings of the rule, and no
    baseline contains them.
    """

    name: str
    severity: Severity
    summary: str
    why: str
    bad: str = ""
    good: str = ""
    fixable: bool = False
    check: Callable[["Document"], Iterator[Problem]] | None = None
    needs: tuple[str, ...] = ()
    blocking: bool = False
    file: str = "automations.yaml"


class Entry(NamedTuple):
    """What the index of the rules says of one: what must be known before its module is imported.

    `checks` tells whether it has a check of its own, `blocking` is the rule's.
    """

    module: str
    severity: Severity
    checks: bool = False
    needs: tuple[str, ...] = ()
    blocking: bool = False
