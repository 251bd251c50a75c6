"""Pictures of an automations file: its items, what starts them, and their dependencies."""

from __future__ import annotations

from importlib import import_module

from validator.drawing.diagram import Diagram, Edge, Item, diagram_of
from validator.drawing.limits import TooLarge

__all__ = ["FORMATS", "Diagram", "Edge", "Item", "TooLarge", "diagram_of", "draw"]

FORMATS = ("dot", "json", "mermaid", "svg")
"""The names of the formats; each is a module of this package with a function `draw`."""


def draw(diagram: Diagram, format_: str) -> str:
    """The picture in a format, as text that ends with a line feed.

    Raises ValueError if `format_` is unknown, and TooLarge, a ValueError, for a diagram of more
    than 1,000 items or 5,000 dependencies in a format that is laid out here.
    """
    if format_ not in FORMATS:
        raise ValueError(f"unknown format {format_!r}; the formats are {', '.join(FORMATS)}")
    text: str = import_module(f"{__name__}.{format_}").draw(diagram)
    return text
