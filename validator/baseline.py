"""A baseline: findings that are known and not reported again until they change.

A finding is known by its file and its fingerprint, made of rule, JSON pointer and the text that it
is about: it stays known when lines move, and is new when what it is about changes.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable

from validator.engine import Report
from validator.fingerprint import fingerprints
from validator.paths import relative

VERSION = 1
"""The version of the file's format."""


class BaselineError(ValueError):
    """A baseline that can't be used; the text says where and why."""


class Baseline:
    """The findings in a baseline file, by path (relative to the file's folder) and fingerprint."""

    def __init__(self, folder: str, known: frozenset[tuple[str, str]]) -> None:
        self._folder = folder
        self._known = known

    def new(self, report: Report) -> Report:
        """The report without the findings that are known."""
        path = _relative(report, self._folder)
        findings = tuple(
            finding
            for finding, fingerprint in zip(report.findings, fingerprints(report), strict=True)
            if (path, fingerprint) not in self._known
        )
        return report.replace(findings=findings)


def read_baseline(path: str) -> Baseline:
    """The baseline in a file. Raises BaselineError where it can't be read or is none."""
    try:
        with open(path, encoding="utf-8") as stream:
            content = json.load(stream)
        if content["version"] != VERSION:
            raise BaselineError(f"{path}: this is no baseline of version {VERSION}")
        known = frozenset((each["path"], each["fingerprint"]) for each in content["findings"])
    except OSError as error:
        raise BaselineError(f"{path}: can't be read: {error.strerror}") from error
    except (ValueError, KeyError, TypeError) as error:
        if isinstance(error, BaselineError):
            raise
        raise BaselineError(f"{path}: this is no baseline of automation-validator") from error
    return Baseline(os.path.dirname(os.path.abspath(path)), known)


def write_baseline(path: str, reports: Iterable[Report]) -> int:
    """Write a file that holds all findings of some reports; returns how many there are.

    Raises OSError where it can't be written.
    """
    folder = os.path.dirname(os.path.abspath(path))
    findings = [
        {
            "path": _relative(report, folder),
            "rule": finding.rule,
            "pointer": finding.pointer,
            "fingerprint": fingerprint,
        }
        for report in reports
        for finding, fingerprint in zip(report.findings, fingerprints(report), strict=True)
    ]
    with open(path, "w", encoding="utf-8") as stream:
        json.dump({"version": VERSION, "findings": findings}, stream, indent=2)
        stream.write("\n")
    return len(findings)


def _relative(report: Report, folder: str) -> str:
    return "" if report.path is None else relative(report.path, folder)
