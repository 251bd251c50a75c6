"""JSON for programs, as described by `schema/json-output.schema.json`."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from validator.finding import Finding, Place
from validator.output import Totals
from validator.parsing.text import Text
from validator.report import Report

VERSION = 1
"""The version of the format; it increases when programs that read it would break."""


class Output:
    """Writes one JSON object file by file, so that memory does not grow with the run."""

    def __init__(self, write: Callable[[str], object], **_: object) -> None:
        self._write = write
        self._separator = ""
        write(f'{{"version": {VERSION}, "files": [')

    def report(self, report: Report) -> None:
        content = {
            "path": report.path,
            "kind": report.kind,
            "findings": [as_json(finding, report.text) for finding in report.findings],
        }
        self._write(f"{self._separator}\n  {dumps(content)}")
        self._separator = ","

    def finish(self, totals: Totals) -> None:
        content = {
            "files": totals.files,
            "errors": totals.errors,
            "warnings": totals.warnings,
            "hints": totals.hints,
            "fixed": totals.fixed,
            "known": totals.known,
            "uncheckedScripts": totals.unchecked_scripts,
        }
        self._write(f'\n], "summary": {dumps(content)}}}\n')


def dumps(value: Any) -> str:
    """JSON that is safe to show anywhere.

    It is ASCII, so it survives every terminal. A double number sign, which can only be inside a
    string, is escaped because of logs: see `inert` in `display`.
    """
    return json.dumps(value).replace("##", "#\\u0023")


def as_json(finding: Finding, text: Text) -> dict[str, Any]:
    """A finding of a text as JSON values."""
    return {
        "rule": finding.rule,
        **({"code": finding.code} if finding.code else {}),
        "severity": str(finding.severity),
        "message": finding.message,
        "place": finding.place and _place(finding.place),
        "pointer": finding.pointer,
        "related": [
            {"message": each.message, "place": each.place and _place(each.place)}
            | ({} if each.place else {"pointer": each.pointer})
            for each in finding.related
        ],
        "fixes": [
            {
                "title": fix.title,
                "safe": fix.safe,
                "edits": [
                    {"place": _place(text.place(edit.span)), "text": edit.text}
                    for edit in fix.edits
                ],
            }
            for fix in finding.fixes
        ],
        "docs": finding.docs,
    }


def _place(place: Place) -> dict[str, Any]:
    return {"start": place.start._asdict(), "end": place.end._asdict()}
