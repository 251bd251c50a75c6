"""Which of the words that rules look for are in a long document.

An editor's next check only searches the tasks and services that have changed.
"""

from __future__ import annotations

from itertools import pairwise

from validator.model.automations import Document
from validator.rules import WORDS
from validator.shell.remembered import remembered

# None has a line break, so each is in one piece of the text or in none.
_ALL = frozenset(word for words in WORDS.values() for word in words)


def words_in(document: Document) -> frozenset[str]:
    """Those of all words in `WORDS` that a document's text contains."""
    return frozenset().union(*map(_words_in, _pieces(document)))


def _pieces(document: Document) -> list[str]:
    """The text in pieces of whole lines, of which each task and service begins one."""
    text = document.text
    lines = (text.rfind("\n", 0, each.key.start) + 1 for each in document.automations)
    return [text[start:end] for start, end in pairwise([0, *lines, len(text)])]


@remembered
def _words_in(piece: str) -> frozenset[str]:
    return frozenset(filter(piece.__contains__, _ALL))
