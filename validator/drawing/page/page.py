"""A self-contained HTML page about a file: its graph, plans and findings, to browse.

It is complete without its script, which only shows and hides parts of it. Nothing is loaded from
anywhere, and a content security policy allows only the page's own style and script.
"""

from __future__ import annotations

import base64
import hashlib
import os
from collections import Counter
from collections.abc import Sequence
from string import Template

from validator.display import markup
from validator.drawing import svg
from validator.drawing.boxes import Label
from validator.drawing.diagram import Diagram, Item, TooLarge, diagram_of
from validator.drawing.labels import notes, problems
from validator.drawing.page.details import Details, findings, rules, shown
from validator.drawing.page.explanations import Explanations
from validator.finding import Finding, Severity
from validator.model import plan
from validator.model.automations import Document
from validator.report import Report
from validator.wording import counted

_NO_PLAN = '<p>A file with errors has no plan; see <a href="#findings">its findings</a>.</p>'
_FOLDER = os.path.dirname(os.path.abspath(__file__))


def page(document: Document | None, report: Report) -> str:
    """The page for a document and its report; without a document, only for the findings.

    Of very many findings it shows the most severe, and counts the others.
    """
    report = report.cut()
    diagram = diagram_of(document) if document is not None else Diagram((), (), ())
    details = Details(document, diagram, report)
    style = f"\n{svg.style()}{_read('page.css')}"
    script = f"\n{_read('view.js')}\n{_read('page.js')}"
    return Template(_read("page.html")).substitute(
        style=style,
        style_hash=_hash(style),
        script=script,
        script_hash=_hash(script),
        title=shown(report.path or "Automations"),
        summary=_summary(diagram, report),
        picture=_picture(diagram, details),
        count=sum(map(report.count, Severity)),
        items=_items(diagram, details, Explanations(document, diagram)),
        plans=_plans(document, details) if document is not None and report.ok else _NO_PLAN,
        findings=findings(report.findings, report, details) or "<p>No findings.</p>",
        rules=rules(report.findings),
    )


def _read(name: str) -> str:
    with open(os.path.join(_FOLDER, name), encoding="utf-8") as stream:
        return stream.read()


def _hash(text: str) -> str:
    """The name of a style or a script in a content security policy."""
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


def _summary(diagram: Diagram, report: Report) -> str:
    numbers = Counter({each: report.count(each) for each in Severity})
    return f"{svg.summary(diagram)} · {_counted(numbers) or 'no findings'}"


def _counts(findings: Sequence[Finding]) -> str:
    return _counted(Counter(finding.severity for finding in findings))


def _counted(numbers: Counter[Severity]) -> str:
    """The numbers of findings, the worst first."""
    return ", ".join(counted(numbers[each], str(each)) for each in sorted(+numbers, reverse=True))


def _picture(diagram: Diagram, details: Details) -> str:
    notes: dict[int, Label] = {}
    for number in range(len(diagram.items)):
        about = details.findings_of(number)
        worst = max((finding.severity for finding in about), default=Severity.HINT)
        if worst > Severity.HINT:
            text = _counts([each for each in about if each.severity == worst])
            notes[number] = Label(text, "problem" if worst == Severity.ERROR else "warning")
    try:
        return svg.figure(diagram, "", 'role="group" aria-label="Graph"', notes)
    except TooLarge as error:
        return f'<p class="note">{markup(str(error))}</p>'


def _items(diagram: Diagram, details: Details, explanations: Explanations) -> str:
    """A list of all items, and an article on each."""
    entries = []
    articles = []
    for number, item in enumerate(diagram.items):
        about = _counts(details.findings_of(number))
        entries.append(
            f'<li data-entry="{number}"><a href="#item-{number}"><bdi class="name">'
            f"{shown(item.name)}</bdi>{_kind(item)}"
            f'{f""" <span class="note">{about}</span>""" if about else ""}</a></li>'
        )
        why = explanations.of(item.reference)
        articles.append(_article(number, item, details, why))
    listed = "\n".join(entries)
    return f'<ul id="list" hidden>\n{listed}\n</ul>\n' + "\n".join(articles)


def _kind(item: Item) -> str:
    """The kind of an item, its reference, and its notes and problems."""
    kind = f"<span>{item.role}</span> " if item.role in ("task", "service") else ""
    signs = "".join(f' <span class="note">{markup(each)}</span>' for each in notes(item))
    signs += "".join(f' <span class="wrong-sign">{markup(each)}</span>' for each in problems(item))
    return f"{kind}<code>{shown(item.reference)}</code>{signs}"


def _article(number: int, item: Item, details: Details, why: str) -> str:
    none = "none" if item.never_triggered else ""
    own = [("Triggers", ", ".join(item.triggers) or none), *details.fields(item)]
    rows = [
        ("Needs", details.links(details.needs[number])),
        ("Needed by", details.links(details.needed_by[number])),
    ]
    found = findings(details.findings_of(number), details.report)
    # The search looks at an item's own texts.
    listed = "".join(f'<dt>{name}</dt><dd class="own">{value}</dd>' for name, value in own if value)
    listed += "".join(f"<dt>{name}</dt><dd>{value}</dd>" for name, value in rows if value)
    heading = f'<h3 class="own"><bdi>{shown(item.name)}</bdi></h3>'
    # Last, because there may be many.
    after = f"<dl><dt>Findings</dt><dd>{found}</dd></dl>" if found else ""
    return (
        f'<article id="item-{number}" tabindex="-1">{heading}'
        f'<p class="note own">{_kind(item)}</p>\n<dl>{listed}</dl>{why}{after}</article>'
    )


def _plans(document: Document, details: Details) -> str:
    """A choice of triggers, and what each of them runs."""
    options = []
    sections = []
    for phase in plan.LIFE:
        made = plan.of_trigger(document, phase.trigger)
        if not made.steps and not made.unordered:
            continue
        secrets = "" if phase.user_secrets else "; without user secrets"
        when = f"{phase.when[0].upper()}{phase.when[1:]}{secrets}."
        options.append(f'<option value="plan-{phase.trigger}">{phase.trigger}</option>')
        sections.append(
            f'<section id="plan-{phase.trigger}"><h3>{phase.trigger}</h3>\n'
            f"<p>{when}</p>\n<ol>{_groups(made, details)}</ol></section>"
        )
    if not sections:
        return "<p>No trigger starts anything.</p>"
    choice = f'<select id="trigger">{"".join(options)}</select>'
    label = f'<label id="choose" hidden>Plan for trigger {choice}</label>'
    return "\n".join([label, *sections])


def _groups(made: plan.Plan, details: Details) -> str:
    groups = [
        _group(f"Group {place}", str(place), group.steps, details)
        for place, group in enumerate(made.groups, 1)
    ]
    if made.unordered:
        title = "Never: in a dependency cycle, or waiting for one"
        groups.append(_group(title, "", made.unordered, details))
    missing = details.links(dict.fromkeys(details.number[each.reference] for each in made.unknown))
    if missing:
        groups.append(f'<li class="group"><h4>Needed, but not in the file</h4>{missing}</li>')
    return "".join(groups)


def _group(title: str, place: str, steps: tuple[plan.Step, ...], details: Details) -> str:
    """Steps that run at the same time; `place` is their group's number, or empty."""
    listed = []
    for step in steps:
        item = details.number[step.reference]
        cause = step.pulled_in_by
        why = (
            f' <span class="note">pulled in by <code>{shown(cause)}</code></span>' if cause else ""
        )
        entry = f'<li data-step="{item}" data-group="{place}">{details.link(item)}{why}</li>'
        listed.append(entry)
    together = ", at the same time" if place and len(steps) > 1 else ""
    return f'<li class="group"><h4>{title}{together}</h4><ul>{"".join(listed)}</ul></li>'
