"""The mark of findings that can be fixed."""

from __future__ import annotations

from validator.finding import Finding

FIXABLE = "[*]"
"""The mark; the summary of a run says what it means."""


def fixable_mark(finding: Finding, *, unsafe: bool = False) -> str:
    """The mark, after a space, of a finding that `--fix` fixes; "" for others.

    With `unsafe`, unsafe fixes count too.
    """
    return f" {FIXABLE}" if finding.fix(unsafe=unsafe) is not None else ""
