"""Every feature at one offset of a text, and the invariants of all results."""

from __future__ import annotations

from typing import Any

from validator.finding import Span
from validator.language.features import (
    call_hierarchy,
    code_lens,
    completion,
    folding,
    hover,
    navigation,
    rename,
    selection,
    symbols,
)
from validator.language.snapshot import View


def ask(view: View, offset: int) -> None:
    """Request everything that depends on the cursor: nothing raises, and spans are in the text."""
    text = view.text.value
    offset_in_text = max(0, min(offset, len(text)))
    if text[offset_in_text - 1 : offset_in_text + 1] == "\r\n":
        offset_in_text -= 1
    for snippets in (False, True):
        for item in completion.complete(view, offset, snippets=snippets):
            within(view, item)
            replaced = text[slice(*item.span)]
            assert item.span.start <= offset_in_text <= item.span.end
            assert not {"\n", "\r"} & set(replaced)
    within(view, hover.hover(view, offset))
    within(view, navigation.definition(view, offset))
    within(view, navigation.references(view, offset))
    within(view, navigation.highlights(view, offset))
    within(view, rename.prepare(view, offset))
    within(view, rename.rename(view, offset, "renamed"))
    within(view, selection.selection(view, offset))
    for named in call_hierarchy.prepare(view, offset):
        within(view, named)
        within(view, call_hierarchy.incoming(view, named.reference))
        within(view, call_hierarchy.outgoing(view, named.reference))


def ask_all(view: View) -> None:
    """Request everything about the whole document."""
    within(view, symbols.symbols(view))
    within(view, folding.folds(view.text))
    within(view, code_lens.lenses(view))


def within(view: View, found: Any) -> None:
    """Check that all spans in a result are in the text."""
    if isinstance(found, Span):
        assert 0 <= found.start <= found.end <= len(view.text.value), found
    elif isinstance(found, (tuple, list)):
        for each in found:
            within(view, each)
    elif hasattr(found, "__dataclass_fields__"):
        for name in found.__dataclass_fields__:
            within(view, getattr(found, name))
