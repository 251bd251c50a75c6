"""The door: what is wrong among the fields of an API document."""

from __future__ import annotations

from collections.abc import Callable

from validator.api.build import build
from validator.api.rules import all_checks
from validator.finding import Problem
from validator.parsing.nodes import Node, Path
from validator.rules import found_by


def problems(
    root: Node, kind: str, refused: frozenset[Path], uses: Callable[[str], bool], text: str = ""
) -> list[Problem]:
    """What the rules find in a document of one of the API's kinds.

    `refused` are the paths of what its schema refuses: they are passed over. `uses` tells whether
    a rule is wanted. `text` is what the nodes' places are in, empty where there is none; then
    there are no fixes.
    """
    document = build(root, kind, refused, text)
    found: list[Problem] = []
    for name, check in all_checks().items():
        if uses(name):
            found += found_by(name, check, document)
    return found
