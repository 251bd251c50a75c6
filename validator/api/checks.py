"""The door: what is wrong among the fields of an API document."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import islice

from validator.api.build import build
from validator.api.model import ApiDocument
from validator.api.rules import Check, all_checks
from validator.finding import Problem, Span
from validator.nodes import Node, Path

# More than are reported of a document.
_MOST_OF_A_RULE = 10_000


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
            found += _run(name, check, document)
    return found


def _run(name: str, check: Check, document: ApiDocument) -> Iterable[Problem]:
    """The problems of a rule; a crash is a problem too, and the other rules go on."""
    try:
        return list(islice(check(document), _MOST_OF_A_RULE))
    except Exception as error:
        message = f"the rule `{name}` failed: {type(error).__name__}: {error}"
        return [Problem("internal-error", message, Span(0, 0))]
