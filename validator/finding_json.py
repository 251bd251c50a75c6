"""Findings as JSON values, as described by `schema/json-output.schema.json`."""

from __future__ import annotations

import json
from typing import Any

from validator.finding import Finding, Place
from validator.parsing.text import Text

VERSION = 1
"""The version of the format; it increases when programs that read it would break."""


def dumps(value: Any) -> str:
    """JSON that is safe to show anywhere.

    It is ASCII, so it survives every terminal. A double number sign, which can only be inside a
    string, is escaped because of logs: see `inert` in `display`.
    """
    return json.dumps(value).replace("##", "#\\u0023")


def finding_as_json(finding: Finding, text: Text) -> dict[str, Any]:
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
