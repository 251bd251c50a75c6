"""Items and findings as HTML for the page; all text of the document is escaped here."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

from validator.display import markup, visible
from validator.drawing.diagram import Diagram, Item
from validator.finding import Finding, Place
from validator.model.automations import Automation, Document
from validator.parsing.nodes import Scalar
from validator.parsing.text import Text
from validator.report import Report
from validator.rule import Rule
from validator.rules import INDEX, declared
from validator.wording import counted

_BEFORE, _MARKED, _AFTER = 24, 200, 100
"""Number of characters of a line shown before a place, in it, and after it."""
_MAX_RELATED = 10


def shown(text: str) -> str:
    """Text of a document on one line, as HTML."""
    return markup(" ".join(text.split()))


def code(text: str) -> str:
    """Text of a document with its line breaks, as HTML."""
    return "\n".join(markup(line) for line in text.rstrip("\n").split("\n"))


class Details:
    """Details of the items of a diagram, which are identified by their numbers."""

    def __init__(self, document: Document | None, diagram: Diagram, report: Report) -> None:
        self.report = report
        self._items = diagram.items
        self._automations = document.by_reference if document is not None else {}
        self.number = {item.reference: index for index, item in enumerate(diagram.items)}
        number = self.number
        self.needs: list[list[int]] = [[] for _ in diagram.items]
        self.needed_by: list[list[int]] = [[] for _ in diagram.items]
        for edge in diagram.edges:
            self.needs[number[edge.task]].append(number[edge.needs])
            self.needed_by[number[edge.needs]].append(number[edge.task])
        self._of_pointer = {
            item.pointer: index for index, item in enumerate(diagram.items) if item.pointer
        }
        # The spans of items in the text, in order.
        self._spans = sorted(
            (each.key.start, each.node.end, number[reference])
            for reference, each in self._automations.items()
        )
        self._findings: dict[int, list[Finding]] = {}
        for finding in report.findings:
            for item in self.items_of(finding):
                self._findings.setdefault(item, []).append(finding)

    def fields(self, item: Item) -> list[tuple[str, str]]:
        """The fields of an item that the page shows, by their names, as HTML."""
        automation = self._automations.get(item.reference)
        if automation is None:
            return []
        programs = {"Command": _text(automation, "command")}
        programs |= {name.capitalize(): text for name, text in automation.commands.items()}
        fields = {"Description": shown(_text(automation, "description"))}
        fields |= {name: f"<pre>{code(text)}</pre>" for name, text in programs.items() if text}
        return [(name, value) for name, value in fields.items() if value]

    def items_of(self, finding: Finding) -> list[int]:
        """The items that a finding is about, by its pointer and its places."""
        owner = self._of_pointer.get("/".join(finding.pointer.split("/")[:3]))
        places = [each.place for each in finding.related[:_MAX_RELATED]]
        if owner is None:
            places.append(finding.place)
        found = [owner, *map(self._item_at, places)]
        return list(dict.fromkeys(item for item in found if item is not None))

    def _item_at(self, place: Place | None) -> int | None:
        if place is None:
            return None
        at = bisect_right(self._spans, (place.start.offset, float("inf"), 0))
        if not at:
            return None
        _, end, item = self._spans[at - 1]
        return item if place.start.offset < end else None

    def findings_of(self, item: int) -> list[Finding]:
        """The findings about an item."""
        return self._findings.get(item, [])

    def link(self, number: int) -> str:
        """A link to an item, with its reference."""
        item = self._items[number]
        name = f'<a href="#item-{number}"><bdi>{shown(item.name)}</bdi></a>'
        return f"{name} <code>{shown(item.reference)}</code>"

    def links(self, items: Iterable[int]) -> str:
        """A list of links to items."""
        listed = "".join(f"<li>{self.link(item)}</li>" for item in items)
        return f"<ul>{listed}</ul>" if listed else ""


def _text(automation: Automation, name: str) -> str:
    member = automation.field(name)
    return member[1].text if member is not None and isinstance(member[1], Scalar) else ""


def findings(some: Iterable[Finding], report: Report, details: Details | None = None) -> str:
    """Findings with their code; with `details`, also links to their items."""
    return "\n".join(_finding(each, report.text, details) for each in some)


def _finding(finding: Finding, text: Text, details: Details | None) -> str:
    place = finding.place
    where = f"line {place.start.line}, column {place.start.column}" if place is not None else ""
    severity = f'<span class="severity {finding.severity}">{finding.severity}</span>'
    parts = [f'<p>{severity} {_rule(finding)} <span class="note">{where}</span></p>']
    parts.append(f"<p>{_message(finding.message)}</p>")
    parts.append(_frame(text, place))
    related = finding.related[:_MAX_RELATED]
    parts += [
        f'<p class="note">{_message(each.message)}</p>{_frame(text, each.place)}'
        for each in related
    ]
    if len(finding.related) > len(related):
        more = counted(len(finding.related) - len(related), "more place")
        parts.append(f'<p class="note">and {more}</p>')
    if details is not None:
        parts.append(details.links(details.items_of(finding)))
    return f'<div class="finding">{"".join(parts)}</div>'


def _rule(finding: Finding) -> str:
    """The name of a finding's rule, as a link to where it is explained."""
    name = f"<code>{finding.name}</code>"
    if has_page(finding):
        return f'<a href="{markup(finding.docs)}">{name}</a>'
    return f'<a href="#rule-{finding.rule}">{name}</a>' if finding.rule in INDEX else name


def has_page(finding: Finding) -> bool:
    """Whether its documentation has an address of its own; if not, this page explains its rule."""
    return "://" in finding.docs


def rules(some: Iterable[Finding]) -> str:
    """An article on each rule that this page explains."""
    names = sorted({each.rule for each in some if not has_page(each) and each.rule in INDEX})
    return "\n".join(_explained(declared(name)) for name in names)


def _explained(rule: Rule) -> str:
    parts = [f"<h3><code>{rule.name}</code></h3>", f'<p class="note">{rule.standing}</p>']
    parts += [f"<p>{_message(text)}</p>" for text in (f"{rule.summary}.", rule.why)]
    for title, example in (("Wrong", rule.bad), ("Right", rule.good)):
        if example:
            parts.append(f"<h4>{title}</h4><pre>{code(example)}</pre>")
    return f'<article id="rule-{rule.name}" tabindex="-1">{"".join(parts)}</article>'


def _message(text: str) -> str:
    """A message, with text in backquotes as code."""
    pieces = visible(text).split("`")
    if len(pieces) % 2 == 0:
        return markup(text)
    return "".join(
        f"<code>{markup(piece)}</code>" if index % 2 else markup(piece)
        for index, piece in enumerate(pieces)
    )


def _frame(text: Text, place: Place | None) -> str:
    """The line where a place begins, with the place marked; "" without one."""
    if place is None:
        return ""
    line, start, end = text.near(place, max(_BEFORE, _MARKED, _AFTER) + 1)
    before, marked, after = line[:start], line[start:end], line[end:]
    if len(before) > _BEFORE:
        before = "…" + before[1 - _BEFORE :]
    if len(marked) > _MARKED:
        marked, after = marked[:_MARKED] + "…", ""
    if len(after) > _AFTER:
        after = after[:_AFTER] + "…"
    shown_marked = markup(marked) or " "
    return (
        f'<pre><span class="number">{place.start.line} </span>{markup(before)}'
        f"<mark>{shown_marked}</mark>{markup(after)}</pre>"
    )
