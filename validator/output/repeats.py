"""Findings that repeat another one of the same document, such as one wrong field in many tasks."""

from __future__ import annotations

from collections.abc import Iterable

from validator.finding import Finding
from validator.parsing.nodes import unescaped
from validator.wording import quoted


def grouped(findings: Iterable[Finding]) -> list[list[Finding]]:
    """Findings in lists of the same ones, each list at the place of its first.

    The same ones have one rule and one message, but for the reference of the item that they are
    about. What has related places, or no place, stays alone: those differ.
    """
    groups: dict[object, list[Finding]] = {}
    for index, finding in enumerate(findings):
        alone = finding.place is None or bool(finding.related)
        key: object = index if alone else (finding.rule, finding.severity, _message(finding))
        groups.setdefault(key, []).append(finding)
    return list(groups.values())


def item(finding: Finding) -> str:
    """The reference of the item that a finding is about; empty where it is about none."""
    steps = finding.pointer.split("/", 3)
    return unescaped(steps[2]) if len(steps) > 2 else ""


def _message(finding: Finding) -> str:
    reference = item(finding)
    # A NUL is in no YAML or JSON text.
    return finding.message.replace(quoted(reference), "\0") if reference else finding.message
