"""SVG: a picture for pages and READMEs, laid out here, in light and dark."""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import partial
from itertools import count, pairwise

from validator.display import markup
from validator.drawing.boxes import ICONS, LABEL, Content, Label, box_height, box_width, draw_box
from validator.drawing.diagram import Diagram, Edge, check_size
from validator.drawing.layout.measure import width
from validator.drawing.layout.placement import Line, Point, lay_out

_MARGIN = 24
_LEGEND = 34
_HEAD = 7


def draw(diagram: Diagram) -> str:
    """The diagram as an SVG document.

    Raises TooLarge for a diagram with more items or edges than a picture can show.
    """
    head = f"<title>{markup(summary(diagram))}</title>\n<style>\n{style()}</style>\n"
    attributes = 'xmlns="http://www.w3.org/2000/svg" role="img"'
    return figure(diagram, head, attributes) + "\n"


def summary(diagram: Diagram) -> str:
    """The numbers of items and dependencies, as a phrase."""
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
    """The style of the picture, as CSS."""
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "picture.css")
    with open(path, encoding="utf-8") as stream:
        return stream.read()


def figure(
    diagram: Diagram, head: str, attributes: str, notes: Mapping[int, Label] | None = None
) -> str:
    """The `svg` element with these attributes and, before the picture, the content `head`.

    With `notes`, which are added to items by their numbers, the items are links to `#item-` and
    their numbers, with an empty badge, and the edges have the numbers of their items.
    """
    check_size(diagram)
    contents = [Content(item, (notes or {}).get(at)) for at, item in enumerate(diagram.items)]
    wide = box_width(contents)
    rows = [each.rows(wide) for each in contents]
    layout = lay_out(diagram, wide, [box_height(each) for each in rows])
    linked = notes is not None
    number = {item.reference: at for at, item in enumerate(diagram.items)} if linked else {}
    # What is wrong is drawn last, over the rest.
    lines = sorted(
        zip(diagram.edges, layout.lines, strict=True), key=lambda each: _is_marked(each[0])
    )
    legend = _legend(diagram)
    total = max(layout.width, _legend_width(legend)) + 2 * _MARGIN
    height = layout.height + 2 * _MARGIN + _LEGEND
    size = f'viewBox="0 0 {total:.0f} {height:.0f}" width="{total:.0f}" height="{height:.0f}"'
    parts = [
        f"<svg {attributes} {size}>",
        f'{head}<rect class="canvas" width="100%" height="100%" rx="8"/>',
        f'<g transform="translate({_MARGIN} {_MARGIN})">',
        *(_edge(edge, line, _ends(edge, number)) for edge, line in lines),
        *map(partial(draw_box, linked=linked), contents, layout.boxes, rows, count()),
        f'<g class="legend" transform="translate(0 {layout.height + 32:.0f})">',
        *_drawn_legend(legend),
        "</g>\n</g>\n</svg>",
    ]
    return "\n".join(parts)


def _is_marked(edge: Edge) -> bool:
    return edge.in_cycle or edge.unknown


def _ends(edge: Edge, number: dict[str, int]) -> str:
    """The numbers of an edge's items as attributes, if they have numbers."""
    if not number:
        return ""
    return f' data-task="{number[edge.task]}" data-needs="{number[edge.needs]}"'


def _edge(edge: Edge, line: Line, ends: str) -> str:
    names = "edge wrong" if _is_marked(edge) else "edge"
    tooltip = f"{edge.task} needs {edge.needs}"
    if edge.in_cycle:
        tooltip += ", in a cycle"
    path, head = (_loop if edge.task == edge.needs else _way)(line.points)
    return (
        f'<g class="{names}"{ends}><title>{markup(tooltip)}</title><path d="{path}"/>'
        f'<path class="head" d="{head}"/></g>'
    )


def _way(points: list[Point]) -> tuple[str, str]:
    """A line along the points, and its arrowhead."""
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
    """The signs in the legend, and their explanations."""
    roles = {item.role for item in diagram.items}
    shown: list[tuple[str, str]] = [(name, name) for name in ("task", "service") if name in roles]
    if diagram.edges:
        shown.append(("edge", "runs before"))
    if any(edge.in_cycle for edge in diagram.edges):
        shown.append(("edge wrong", "dependency cycle"))
    if any(item.never_triggered for item in diagram.items):
        shown.append(("never", "never triggered"))
    return shown or [("", "no tasks or services")]


def _legend_width(legend: list[tuple[str, str]]) -> float:
    return sum(width(text, LABEL) + 44 for _, text in legend)


def _drawn_legend(legend: list[tuple[str, str]]) -> list[str]:
    parts = []
    x = 0.0
    for sign, text in legend:
        if sign in ICONS:
            parts.append(
                f'<g class="{sign}"><path class="icon" transform="translate({x:.0f} 0)" '
                f'd="{ICONS[sign]}"/></g>'
            )
        elif sign == "never":
            parts.append(f'<circle class="{sign}" cx="{x + 12:.0f}" cy="7" r="3.5"/>')
        elif sign:
            path, head = _way([(x - 4, 7), (x + 18, 7)])
            parts.append(f'<g class="{sign}"><path d="{path}"/><path class="head" d="{head}"/></g>')
        parts.append(f'<text class="label" x="{x + 24:.0f}" y="11">{text}</text>')
        x += width(text, LABEL) + 44
    return parts
