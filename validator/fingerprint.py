"""Identify a finding from one run to the next, while the text around it changes."""

from __future__ import annotations

from functools import cached_property
from hashlib import sha256

from validator.finding import Finding
from validator.parsing import reader
from validator.parsing.limits import Limits
from validator.parsing.nodes import Mapping, Node, Scalar, Sequence, unescaped
from validator.report import Report

# Fields that identify a mapping among the entries of a list, and the part of their value to use.
_NAMES = ("id", "name", "key")
_LONGEST = 100


def fingerprints(report: Report) -> list[str]:
    """A fingerprint per finding of a report, in their order; all are distinct.

    It is a hash of the rule, the path of the value without list indices, the text at the place,
    and a counter for findings where these are equal. It depends neither on the document's path nor
    on the message.
    """
    values = _Values(report)
    seen: dict[tuple[str, ...], int] = {}
    found = []
    for finding in report.findings:
        steps, node = values.at(finding.meant or finding.pointer)
        content = _content(report, finding, node)
        key = (finding.rule, finding.subject, "/".join(steps), content)
        seen[key] = seen.get(key, 0) + 1
        text = "\0".join([*key, str(seen[key])])
        found.append(sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32])
    return found


def _content(report: Report, finding: Finding, node: Node | None) -> str:
    """The text at the place, without differences in whitespace.

    "" for a mapping or list: its beginning changes with its first entry.
    """
    if finding.place is None:
        return ""
    start, end = finding.place.start.offset, finding.place.end.offset
    if isinstance(node, (Mapping, Sequence)) and node.start == start:
        return ""
    return " ".join(report.text.value[start:end].split())


class _Values:
    """The values of a document by their JSON pointers; parses it on first use."""

    def __init__(self, report: Report) -> None:
        self._report = report

    @cached_property
    def _root(self) -> Node | None:
        return reader.read(self._report.text.value, Limits(), self._report.path).root

    def at(self, pointer: str) -> tuple[list[str], Node | None]:
        """The steps to a value, list entries by name, and the value (None if nonexistent)."""
        steps: list[str] = []
        node = self._root
        for step in pointer.split("/")[1:]:
            inner: Node | None = None
            shown = step
            if isinstance(node, Sequence):
                if step.isdecimal() and int(step) < len(node.items):
                    inner = node.items[int(step)]
                shown = f"*{_name(inner)}"
            elif isinstance(node, Mapping):
                member = node.members.get(unescaped(step))
                inner = None if member is None else member[1]
            elif step.isdecimal():
                # The value can't be read; most likely it is an entry of a list.
                shown = "*"
            steps.append(shown)
            node = inner
        return steps, node


def _name(entry: Node | None) -> str:
    """The name of a mapping, from one of its fields; `/` is escaped, as it separates steps."""
    if isinstance(entry, Mapping):
        for field in _NAMES:
            name = entry.get(field)
            if isinstance(name, Scalar):
                return f"{field}={name.text[:_LONGEST].replace('/', '~1')}"
    return ""
