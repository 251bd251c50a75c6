"""What a rule is: the only place where it is described, and the check that it makes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from validator.finding import Problem, Severity
from validator.model import Document


@dataclass(frozen=True)
class Rule:
    """A rule as declared.

    `name` is kebab-case, and is never used again for another rule. `summary` is one sentence
    without its full stop; `why` says what goes wrong and how to mend it; `bad` and `good` are
    whole documents, empty where none can be shown. `check` is None for what an earlier stage of
    the pipeline finds.
    """

    name: str
    severity: Severity
    summary: str
    why: str
    bad: str = ""
    good: str = ""
    fixable: bool = False
    check: Callable[[Document], Iterator[Problem]] | None = None
