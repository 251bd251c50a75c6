"""DOT, the language of Graphviz."""

from __future__ import annotations

from validator.display import entities
from validator.drawing.diagram import Diagram, Edge, Item
from validator.drawing.labels import identifiers, is_wrong, lines

_RED = 'color="#d1242f", penwidth=2'
# A round box for what keeps running, a square one for what ends.
_SHAPES = {
    "task": "shape=box",
    "service": "shape=oval",
    "unknown": "shape=hexagon, style=dashed",
    "unreadable": "shape=hexagon, style=dashed",
}


def draw(diagram: Diagram) -> str:
    """The diagram as a directed graph; arrows lead from what is needed to what needs it."""
    names = identifiers(diagram)
    text = ["digraph automations {", "  rankdir=LR", '  node [fontname="Helvetica"]']
    text += [f"  {names[item.reference]} [{_looks(item)}]" for item in diagram.items]
    text += [f"  {names[edge.needs]} -> {names[edge.task]}{_mark(edge)}" for edge in diagram.edges]
    return "\n".join([*text, "}"]) + "\n"


def _looks(item: Item) -> str:
    # `\n` is DOT's own line break, so it is not escaped.
    label = "\\n".join(map(_escaped, lines(item)))
    return f'label="{label}", {_SHAPES[item.role]}{f", {_RED}" if is_wrong(item) else ""}'


def _mark(edge: Edge) -> str:
    if edge.in_cycle:
        return f' [label="cycle", fontname="Helvetica", style=dashed, {_RED}]'
    return f" [style=dashed, {_RED}]" if edge.unknown else ""


def _escaped(text: str) -> str:
    """Escape text for Graphviz, which interprets backslashes and HTML entities."""
    shown = text.replace("\\", "\\\\").replace('"', '\\"').replace("&", "&amp;")
    return entities(shown)
