"""Fixes that replace one word with another."""

from __future__ import annotations

from validator.editing import edits
from validator.editing.edits import fixes
from validator.finding import Fix
from validator.likeness import Likeness
from validator.parsing.nodes import Scalar
from validator.wording import quoted


def replacements(node: Scalar, near: Likeness, text: str) -> tuple[Fix, ...]:
    """Replace one word with another: a fix for each that may be meant."""
    if not text:
        return ()
    made = [(word, edits.rename(node, word, text)) for word in near.names]
    return tuple(
        fix for word, each in made for fix in fixes(f"Write {quoted(word)}", each, safe=near.slip)
    )
