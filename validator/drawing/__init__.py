"""Pictures of an automations file: its items, what starts them, and their dependencies."""

from __future__ import annotations

from importlib import import_module

from validator.drawing.diagram import Diagram, Edge, Item, TooLarge, diagram_of

__all__ = [
    "ENDINGS",
    "FORMATS",
    "PAGE",
    "Diagram",
    "Edge",
    "Item",
    "TooLarge",
    "diagram_of",
    "draw",
]

ENDINGS = {
    "dot": (".dot", ".gv"),
    "html": (".html", ".htm"),
    "json": (".json",),
    "mermaid": (".mermaid", ".mmd"),
    "svg": (".svg",),
}
"""The formats of the command `graph`, each with the endings of its files."""

PAGE = "html"
"""The format that is made from a whole report, by the package `page`."""

FORMATS = tuple(name for name in ENDINGS if name != PAGE)
"""The formats of pictures; each is a module of this package with a function `draw`."""


def draw(diagram: Diagram, format_: str) -> str:
    """The picture in a format, as text that ends with a line feed.

    Raises ValueError if `format_` is unknown, and TooLarge, a ValueError, for a diagram of more
    than 1,000 items or 5,000 dependencies in a format that is laid out here.
    """
    if format_ not in FORMATS:
        raise ValueError(f"unknown format {format_!r}; the formats are {', '.join(FORMATS)}")
    text: str = import_module(f"{__name__}.{format_}").draw(diagram)
    return text
