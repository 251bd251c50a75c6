"""Write the summary and the outputs of a GitHub Actions job from findings as JSON.

$ python scripts/job_summary.py FINDINGS.json

The environment is that of a step: the summary goes to the file `GITHUB_STEP_SUMMARY` unless
`SUMMARY` is `false`, outputs to the file `GITHUB_OUTPUT`. It imports only the standard library.
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Mapping
from itertools import islice
from typing import Any
from urllib.parse import quote

MOST = 500
"""The most findings that are shown: GitHub shows no summary of more than a megabyte."""

_SIGNS = {"error": "❌ error", "warning": "⚠️ warning", "hint": "💡 hint"}


def summary(findings: Mapping[str, Any], environment: Mapping[str, str]) -> str:
    """The findings as Markdown: how many there are, and a table."""
    total = findings["summary"]
    counts = ", ".join(
        _count(total[f"{severity}s"], severity) for severity in _SIGNS if total[f"{severity}s"]
    )
    files = _count(total["files"], "file")
    known = f" {_count(total['known'], 'known finding')} not shown." if total["known"] else ""
    scripts = " Scripts not checked: shellcheck is not installed." * bool(total["uncheckedScripts"])
    head = f"### Automation files\n\n{counts or 'No findings'} in {files}.{known}{scripts}\n"
    if not total["files"]:
        return "### Automation files\n\nThere was no file to check.\n"
    all_rows = (
        _row(finding, file["path"], environment)
        for file in findings["files"]
        for finding in file["findings"]
    )
    rows = [*islice(all_rows, MOST)]
    if not rows:
        return head
    left = sum(1 for _ in all_rows)
    more = [f"\nAnd {left:,} more."] if left else []
    return "\n".join([head, "| | place | rule | finding |", "|---|---|---|---|", *rows, *more, ""])


def outputs(findings: Mapping[str, Any], path: str) -> str:
    """The outputs, one per line."""
    counts = [f"{name}={findings['summary'][name]}\n" for name in ("errors", "warnings", "hints")]
    return "".join([*counts, f"findings-file={path}\n"])


def plain(text: str) -> str:
    """Text for a cell of a table: nothing in it is Markdown, HTML or a mention.

    What stands between backticks, as messages quote it, is shown as code.
    """
    pieces = re.split(r"`([^`]*)`", text)
    return "".join(
        f"<code>{_inert(piece)}</code>" if number % 2 else _inert(piece)
        for number, piece in enumerate(pieces)
    )


def _inert(text: str) -> str:
    """Text on one line in which punctuation is written by its number."""
    line = re.sub(r"\s+", " ", text)
    return re.sub(r"[^\w ]|_", lambda found: f"&#{ord(found[0])};", line)


def _row(finding: Mapping[str, Any], path: str | None, environment: Mapping[str, str]) -> str:
    place = finding["place"]
    line = None if place is None else place["start"]["line"]
    where = f"{path or 'stdin'}{'' if line is None else f':{line}'}"
    cells = [
        _SIGNS[finding["severity"]],
        _link(_inert(where), _address(path, line, environment)),
        _link(_inert(finding["rule"]), finding["docs"] if _is_address(finding["docs"]) else ""),
        plain(finding["message"]),
    ]
    return f"| {' | '.join(cells)} |"


def _address(path: str | None, line: int | None, environment: Mapping[str, str]) -> str:
    """The address of a place in the repository at this commit; "" if it is not in there."""
    names = ("GITHUB_SERVER_URL", "GITHUB_REPOSITORY", "GITHUB_SHA", "GITHUB_WORKSPACE")
    server, repository, commit, workspace = (environment.get(name, "") for name in names)
    if path is None or not (server and repository and commit):
        return ""
    inside = os.path.relpath(path, workspace or None).replace(os.sep, "/")
    if inside.startswith("../"):
        return ""
    anchor = "" if line is None else f"#L{line}"
    return f"{server}/{repository}/blob/{commit}/{quote(inside)}{anchor}"


def _is_address(docs: str) -> bool:
    return docs.startswith("https://")


def _link(text: str, address: str) -> str:
    return f'<a href="{_inert(address)}">{text}</a>' if address else text


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def main(path: str) -> int:
    """Append to the files of the step; returns the exit code."""
    with open(path, encoding="utf-8") as stream:
        findings = json.load(stream)
    written = {"GITHUB_OUTPUT": outputs(findings, path)}
    if os.environ.get("SUMMARY") != "false":
        written["GITHUB_STEP_SUMMARY"] = summary(findings, os.environ)
    for name, text in written.items():
        target = os.environ.get(name)
        if target:
            with open(target, "a", encoding="utf-8") as stream:
                stream.write(text)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1]))
