"""What a finding is known by from one run to the next, while the lines around it move."""

from __future__ import annotations

from hashlib import sha256

from validator.engine import Report
from validator.finding import Finding


def fingerprints(report: Report) -> list[str]:
    """A fingerprint for each finding of a report, in their order; no two are equal.

    It is made of the rule, the pointer and the text of the place, and of a number where those are
    equal. Neither the document's path nor the message is part of it.
    """
    seen: dict[tuple[str, str, str], int] = {}
    found = []
    for finding in report.findings:
        key = (finding.rule, finding.pointer, _content(report, finding))
        seen[key] = seen.get(key, 0) + 1
        text = "\0".join([*key, str(seen[key])])
        found.append(sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32])
    return found


def _content(report: Report, finding: Finding) -> str:
    """The text of the place; how it is indented and how its lines end is no difference."""
    if finding.place is None:
        return ""
    span = slice(finding.place.start.offset, finding.place.end.offset)
    return " ".join(report.text.value[span].split())
