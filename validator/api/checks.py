"""Run the rules for API documents."""

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
    """The problems that rules find in an API document.

    `refused` are the paths that its schema rejects: they are skipped. `uses` says whether a rule is
    enabled. `text` is the text that the nodes' places refer to; if it is "", there are no fixes.
    """
    document = build(root, kind, refused, text)
    found: list[Problem] = []
    for name, check in all_checks().items():
        if uses(name):
            found += found_by(name, check, document)
    return found
