"""Check a document against the JSON Schema of its kind."""

from __future__ import annotations

from validator.contract.compiler import gate
from validator.finding import Problem
from validator.parsing.nodes import Node, Path
from validator.tuples import NamedTuple


class Verdict(NamedTuple):
    """The problems of a document by its schema, and the paths of the values concerned."""

    problems: tuple[Problem, ...] = ()
    refused: frozenset[Path] = frozenset()


def check(text: str, root: Node, kind: str) -> Verdict:
    """Check a document against the schema of its kind; `text` is "" if it has none.

    Raises ValueError if `kind` is unknown, and RuntimeError if it is rejected without any error.
    """
    if gate(kind)(root):
        return Verdict()
    # Nearly all documents are valid, and need no explanation.
    from validator.contract.explain import explain

    verdict = Verdict(*explain(text, root, kind))
    if not verdict.problems:
        # Otherwise a rejected document would pass.
        raise RuntimeError(f"the schema of the kind {kind} rejects it, but no error was found")
    return verdict
