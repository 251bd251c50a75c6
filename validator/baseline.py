"""A baseline: findings that are known and not reported again until they change.

A finding is known by its file and its fingerprint, made of rule, path of the value and the text
that it is about: it stays known when lines move or entries are added to lists, and is new when what
it is about changes. A finding of a blocking rule is never known: what was not wholly checked does
not pass.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from validator.files.paths import relative
from validator.files.reading import read_bytes
from validator.files.replacement import write_file
from validator.finding import Finding
from validator.fingerprint import fingerprints
from validator.parsing.text import decode
from validator.report import Report
from validator.rules import BLOCKING

VERSION = 2
"""The version of the file's format."""

MAX_BYTES = 20_000_000
"""The size of a baseline that is read or written at most: some 100,000 findings."""

# What stands for a text that is in no file.
_NO_FILES = ("", "<stdin>")


class BaselineError(ValueError):
    """A baseline that can't be used or written; the text says which, where and why."""


class Entry(NamedTuple):
    """A known finding: its file, relative to the folder of the baseline, and what it is."""

    path: str
    rule: str
    pointer: str
    fingerprint: str


class Written(NamedTuple):
    """The number of findings in a new baseline, and of those of blocking rules, left out of it."""

    findings: int
    blocking: int


class Baseline:
    """The findings in a baseline file; `path` is its own, `entries` are the findings."""

    def __init__(self, path: str, entries: Iterable[Entry]) -> None:
        self._folder = _folder(path)
        self._known: dict[str, dict[str, Entry]] = {}
        for entry in entries:
            self._known.setdefault(entry.path, {})[entry.fingerprint] = entry
        # Of each file that was checked, how many of its entries were not found again.
        self._missed: dict[str, int] = {}

    def new(self, report: Report, uses: Callable[[str], bool]) -> Report:
        """The report without the findings that are known; its `known` is their number.

        `uses` says whether findings of a rule are wanted: those of others are not missed.
        """
        findings, left = self._unknown(report)
        path = _relative(report, self._folder)
        self._missed[path] = 0
        if not any(finding.rule in BLOCKING for finding in findings):
            self._missed[path] = sum(uses(entry.rule) for entry in left)
        known = len(report.findings) - len(findings)
        return report.replace(findings=findings, known=known)

    def unknown(self, report: Report) -> tuple[Finding, ...]:
        """The findings of a report that are not in the baseline."""
        return self._unknown(report)[0]

    def _unknown(self, report: Report) -> tuple[tuple[Finding, ...], list[Entry]]:
        """The findings that are not in the baseline, and its entries that match none."""
        left = dict(self._known.get(_relative(report, self._folder), ()))
        findings = tuple(
            finding
            for finding, fingerprint in zip(report.findings, fingerprints(report), strict=True)
            if finding.rule in BLOCKING or left.pop(fingerprint, None) is None
        )
        return findings, list(left.values())

    def stale(self) -> int:
        """The number of entries that match nothing any more.

        They are of files that were checked, or that do not exist any more.
        """
        gone = (
            len(entries)
            for path, entries in self._known.items()
            if path not in self._missed
            and os.path.basename(path) not in _NO_FILES
            and not os.path.lexists(os.path.join(self._folder, path))
        )
        return sum(self._missed.values()) + sum(gone)


def read_baseline(path: str) -> Baseline:
    """The baseline in a file. Raises BaselineError where it can't be read or is none."""
    content = _read(path)
    version = content.get("version") if isinstance(content, dict) else None
    if version == 1:
        raise BaselineError(
            f"{path}: an older version wrote this baseline; write it again with --write-baseline"
        )
    if version != VERSION:
        raise BaselineError(f"{path}: not a baseline of version {VERSION}")
    try:
        entries = [Entry(*(each[name] for name in Entry._fields)) for each in content["findings"]]
        if not all(isinstance(value, str) for entry in entries for value in entry):
            raise TypeError
    except (KeyError, TypeError) as error:
        raise BaselineError(f"{path}: not a baseline: `findings` is not valid") from error
    return Baseline(path, entries)


def check_target(path: str) -> None:
    """Raise BaselineError where a baseline must not be written: over a file that is none."""
    if not os.path.isfile(path) or os.path.getsize(path) == 0:
        return
    try:
        content = _read(path)
    except BaselineError:
        content = None
    if not isinstance(content, dict) or not {"version", "findings"} <= content.keys():
        raise BaselineError(f"{path}: exists and is not a baseline; choose another name")


def write_baseline(path: str, reports: Iterable[Report]) -> Written:
    """Write a file of the findings of reports that can be known, and count them.

    Raises OSError where it can't be written, and BaselineError where it must not be: over a file
    that was checked, or that is no baseline, or if there are too many findings.
    """
    check_target(path)
    folder = _folder(path)
    lines = []
    blocking = 0
    for report in reports:
        if _is_checked(report, path):
            raise BaselineError(f"{path}: one of the files that are checked; choose another name")
        name = _relative(report, folder)
        blocking += sum(finding.rule in BLOCKING for finding in report.findings)
        lines += [
            json.dumps(Entry(name, finding.rule, finding.pointer, fingerprint)._asdict())
            for finding, fingerprint in zip(report.findings, fingerprints(report), strict=True)
            if finding.rule not in BLOCKING
        ]
    findings = ",\n    ".join(lines)
    text = f'{{\n  "version": {VERSION},\n  "findings": [\n    {findings}\n  ]\n}}\n'
    if len(text) > MAX_BYTES:
        raise BaselineError(f"{path}: {len(lines):,} findings are too many for a baseline")
    write_file(path, text.encode())
    return Written(len(lines), blocking)


def _read(path: str) -> Any:
    """The JSON value in a file."""
    try:
        data = read_bytes(path, MAX_BYTES)
    except OSError as error:
        raise BaselineError(f"{path}: can't be read: {error.strerror or error}") from error
    if len(data) > MAX_BYTES:
        raise BaselineError(f"{path}: larger than {MAX_BYTES:,} bytes, too large for a baseline")
    text, problem = decode(data)
    if problem is not None:
        raise BaselineError(f"{path}: not a baseline: {problem.message}")
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        place = f"{path}:{error.lineno}:{error.colno}"
        raise BaselineError(f"{place}: not a baseline: not valid JSON: {error.msg}") from error
    except RecursionError as error:
        raise BaselineError(f"{path}: not a baseline: nested too deep") from error
    except ValueError as error:
        # Python converts no number of so many digits.
        raise BaselineError(f"{path}: not a baseline: a number has too many digits") from error


def _is_checked(report: Report, path: str) -> bool:
    try:
        return report.path is not None and os.path.samefile(report.path, path)
    except (OSError, ValueError):
        return False


def _folder(path: str) -> str:
    return os.path.dirname(os.path.realpath(path))


def _relative(report: Report, folder: str) -> str:
    """The path of a report's file as seen from a folder, the same however it is written."""
    if report.path is None:
        return ""
    try:
        return relative(os.path.realpath(report.path), folder)
    except (OSError, ValueError):
        # There is no current folder, or no file can have this name.
        return report.path
