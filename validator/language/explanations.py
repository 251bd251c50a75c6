"""Explain in a few sentences when a task or a service runs."""

from __future__ import annotations

from functools import lru_cache

from validator.language.markup import Markup, code, joined, ours
from validator.language.snapshot import View
from validator.model.run_explanation import Explainer
from validator.sentences.run import brief
from validator.sentences.sentence import Code, Sentence


def explanation(view: View, reference: str) -> Markup:
    """When a task or a service runs for others, and when it does not; empty if it is unknown."""
    if reference not in view.document.by_reference:
        return Markup()
    explained = _explainer(view).explain(reference, only_direct=True)
    return joined([ours("- ") + _markup(each) for each in brief(explained)], "\n")


@lru_cache(maxsize=1)
def _explainer(view: View) -> Explainer:
    return Explainer(view.document)


def _markup(sentence: Sentence) -> Markup:
    return joined([code(each) if isinstance(each, Code) else ours(each) for each in sentence], "")
