"""Names of rules in comments that suppress findings: what they mean, and which can be written."""

from __future__ import annotations

import re

from validator import suppression
from validator.describe import markdown, plain
from validator.finding import Span
from validator.language.features.completion import Completion
from validator.language.features.hover import Hover
from validator.language.markup import Markup
from validator.parsing.reader import is_json
from validator.parsing.scalars import Scalars
from validator.parsing.text import MARKER
from validator.rule import Rule
from validator.rules import INDEX, declared, is_code
from validator.server.documents import OpenDocument
from validator.server.handlers import own_findings

_BEGUN = r"(?<!\S)#[^\S\r\n]*automation-validator:[^\S\r\n]*ignore(?:-file)?\[([^]\r\n]*)\Z"
_WORD = r"[^,\s\]]*"


def hover(document: OpenDocument, offset: int) -> Hover | None:
    """Describe the rule whose name in a comment is at an offset."""
    view = document.view
    if document.config is None or MARKER not in document.text or view.stale or _is_json(document):
        return None
    is_own = document.config.own_names.has
    for name, span in suppression.names(view.text, view.document.root, is_own):
        if span.start <= offset <= span.end and not is_code(name):
            if name in INDEX:
                rule = declared(name)
                return Hover(span, Markup(markdown(rule), plain(rule)))
            own = _own(document).get(name)
            return None if own is None else Hover(span, own_findings.described(own))
    return None


def complete(document: OpenDocument, offset: int) -> tuple[Completion, ...] | None:
    """The names that can be written in a comment at an offset; None if it is in no such comment.

    Those of rules that have findings come first.
    """
    text, view = document.view.text, document.view
    line = text.line_span(text.position(offset).line)
    begun = re.search(_BEGUN, text.value[line.start : offset])
    if begun is None or _is_json(document):
        return None
    root = None if view.stale else view.document.root
    if Scalars(text, root).contains(line.start + begun.start()):
        return None
    written = re.findall(r"[^,\s]+", begun[1])
    start = offset
    if begun[1][-1:] not in ("", ",", " "):
        start -= len(written.pop())
    ending = re.compile(_WORD).match(text.value, offset)
    assert ending is not None
    found = document.report.findings if document.report is not None else ()
    first = {finding.rule for finding in found}
    known = {name: declared(name) for name in INDEX if name not in suppression.OUT_OF_REACH}
    rules = [rule for name, rule in {**known, **_own(document)}.items() if name not in written]
    rules.sort(key=lambda rule: rule.name not in first)
    return tuple(
        Completion(
            rule.name,
            "value",
            rule.summary,
            Markup(),
            Span(start, ending.end()),
            rule.name,
            sort=f"{number:04}",
        )
        for number, rule in enumerate(rules)
    )


def _own(document: OpenDocument) -> dict[str, Rule]:
    """The rules of one's own by the configuration of a document, by name."""
    return {} if document.config is None else document.config.own_rules()


def _is_json(document: OpenDocument) -> bool:
    """Whether a document can have no comments."""
    return document.path is not None and is_json(document.path)
