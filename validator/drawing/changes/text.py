"""Changes of plans as text: a line for each task and service, and below it what changes."""

from __future__ import annotations

from collections.abc import Iterator

from validator.display import columns, wrap
from validator.drawing.changes.sentences import Sentences, summary
from validator.drawing.plans.names import safe_name, safe_reference
from validator.model.plan_change import ItemChange, PlanChange

_MARKS = {"added": "+", "gone": "-", "renamed": ">", "changed": "~"}
_COLORS = {"added": "32", "gone": "31", "renamed": "36", "changed": "33"}
_BOLD = "1"


def draw(change: PlanChange, *, color: bool, width: int) -> Iterator[str]:
    """The lines of a change; `width` is the maximum number of columns."""
    sentences = Sentences(safe_reference, change.trigger)
    yield _style(f"{summary(change)}.", _BOLD if color else "")
    for item in change.items:
        yield ""
        yield from _item(item, sentences, color=color, width=width)


def _item(item: ItemChange, sentences: Sentences, *, color: bool, width: int) -> Iterator[str]:
    newest = item.newest
    head = f"{_MARKS[item.kind]} {newest.role:7}  {safe_reference(newest.reference)}"
    name = safe_name(newest.name)
    shown = f"{head}  {name}" if columns(head) + 2 + columns(name) <= width else head
    yield _style(shown, _COLORS[item.kind] if color else "")
    for sentence in sentences.of(item):
        yield from wrap(f"    {sentence}", width, 6)


def _style(text: str, code: str) -> str:
    return f"\033[{code}m{text}\033[0m" if code else text
