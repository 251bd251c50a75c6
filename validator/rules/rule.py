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
    whole documents, empty where none can be shown. `check` is None for what another stage of the
    pipeline finds. It is not asked about documents that lack one of the names in `needs`: those of
    sections, fields and triggers (see `Document.names`).
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


class Entry(NamedTuple):
    """What the index of the rules says of one: what must be known before its module is imported.

    `checks` tells whether it has a check of its own.
    """

    module: str
    severity: Severity
    checks: bool = False
    needs: tuple[str, ...] = ()
