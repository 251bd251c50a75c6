"""SVG: a picture for pages and READMEs, laid out here, in light and dark."""

from __future__ import annotations

import os
from html import escape
from itertools import pairwise

from validator.drawing.diagram import Diagram, Edge, Item
from validator.drawing.layout import Layout, Line, Point, lay_out
from validator.drawing.limits import check_size
from validator.drawing.measure import cut, width
from validator.drawing.wording import is_wrong, role
from validator.output.display import visible

_MARGIN = 24
_PAD = 12
_TEXT = 34
"""Where text begins in a box: right of the icon."""
_LEAST, _MOST = 150, 236
"""The width of boxes."""
_NAME, _REFERENCE, _LABEL = 13, 11, 11
"""The sizes of fonts, as in `picture.css`."""
_PILL = 18
_GAP = 4
_LEGEND = 34
_HEAD = 7

_ICONS = {
    # A prompt for what is run, two racks for what keeps running.
    "task": "M1 3l4 4-4 4M7.5 11.5h5.5",
    "service": "M1.5 1.5h11v4.5h-11zM1.5 8h11v4.5h-11zM4 3.75h.01M4 10.25h.01",
    "unknown": "M4.5 4.5a2.6 2.6 0 1 1 3.4 2.6q-.9.4-.9 1.6M7 12h.01",
    "unreadable": "M4.5 4.5a2.6 2.6 0 1 1 3.4 2.6q-.9.4-.9 1.6M7 12h.01",
}


def draw(diagram: Diagram) -> str:
    """The diagram as an SVG document.

    Raises TooLarge for a diagram with more items or edges than a picture can show.
    """
    head = f'<title id="title">{escape(summary(diagram))}</title>\n<style>\n{style()}</style>\n'
    attributes = 'xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="title"'
    return figure(diagram, head, attributes) + "\n"


def summary(diagram: Diagram) -> str:
    """How many there are of what, as a phrase."""
    counts = [
        (sum(item.role == "task" for item in diagram.items), "task"),
        (sum(item.role == "service" for item in diagram.items), "service"),
        (len(diagram.edges), "dependency"),
    ]
    named = [f"{n:,} {name if n == 1 else plural(name)}" for n, name in counts]
    return f"{named[0]}, {named[1]} and {named[2]}"


def plural(name: str) -> str:
    """The plural of a word."""
    return f"{name[:-1]}ies" if name.endswith("y") else f"{name}s"


def style() -> str:
    """How the picture looks, as CSS."""
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "picture.css")
    with open(path, encoding="utf-8") as stream:
        return stream.read()


def figure(diagram: Diagram, head: str, attributes: str) -> str:
    """The `svg` element with these attributes and, before the picture, this content."""
    check_size(diagram)
    box_width = _box_width(diagram)
    rows = [_pills(item, box_width) for item in diagram.items]
    heights = [48.0 + len(each) * (_PILL + _GAP) + (_GAP if each else 0) for each in rows]
    layout = lay_out(diagram, box_width, heights)
    legend = _legend(diagram)
    total = max(layout.width, _legend_width(legend)) + 2 * _MARGIN
    height = layout.height + 2 * _MARGIN + _LEGEND
    size = f'viewBox="0 0 {total:.0f} {height:.0f}" width="{total:.0f}" height="{height:.0f}"'
    parts = [
        f"<svg {attributes} {size}>",
        f'{head}<rect class="canvas" width="100%" height="100%" rx="8"/>',
        f'<g transform="translate({_MARGIN} {_MARGIN})">',
        *map(_edge, diagram.edges, layout.lines),
        *(_item(diagram, layout, number, rows[number]) for number in range(len(diagram.items))),
        f'<g class="legend" transform="translate(0 {layout.height + 32:.0f})">',
        *_drawn_legend(legend),
        "</g>\n</g>\n</svg>",
    ]
    return "\n".join(parts)


def _box_width(diagram: Diagram) -> float:
    widest = [
        _TEXT
        + _PAD
        + max(
            width(visible(item.name), _NAME) * 1.06, width(item.reference, _REFERENCE, fixed=True)
        )
        for item in diagram.items
    ]
    widest += [_pill_width(text) + 2 * _PAD for item in diagram.items for text in _labels(item)]
    return min(max([_LEAST, *widest]), _MOST)


def _labels(item: Item) -> list[str]:
    problems = [] if item.role in ("task", "service") else [role(item)]
    return [*item.triggers, *problems, *(["in a cycle"] if item.in_cycle else [])]


def _pill_width(text: str) -> float:
    return width(text, _LABEL) + 24


def _pills(item: Item, box_width: float) -> list[list[str]]:
    """What is said of an item below its name, in rows."""
    rows: list[list[str]] = []
    left = 0.0
    for text in _labels(item):
        needed = _pill_width(text) + _GAP
        if not rows or needed > left + _GAP:
            rows.append([])
            left = box_width - 2 * _PAD
        rows[-1].append(text)
        left -= needed
    return rows


def _item(diagram: Diagram, layout: Layout, number: int, rows: list[list[str]]) -> str:
    item, box = diagram.items[number], layout.boxes[number]
    room = box.width - _TEXT - _PAD
    name = cut(visible(" ".join(item.name.split())), room / 1.06, _NAME)
    reference = cut(visible(item.reference), room, _REFERENCE, fixed=True)
    tooltip = ", ".join([visible(item.name), f"{role(item)} {visible(item.reference)}"])
    round_ = 20 if item.role == "service" else 5
    place = f'transform="translate({box.x:.1f} {box.y:.1f})"'
    parts = [
        f'<g class="{_classes(item)}" data-item="{number}" {place}>',
        f"<title>{escape(tooltip)}</title>",
        f'<rect class="box" width="{box.width:.1f}" height="{box.height:.1f}" rx="{round_}"/>',
        f'<path class="icon" transform="translate(12 11)" d="{_ICONS[item.role]}"/>',
        f'<text class="name" x="{_TEXT}" y="22">{escape(name)}</text>',
        f'<text class="reference" x="{_TEXT}" y="38">{escape(reference)}</text>',
    ]
    y = 48.0
    for row in rows:
        x = float(_PAD)
        for text in row:
            parts.append(_pill(text, x, y, known=text in item.triggers))
            x += _pill_width(text) + _GAP
        y += _PILL + _GAP
    return "".join([*parts, "</g>"])


def _classes(item: Item) -> str:
    names = ["item", item.role if item.role in ("task", "service") else "missing"]
    return " ".join([*names, "wrong"] if is_wrong(item) else names)


def _pill(text: str, x: float, y: float, *, known: bool) -> str:
    wide = _pill_width(text)
    sign = (
        f'<circle class="{text}" cx="{x + 10:.1f}" cy="{y + 9:.1f}" r="3.5"/>'
        if known
        else f'<path class="icon mark" d="M{x + 6.5:.1f} {y + 13:.1f}l4-8 4 8zM{x + 10.5:.1f} '
        f'{y + 9:.1f}v1.5"/>'
    )
    kind = "label" if known else "label problem"
    return (
        f'<rect class="pill" x="{x:.1f}" y="{y:.1f}" width="{wide:.1f}" height="{_PILL}" rx="9"/>'
        f'{sign}<text class="{kind}" x="{x + 18:.1f}" y="{y + 13:.1f}">{escape(text)}</text>'
    )


def _edge(edge: Edge, line: Line) -> str:
    names = "edge wrong" if edge.in_cycle or edge.unknown else "edge"
    tooltip = f"{visible(edge.task)} needs {visible(edge.needs)}"
    if edge.in_cycle:
        tooltip += ", in a cycle"
    path, head = (_loop if edge.task == edge.needs else _way)(line.points)
    return (
        f'<g class="{names}"><title>{escape(tooltip)}</title><path d="{path}"/>'
        f'<path class="head" d="{head}"/></g>'
    )


def _way(points: list[Point]) -> tuple[str, str]:
    """A line along the points and the head of its arrow."""
    (x, y), (end, _) = points[-1], points[-2]
    side = 1 if end < x else -1
    drawn = [*points[:-1], (x - side * (_HEAD - 1), y)]
    path = [f"M{drawn[0][0]:.1f} {drawn[0][1]:.1f}"]
    for (x1, y1), (x2, y2) in pairwise(drawn):
        half = (x2 - x1) / 2
        path.append(
            f"H{x2:.1f}"
            if y1 == y2
            else f"C{x1 + half:.1f} {y1:.1f} {x2 - half:.1f} {y2:.1f} {x2:.1f} {y2:.1f}"
        )
    return "".join(path), f"M{x:.1f} {y:.1f}l{-side * _HEAD} -4v8z"


def _loop(points: list[Point]) -> tuple[str, str]:
    """A line from the upper side of a box back to it."""
    (x1, y), (x2, _) = points
    path = f"M{x1:.1f} {y:.1f}C{x1:.1f} {y - 20:.1f} {x2:.1f} {y - 20:.1f} {x2:.1f} {y - 6:.1f}"
    return path, f"M{x2:.1f} {y:.1f}l-4 {-_HEAD}h8z"


def _legend(diagram: Diagram) -> list[tuple[str, str]]:
    """The signs that are explained, and in which words."""
    roles = {item.role for item in diagram.items}
    shown: list[tuple[str, str]] = [(name, name) for name in ("task", "service") if name in roles]
    if diagram.edges:
        shown.append(("edge", "runs before"))
    if any(edge.in_cycle for edge in diagram.edges):
        shown.append(("edge wrong", "dependency cycle"))
    return shown or [("", "no tasks or services")]


def _legend_width(legend: list[tuple[str, str]]) -> float:
    return sum(width(text, _LABEL) + 44 for _, text in legend)


def _drawn_legend(legend: list[tuple[str, str]]) -> list[str]:
    parts = []
    x = 0.0
    for sign, text in legend:
        if sign in _ICONS:
            parts.append(
                f'<g class="{sign}"><path class="icon" transform="translate({x:.0f} 0)" '
                f'd="{_ICONS[sign]}"/></g>'
            )
        elif sign:
            path, head = _way([(x - 4, 7), (x + 18, 7)])
            parts.append(f'<g class="{sign}"><path d="{path}"/><path class="head" d="{head}"/></g>')
        parts.append(f'<text class="label" x="{x + 24:.0f}" y="11">{text}</text>')
        x += width(text, _LABEL) + 44
    return parts
