"""What a finding is known by from one run to the next, while what is around it changes."""

from __future__ import annotations

from functools import cached_property
from hashlib import sha256

from validator.finding import Finding
from validator.parsing import reader
from validator.parsing.limits import Limits
from validator.parsing.nodes import Mapping, Node, Scalar, Sequence, unescaped
from validator.report import Report

# What tells an entry of a list from the others, if it is a mapping, and how much of it.
_NAMES = ("id", "name", "key")
_LONGEST = 100


def fingerprints(report: Report) -> list[str]:
    """A fingerprint for each finding of a report, in their order; no two are equal.

    It is made of the rule, the path to the value without the indices of list entries, the text of
    the place, and of a number where those are equal. Neither the document's path nor the message
    is part of it.
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
    """The text of the place; how it is indented and how its lines end makes no difference.

    Of a mapping or list it is none of it: what it begins with changes with its first entry.
    """
    if finding.place is None:
        return ""
    start, end = finding.place.start.offset, finding.place.end.offset
    if isinstance(node, (Mapping, Sequence)) and node.start == start:
        return ""
    return " ".join(report.text.value[start:end].split())


class _Values:
    """The values of a document by their JSON pointers; it is read when the first is asked for."""

    def __init__(self, report: Report) -> None:
        self._report = report

    @cached_property
    def _root(self) -> Node | None:
        return reader.read(self._report.text.value, Limits(), self._report.path).root

    def at(self, pointer: str) -> tuple[list[str], Node | None]:
        """The steps to a value, an entry of a list by its name, and the value if it is there."""
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
                # What is there can't be read; it is most likely an entry of a list.
                shown = "*"
            steps.append(shown)
            node = inner
        return steps, node


def _name(entry: Node | None) -> str:
    """What a mapping is called by one of its fields; a `/` begins the next step."""
    if isinstance(entry, Mapping):
        for field in _NAMES:
            name = entry.get(field)
            if isinstance(name, Scalar):
                return f"{field}={name.text[:_LONGEST].replace('/', '~1')}"
    return ""
