"""Inlay hints: the order of tasks and services, and cron expressions in words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from validator.finding import Span
from validator.kinds import DEFAULT_KIND
from validator.language.occurrences import inner
from validator.language.snapshot import View
from validator.model import graph, plan
from validator.model.automations import TRIGGERS
from validator.parsing.nodes import Mapping, Scalar, Sequence

HintKind = Literal["order", "cron"]
"""What a hint says; each can be switched off."""

# More than a person looks at; editors ask for what is visible.
_MOST = 1_000


@dataclass(frozen=True)
class InlayHint:
    """A few words to show at an offset, as if they were in the text."""

    offset: int
    label: str
    kind: HintKind


def inlay_hints(view: View, span: Span) -> tuple[InlayHint, ...]:
    """The hints in a span of the text, in its order; limited to 1,000."""
    found = _order(view) if view.kind == DEFAULT_KIND else _cron(view)
    inside = [each for each in found if span.start <= each.offset <= span.end]
    return tuple(sorted(inside, key=lambda each: each.offset)[:_MOST])


def _order(view: View) -> Iterator[InlayHint]:
    """After what an item runs, and what pulls it in, right after its key.

    An item is in the same group of each plan: a plan contains all that it needs.
    """
    document = view.document
    levels = graph.sound_levels(document.graph)
    pulled_in_by = plan.reached_by(document, *TRIGGERS)
    for reference, automation in document.by_reference.items():
        parts: list[str] = []
        level = levels.get(reference, 0)
        if level:
            needs = document.graph[reference]
            # What it waits for last; the others have ended before.
            last = [each for each in needs if levels.get(each) == level - 1]
            named = " and ".join(last) if len(last) < 3 else f"{last[0]} and {len(last) - 1} more"
            parts.append(f"{_ordinal(level + 1)}, after {named}")
        by = pulled_in_by.get(reference)
        if by is not None:
            parts.append(f"pulled in by {by}")
        at = view.kept(inner(automation.key, document.text)) if parts else None
        if at is not None:
            yield InlayHint(_after_colon(view.text.value, at.end), ", ".join(parts), "order")


def _after_colon(text: str, at: int) -> int:
    """The offset after the colon that follows a key."""
    found = re.compile(r"['\"]?[ \t]*:").match(text, at)
    return found.end() if found else at


def _ordinal(number: int) -> str:
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{'th' if number % 100 in (11, 12, 13) else ending}"


def _cron(view: View) -> Iterator[InlayHint]:
    """The words for a cron expression, right after it."""
    from validator.cron import expression, words

    for node in _cron_expressions(view):
        at = view.kept(node.span)
        if at is None or not node.text or "\n" in view.text.value[at.start : at.end]:
            continue
        try:
            said = words.words(expression.parse(node.text))
        except (expression.CronError, LookupError):
            continue
        yield InlayHint(at.end, said, "cron")


def _cron_expressions(view: View) -> Iterator[Scalar]:
    root = view.document.root
    triggers = root.get("triggers") if isinstance(root, Mapping) else None
    for trigger in triggers.items if isinstance(triggers, Sequence) else ():
        time = trigger.get("time") if isinstance(trigger, Mapping) else None
        for name in ("cronExpression", "cron_expression"):
            value = time.get(name) if isinstance(time, Mapping) else None
            if isinstance(value, Scalar) and value.kind == "string":
                yield value
