"""Baselines: known findings, which are not reported again until they change.

A finding is identified by its file and a fingerprint of its rule, the path of the value and the
text it refers to. It stays known when lines move or list entries are added, and is new when that
text changes. Findings of blocking rules are never known: a document that was not completely
checked must not pass.
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
"""Version of the file format."""

MAX_BYTES = 20_000_000
"""Maximum size of a baseline file, in bytes: about 100,000 findings."""

# The paths of reports on text that is in no file.
_NO_FILES = ("", "<stdin>")


class BaselineError(ValueError):
    """A baseline can't be used or written; the message says which, where and why."""


class Entry(NamedTuple):
    """A known finding: its file, relative to the folder of the baseline, and its identity."""

    path: str
    rule: str
    pointer: str
    fingerprint: str


class Written(NamedTuple):
    """Numbers of findings in a new baseline and of those left out: those of blocking rules."""

    findings: int
    blocking: int


class Baseline:
    """The findings in the baseline file `path`."""

    def __init__(self, path: str, entries: Iterable[Entry]) -> None:
        self._folder = _folder(path)
        self._known: dict[str, dict[str, Entry]] = {}
        for entry in entries:
            self._known.setdefault(entry.path, {})[entry.fingerprint] = entry
        # Per checked file, the number of its entries that were not found again.
        self._missed: dict[str, int] = {}

    def new(self, report: Report, uses: Callable[[str], bool]) -> Report:
        """Return the report without known findings; its `known` is their number.

        `uses` says whether a rule is enabled: entries of disabled rules don't count as stale.
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
        """The findings that are not in the baseline, and the entries that match no finding."""
        left = dict(self._known.get(_relative(report, self._folder), ()))
        findings = tuple(
            finding
            for finding, fingerprint in zip(report.findings, fingerprints(report), strict=True)
            if finding.rule in BLOCKING or left.pop(fingerprint, None) is None
        )
        return findings, list(left.values())

    def stale(self) -> int:
        """The number of entries that no longer match a finding.

        Only entries of files that were checked, or that no longer exist, are counted.
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
    """Read a baseline file. Raises BaselineError if it can't be read or is not a baseline."""
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
    """Raise BaselineError if `path` exists and is not a baseline: it must not be overwritten."""
    if not os.path.isfile(path) or os.path.getsize(path) == 0:
        return
    try:
        content = _read(path)
    except BaselineError:
        content = None
    if not isinstance(content, dict) or not {"version", "findings"} <= content.keys():
        raise BaselineError(f"{path}: exists and is not a baseline; choose another name")


def write_baseline(path: str, reports: Iterable[Report]) -> Written:
    """Write the findings of reports to a baseline file, without those of blocking rules.

    Raises OSError if the file can't be written, and BaselineError if it is one of the checked
    files, exists and is not a baseline, or would be too large.
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
    """Parse a JSON file."""
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
        # Python refuses to convert integers with this many digits.
        raise BaselineError(f"{path}: not a baseline: a number has too many digits") from error


def _is_checked(report: Report, path: str) -> bool:
    try:
        return report.path is not None and os.path.samefile(report.path, path)
    except (OSError, ValueError):
        return False


def _folder(path: str) -> str:
    return os.path.dirname(os.path.realpath(path))


def _relative(report: Report, folder: str) -> str:
    """The real path of a report's file relative to a folder, however it was given."""
    if report.path is None:
        return ""
    try:
        return relative(os.path.realpath(report.path), folder)
    except (OSError, ValueError):
        # The current folder was deleted, or the path is not valid.
        return report.path
