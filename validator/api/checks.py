"""What the rules say about an API document."""

from __future__ import annotations

from collections.abc import Callable

from validator.finding import Problem
from validator.nodes import Node, Path


def problems(
    _root: Node, _kind: str, _refused: frozenset[Path], _uses: Callable[[str], bool]
) -> list[Problem]:
    """The problems of an API document of a kind.

    `_refused` are the paths of what its schema refuses; `_uses` tells whether a rule is wanted.
    """
    return []
