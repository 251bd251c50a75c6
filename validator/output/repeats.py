"""Group findings that are the same, such as one wrong field in many tasks of a document."""

from __future__ import annotations

from collections.abc import Iterable

from validator.finding import Finding
from validator.parsing.nodes import unescaped
from validator.wording import quoted


def grouped(findings: Iterable[Finding]) -> list[list[Finding]]:
    """Findings in lists of the same ones, each list at the position of its first.

    The same ones have the same rule and message, except for the reference of the item in it.
    Findings with related places, or without a place, are not grouped: they differ.
    """
    groups: dict[object, list[Finding]] = {}
    for index, finding in enumerate(findings):
        alone = finding.place is None or bool(finding.related)
        key: object = index if alone else (finding.rule, finding.severity, _message(finding))
        groups.setdefault(key, []).append(finding)
    return list(groups.values())


def item(finding: Finding) -> str:
    """The reference of the item that a finding is about; "" if there is none."""
    steps = finding.pointer.split("/", 3)
    return unescaped(steps[2]) if len(steps) > 2 else ""


def _message(finding: Finding) -> str:
    reference = item(finding)
    # YAML and JSON text contains no NUL.
    return finding.message.replace(quoted(reference), "\0") if reference else finding.message
