"""A timeline as a self-contained HTML page, without a script: pictures, tables and findings."""

from __future__ import annotations

import base64
import hashlib
import os
from collections.abc import Iterator, Sequence
from string import Template

from validator.api.timeline import RULES, Run, Timeline
from validator.api.timelines.bars import Bar, Moment
from validator.display import markup, visible
from validator.drawing.page.details import findings, rules
from validator.drawing.timelines import MAX_BARS, timeline_svg, words
from validator.finding import Finding
from validator.report import Report

_FOLDER = os.path.dirname(os.path.abspath(__file__))
_NONE = "<p>No contradictions with the file were found.</p>"
_COLUMNS = (
    "Execution",
    "Reference",
    "Phase",
    "Created",
    "Started",
    "Completed",
    "Took",
    "Waited for",
    "Could have begun earlier",
    "Steps",
)


def draw(timeline: Timeline, reports: Sequence[Report]) -> str:
    """The page for a timeline and the reports of its documents, with what contradicts the file.

    A timeline with very many executions has no pictures.
    """
    style = f"\n{timeline_svg.style()}{_read('timeline_page.css')}"
    hashed = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    pictures = len(timeline.bars) <= MAX_BARS
    none = f'<p class="note">A picture shows at most {MAX_BARS:,} executions.</p>'
    shown = [_run(run, pictures=pictures) for run in timeline.runs]
    cut = list(map(Report.cut, reports))
    about = map(_contradictions, cut)
    explained = rules(finding for report in cut for finding in _contradicting(report))
    return Template(_read("timeline_page.html")).substitute(
        style=style,
        style_hash=f"sha256-{hashed}",
        summary=markup(words.summary(timeline.runs)),
        runs=("" if pictures else none) + ("\n".join(shown) or "<p>No executions.</p>"),
        findings="\n".join(filter(None, about)) or _NONE,
        rules=explained and f"<section><h2>What the rules find</h2>\n{explained}\n</section>",
    )


def _read(name: str) -> str:
    with open(os.path.join(_FOLDER, name), encoding="utf-8") as stream:
        return stream.read()


def _run(run: Run, *, pictures: bool) -> str:
    parts = [f"<section><h2>{markup(words.title(run))}</h2>"]
    if run.environment is not None:
        parts.append(f'<p class="note">environment {markup(visible(run.environment))}</p>')
    if pictures:
        label = f'role="img" aria-label="{markup(words.title(run))}"'
        parts.append(f'<div class="scroll">{timeline_svg.figure((run,), "", label)}</div>')
    answers = "".join(
        f"<dt>{title.capitalize()}</dt><dd>{markup(answer)}</dd>"
        for title, answer in words.answers(run)
    )
    parts.append(f"<dl>{answers}</dl>" if answers else "")
    head = "".join(f'<th scope="col">{name}</th>' for name in _COLUMNS)
    rows = "\n".join(f"<tr>{''.join(_cells(bar, run))}</tr>" for bar in run.bars)
    parts.append(f'<div class="scroll"><table><tr>{head}</tr>\n{rows}</table></div></section>')
    return "\n".join(filter(None, parts))


def _cells(bar: Bar, run: Run) -> Iterator[str]:
    waited = "" if bar.waited_for is None else words.name(run.bars[bar.waited_for])
    state = words.state(bar) + (", another version of the file" if bar.differs else "")
    yield f'<th scope="row"><bdi>{markup(visible(" ".join(bar.name.split())))}</bdi></th>'
    yield f"<td><code>{markup(visible(bar.reference or ''))}</code></td>"
    yield f"<td>{markup(state)}</td>"
    for moment in (bar.created, bar.started, bar.ended):
        yield f'<td class="time">{markup(_time(moment))}</td>'
    took = "" if bar.seconds is None else words.duration(bar.seconds)
    yield f'<td class="time">{markup(took)}</td>'
    yield f"<td>{markup(waited)}</td>"
    yield f'<td class="time">{markup(words.earlier(bar))}</td>'
    yield f"<td>{markup('; '.join(words.steps(bar)))}</td>"


def _time(moment: Moment | None) -> str:
    return "" if moment is None else moment.text


def _contradictions(report: Report) -> str:
    found = _contradicting(report)
    if not found:
        return ""
    name = f"<h3>{markup(visible(report.path or ''))}</h3>"
    return name + findings(found, report)


def _contradicting(report: Report) -> list[Finding]:
    return [each for each in report.findings if each.rule in RULES]
