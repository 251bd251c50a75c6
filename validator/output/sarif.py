"""SARIF 2.1.0, the interchange format of static analysis, for code scanning and editors."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from validator import addresses
from validator.addresses import rule_page
from validator.describe import markdown, plain
from validator.display import visible
from validator.finding import Finding, Fix, Place, Severity
from validator.finding_json import dumps
from validator.fingerprint import fingerprints
from validator.output.repository_paths import Root
from validator.parsing.text import Text
from validator.report import Report, Totals
from validator.rules import INDEX, OWN, Rule, all_rules

_SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.HINT: "note"}
_FOUND = 1
_EXITS = (
    "nothing found",
    "something found",
    "a path that does not exist, or a configuration that can't be used",
    "a bug in this program",
)


class Output:
    """Writes one log with one run, one result per line.

    Its table of rules is at the end, and has those with results; with `all_rules` all.
    """

    def __init__(
        self, write: Callable[[str], object], *, all_rules: bool = False, **_: object
    ) -> None:
        self._write = write
        self._separator = ""
        self._root = Root()
        self._own: dict[str, Rule] = {}
        self._indices = {name: index for index, name in enumerate(INDEX)} if all_rules else {}
        write(
            f'{{"$schema": {dumps(_SCHEMA)}, "version": "2.1.0", "runs": [{{\n'
            '"columnKind": "unicodeCodePoints", "newlineSequences": ["\\r\\n", "\\n", "\\r"],\n'
            '"results": ['
        )

    def report(self, report: Report) -> None:
        if not report.findings:
            return
        where = self._root.artifact(report.path or "<text>")
        self._own.update(report.own_rules)
        for finding, fingerprint in zip(report.findings, fingerprints(report), strict=True):
            result = {
                "ruleId": finding.rule,
                "ruleIndex": self._index(finding.rule),
                "level": _LEVELS[finding.severity],
                "message": _message(finding.message),
                "locations": [_location(where, finding.place, finding.pointer)],
                "partialFingerprints": {"automationValidator/v2": fingerprint},
                **_optional(where, report.text, finding),
            }
            self._write(f"{self._separator}\n{dumps(result)}")
            self._separator = ","

    def _index(self, rule: str) -> int:
        """The place of a rule in the table at the end."""
        return self._indices.setdefault(rule, len(self._indices))

    def finish(self, totals: Totals) -> None:
        invocation = {
            "executionSuccessful": totals.exit_code <= _FOUND,
            "exitCode": totals.exit_code,
            "exitCodeDescription": _EXITS[totals.exit_code],
        }
        bases = self._root.bases()
        roots = f',\n"originalUriBaseIds": {dumps(bases)}' if bases else ""
        driver = {"name": "automation-validator", **_version(), **_address()}
        known = {**self._own, **all_rules()}
        rules = ",\n".join(dumps(_rule(known[name])) for name in self._indices)
        self._write(
            f'\n],\n"invocations": [{dumps(invocation)}]{roots},\n'
            f'"tool": {{"driver": {dumps(driver)[:-1]}, "rules": [\n{rules}\n]}}}}\n}}]}}\n'
        )


def _address() -> dict[str, str]:
    address = addresses.SITE or addresses.REPOSITORY
    return {"informationUri": address} if address else {}


def _version() -> dict[str, str]:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return {"version": version("automation-validator")}
    except PackageNotFoundError:  # run from sources that are not installed
        return {}


def _rule(rule: Rule) -> dict[str, Any]:
    # Rules of one's own have no pages, and need no reason.
    address = "" if rule.group == OWN else rule_page(rule.name)
    text, marked = plain(rule), markdown(rule)
    if address:
        text, marked = f"{text}\n\n{address}", f"{marked}\n\n<{address}>"
    return {
        "id": rule.name,
        "shortDescription": _message(rule.summary),
        "fullDescription": _message(rule.why or rule.summary),
        **({"helpUri": address} if address else {}),
        "help": {"text": text, "markdown": marked},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        "properties": {"tags": [rule.group]},
    }


def _optional(where: dict[str, str], text: Text, finding: Finding) -> dict[str, Any]:
    """The related places and the fixes of a finding, if it has any."""
    content: dict[str, Any] = {}
    if finding.related:
        content["relatedLocations"] = [
            {
                "id": number,
                **_location(where, each.place, each.pointer),
                "message": _message(each.message),
            }
            for number, each in enumerate(finding.related, 1)
        ]
    if finding.fixes:
        content["fixes"] = [_fix(where, text, fix) for fix in finding.fixes]
    return content


def _location(where: dict[str, str], place: Place | None, pointer: str) -> dict[str, Any]:
    if place is not None:
        return {"physicalLocation": {"artifactLocation": where, "region": _region(place)}}
    logical = {"logicalLocations": [{"fullyQualifiedName": pointer}]} if pointer else {}
    return {"physicalLocation": {"artifactLocation": where}, **logical}


def _region(place: Place) -> dict[str, int]:
    return {
        "startLine": place.start.line,
        "startColumn": place.start.column,
        "endLine": place.end.line,
        "endColumn": place.end.column,
    }


def _fix(where: dict[str, str], text: Text, fix: Fix) -> dict[str, Any]:
    replacements = [
        {
            "deletedRegion": _region(text.place(edit.span)),
            "insertedContent": {"text": edit.text},
        }
        for edit in fix.edits
    ]
    return {
        "description": _message(fix.title),
        "artifactChanges": [{"artifactLocation": where, "replacements": replacements}],
        "properties": {"safe": fix.safe},
    }


def _message(text: str) -> dict[str, str]:
    """A plain text message. A document's own text makes no link in it (SARIF 2.1.0, 3.11.6)."""
    shown = visible(text)
    if "](" in shown:
        for character in "\\[]":
            shown = shown.replace(character, "\\" + character)
    return {"text": shown}
