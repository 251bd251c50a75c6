"""A baseline: findings that are known and not reported again until they change.

A finding is known by its file, rule, JSON pointer and the text that it is about, not by its line:
it stays known when lines move, and is new when what it is about changes.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

from validator.engine import Report
from validator.finding import Finding

VERSION = 1

_Key = tuple[str, str, str, str]


class BaselineError(ValueError):
    """A baseline that can't be used; the text says where and why."""


class Baseline:
    """The known findings of a baseline file, each as often as it was there."""

    def __init__(self, path: str, known: Counter[_Key]) -> None:
        self._folder = os.path.dirname(os.path.abspath(path))
        self._known = known

    def new(self, report: Report) -> Report:
        """The report without the findings that are known."""
        left = Counter(self._known)
        findings = []
        for finding, key in _keys(report, self._folder):
            if left[key] > 0:
                left[key] -= 1
            else:
                findings.append(finding)
        return replace(report, findings=tuple(findings))


def read_baseline(path: str) -> Baseline:
    """The baseline in a file. Raises BaselineError where it can't be read or is none."""
    try:
        with open(path, encoding="utf-8") as stream:
            content = json.load(stream)
        if content["version"] != VERSION:
            raise BaselineError(f"{path}: this is no baseline of version {VERSION}")
        known: Counter[_Key] = Counter()
        for each in content["findings"]:
            known[each["path"], each["rule"], each["pointer"], each["content"]] += each["count"]
    except OSError as error:
        raise BaselineError(f"{path}: can't be read: {error.strerror}") from error
    except (ValueError, KeyError, TypeError) as error:
        if isinstance(error, BaselineError):
            raise
        raise BaselineError(f"{path}: this is no baseline of automation-validator") from error
    return Baseline(path, known)


def write_baseline(path: str, reports: Iterable[Report]) -> int:
    """Write a file that holds all findings of some reports; returns how many there are.

    Raises OSError where it can't be written.
    """
    folder = os.path.dirname(os.path.abspath(path))
    known = Counter(key for report in reports for _, key in _keys(report, folder))
    findings = [
        {"path": file, "rule": rule, "pointer": pointer, "content": content, "count": count}
        for (file, rule, pointer, content), count in sorted(known.items())
    ]
    with open(path, "w", encoding="utf-8") as stream:
        json.dump({"version": VERSION, "findings": findings}, stream, indent=2)
        stream.write("\n")
    return known.total()


def _keys(report: Report, folder: str) -> Iterator[tuple[Finding, _Key]]:
    # Slow to import, and needed only for a baseline.
    from hashlib import sha256

    path = "" if report.path is None else os.path.relpath(report.path, folder)
    for finding in report.findings:
        content = ""
        if finding.place is not None:
            start, end = finding.place.start.offset, finding.place.end.offset
            content = report.text.value[start:end]
        # Surrogates of a text that is no text must not end the run.
        digest = sha256(content.encode("utf-8", "surrogatepass")).hexdigest()[:16]
        yield finding, (path.replace(os.sep, "/"), finding.rule, finding.pointer, digest)
