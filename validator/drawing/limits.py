"""Limits for pictures that are laid out."""

from __future__ import annotations

from validator.drawing.diagram import Diagram

MAX_ITEMS = 1_000
MAX_EDGES = 5_000


class TooLarge(ValueError):
    """A diagram contains more than can be laid out; the message says what to do instead."""


def check_size(diagram: Diagram) -> None:
    """Raise TooLarge for a diagram with too many items or edges."""
    items, edges = len(diagram.items), len(diagram.edges)
    if items > MAX_ITEMS or edges > MAX_EDGES:
        raise TooLarge(
            f"{items:,} items and {edges:,} dependencies are too many for this picture, which "
            f"shows {MAX_ITEMS:,} and {MAX_EDGES:,} at most; the formats dot, json and mermaid "
            "have no limit"
        )
