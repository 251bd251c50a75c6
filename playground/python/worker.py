"""Answer the requests of the page: what the command does, as JSON for an editor in a browser.

The page sends texts and offsets in UTF-16 code units, as JavaScript counts them.
"""

from __future__ import annotations

import importlib
import json
import sys
from bisect import bisect_left
from collections.abc import Callable, Iterable
from typing import Any

from validator.configuration.config import Config
from validator.display import visible
from validator.engine import check_text
from validator.finding import Counts, Edit, Finding, Span
from validator.language.snapshot import View
from validator.report import Report
from validator.rules import INDEX

TABS = {
    "automations": ".ona/automations.yaml",
    "workflow": ".ona/automations/example.yaml",
    "classic": ".gitpod.yml",
    "api": "document",
}
"""The tabs of the page, each with the path of the file that its text is checked as."""

_MARK = "\ufeff"
_MOST_STEPS = 2_000
_DEFAULT = Config()
_EVERYTHING = Config(
    severity={name: entry.severity for name, entry in INDEX.items() if entry.optional}
)


def path_of(tab: str, text: str) -> str:
    """The path of the file that a text in a tab is checked as; its ending says what it is."""
    path = TABS[tab]
    if tab == "api":
        return path + (".json" if text.lstrip(f"{_MARK} \t\r\n")[:1] in ("{", "[") else ".yaml")
    return path


class Units:
    """Converts offsets in a text without its byte order mark to code units with it, and back."""

    def __init__(self, text: str) -> None:
        self._mark = len(_MARK) * text.startswith(_MARK)
        value = text[self._mark :]
        # Where characters are that take two units each.
        self._wide = [at for at, each in enumerate(value) if each > "\uffff"] if _wide(text) else []
        self._wide_units = [at + number for number, at in enumerate(self._wide)]

    def of(self, offset: int) -> int:
        """The code units before an offset."""
        return offset + bisect_left(self._wide, offset) + self._mark

    def offset(self, units: int) -> int:
        """The offset after a number of code units; that of a character for one inside it."""
        units = max(units - self._mark, 0)
        return units - bisect_left(self._wide_units, units - 1) - (units - 1 in self._wide_units)

    def edits(self, edits: Iterable[Edit]) -> list[dict[str, Any]]:
        """Edits as changes of the editor."""
        return [self.range(each.span) | {"insert": each.text} for each in edits]

    def range(self, span: Span) -> dict[str, Any]:
        """A range of the editor."""
        return {"from": self.of(span.start), "to": self.of(span.end)}


def _wide(text: str) -> bool:
    return not text.isascii() and max(text) > "\uffff"


def handle(request: str) -> str:
    """The answer to a request, both as JSON.

    `op` names one of `OPERATIONS`, `tab` is one of `TABS`. An optional `path` replaces the path of
    the tab, and `everything` says whether rules that are off by default run too.
    """
    asked = json.loads(request)
    text = asked["text"]
    path = asked.get("path") or path_of(asked["tab"], text)
    config = _EVERYTHING if asked.get("everything") else _DEFAULT
    return json.dumps(OPERATIONS[asked["op"]](text, path, config, asked))


def _check(text: str, path: str, config: Config, _: Any) -> dict[str, Any]:
    """The findings of a text."""
    return _report(check_text(text, path=path, config=config), text)


def _report(report: Report, text: str) -> dict[str, Any]:
    units = Units(text)
    counts = Counts.of(report.findings)
    return {
        "kind": report.kind,
        "findings": [_finding(each, units) for each in report.findings],
        "errors": counts.errors,
        "warnings": counts.warnings,
        "hints": counts.hints,
        "fixable": counts.fixable,
    }


def _finding(finding: Finding, units: Units) -> dict[str, Any]:
    assert finding.place is not None
    return {
        "rule": finding.rule,
        "severity": str(finding.severity),
        "message": finding.message,
        "pointer": finding.pointer,
        **_place(finding, units),
        "related": [
            {"message": each.message, **_place(each, units)}
            for each in finding.related
            if each.place is not None
        ],
        "fixes": [
            {"title": fix.title, "safe": fix.safe, "edits": units.edits(fix.edits)}
            for fix in finding.fixes
        ],
    }


def _place(at: Any, units: Units) -> dict[str, Any]:
    start, end = at.place
    span = Span(start.offset, end.offset)
    return {**units.range(span), "line": start.line, "column": start.column}


def _fix(text: str, path: str, config: Config, _: Any) -> dict[str, Any]:
    """The changes that apply all safe fixes, and the number of findings fixed."""
    from validator.fixer import fix_text

    fixed = fix_text(text, path=path, config=config)
    return {"changes": Units(text).edits(fixed.edits), "count": fixed.count}


_VIEWS: dict[str, View] = {}
"""The last view of each path, in which a text that can't be read finds its references."""


def _view(text: str, path: str) -> View:
    _VIEWS[path] = view = View.of(text, path, _VIEWS.get(path))
    return view


def _complete(text: str, path: str, _: Config, asked: Any) -> dict[str, Any]:
    """What can be written at `offset`."""
    from validator.language.features.completion import complete

    units = Units(text)
    found = complete(_view(text, path), units.offset(asked["offset"]))
    return {
        "options": [
            {
                "label": each.label,
                "kind": each.kind,
                "detail": each.detail,
                "info": each.documentation.plain,
                "insert": each.text,
                **units.range(each.span),
            }
            for each in found
        ]
    }


def _hover(text: str, path: str, _: Config, asked: Any) -> dict[str, Any]:
    """The description of what is at `offset`; `text` is empty if there is none."""
    from validator.language.features.hover import hover

    units = Units(text)
    found = hover(_view(text, path), units.offset(asked["offset"]))
    if found is None:
        return {"text": ""}
    return {"text": found.text.plain, **units.range(found.span)}


def _draw(text: str, path: str, config: Config, _: Any) -> dict[str, Any]:
    """The graph of an automations file as SVG, and its plans; `graph` is None without a graph."""
    from validator import drawing
    from validator.kinds import DEFAULT_KIND
    from validator.model.load import read_document

    report = check_text(text, path=path, config=config)
    document = read_document(text) if report.kind == DEFAULT_KIND else None
    if document is None:
        return {"graph": None, "why": "There are no tasks and services to draw.", "plans": None}
    try:
        graph, why = drawing.draw(drawing.diagram_of(document), "svg"), ""
    except drawing.TooLarge as error:
        graph, why = None, str(error)
    return {"graph": graph, "why": why, "plans": _plans(document) if report.ok else None}


def _plans(document: Any) -> list[dict[str, Any]]:
    from validator.model.plan import LIFE, Step, label, of_document

    when = {phase.trigger: phase.when for phase in LIFE}

    def step(each: Step) -> dict[str, Any]:
        return {
            "reference": visible(each.reference),
            "label": visible(label(each.automation)),
            "role": each.automation.role,
            "needs": [visible(name) for name in each.needs],
            "pulledInBy": each.pulled_in_by and visible(each.pulled_in_by),
        }

    return [
        {
            "trigger": plan.trigger,
            "when": when[plan.trigger or ""],
            "groups": [[step(each) for each in group.steps] for group in plan.groups],
        }
        for plan in of_document(document)
        if len(plan.steps) <= _MOST_STEPS
    ]


def _migrate(text: str, path: str, config: Config, _: Any) -> dict[str, Any]:
    """The files that replace a `.gitpod.yml`, and the findings of the migration."""
    from validator.migration.migration import migrate_text

    migration = migrate_text(text, path=path, config=config)
    return {
        **_report(migration.report, text),
        "file": migration.file,
        "devcontainer": migration.devcontainer,
    }


OPERATIONS: dict[str, Callable[[str, str, Config, Any], dict[str, Any]]] = {
    "check": _check,
    "complete": _complete,
    "draw": _draw,
    "fix": _fix,
    "hover": _hover,
    "migrate": _migrate,
}
"""The operations of requests, each a function of a text, its path, the configuration and them."""


class _Later:
    """Finds no module itself, but loads an archive before `name` is looked for."""

    def __init__(self, name: str, load: Callable[[], object]) -> None:
        self._name = name
        self._load = load

    def find_spec(self, name: str, _path: object = None, _target: object = None) -> None:
        if name == self._name:
            sys.meta_path.remove(self)
            self._load()
            importlib.invalidate_caches()


def load_later(name: str, load: Callable[[], object]) -> None:
    """Call `load`, which makes a package available, when the package is first imported."""
    sys.meta_path.insert(0, _Later(name, load))
