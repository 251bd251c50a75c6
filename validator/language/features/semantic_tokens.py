"""Semantic tokens: the parts of scripts, so that editors can colour them as shell."""

from __future__ import annotations

import re
from typing import NamedTuple

from validator.contract.scripts import scripts
from validator.finding import Span
from validator.language.snapshot import View
from validator.shell.highlighting import TokenType, tokens
from validator.shell.source_map import SourceMap

# Longer texts are rarely read, and each token is sent to the editor.
_MOST_CHARACTERS = 100_000


class SemanticToken(NamedTuple):
    """A part of one line of the text, and its type."""

    span: Span
    type: TokenType


def semantic_tokens(view: View) -> list[SemanticToken]:
    """The tokens of the scripts, in the order of the text; none overlap.

    There are none while the text can't be read, and of scripts whose characters can't be found in
    it, or that are very long.
    """
    if view.stale:
        return []
    text = view.document.text
    found: list[SemanticToken] = []
    for _, node in scripts(view.document.root, view.kind):
        places = SourceMap(text, node)
        if len(node.text) > _MOST_CHARACTERS or not places.is_exact:
            continue
        for start, end, type_ in tokens(node.text):
            # Tokens are in one line, in the script and in the file.
            for line in re.compile(r"[^\n]+").finditer(node.text, start, end):
                span = places.span(*line.span())
                parts = re.compile(r"[^\r\n]+").finditer(text, *span)
                found += [SemanticToken(Span(*part.span()), type_) for part in parts]
    return sorted(found)
