"""Fixes that put another word in the place of one."""

from __future__ import annotations

from validator.editing import edits
from validator.editing.edits import fixes
from validator.finding import Fix
from validator.likeness import Likeness
from validator.parsing.nodes import Scalar
from validator.wording import quoted


def replacements(node: Scalar, near: Likeness, text: str) -> tuple[Fix, ...]:
    """Write another word in the place of one: a fix for each that may be meant."""
    if not text:
        return ()
    made = [(word, edits.rename(node, word, text)) for word in near.names]
    return tuple(
        fix for word, each in made for fix in fixes(f"Write {quoted(word)}", each, safe=near.slip)
    )
