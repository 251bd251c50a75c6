"""Changes of plans as Markdown, such as for the summary of a pull request."""

from __future__ import annotations

import re
from collections.abc import Iterator

from validator.drawing.changes.sentences import Sentences, summary
from validator.drawing.labels import cut, short, short_reference
from validator.model.plan_change import ItemChange, PlanChange

MOST = 300
"""The most tasks and services in the table: GitHub shows no summary of more than a megabyte."""
MOST_BYTES = 500_000
"""The most bytes of their rows, for the same reason."""

_LONGEST_PATH = 4096

_SIGNS = {"added": "➕ added", "gone": "➖ gone", "renamed": "🔤 renamed", "changed": "✏️ changed"}


def draw(change: PlanChange, path: str, old: str) -> Iterator[str]:
    """The lines of a section; `path` is the name of the file, `old` that of its old version."""
    yield f"### Plan of {_path(path)}"
    yield ""
    yield f"{summary(change)}, compared with {_path(old)}."
    if not change.items:
        return
    yield ""
    yield "| | task or service | what changes |"
    yield "|---|---|---|"
    sentences = Sentences(_code, change.trigger)
    shown = size = 0
    for item in change.items[:MOST]:
        row = _row(item, sentences)
        size += len(row.encode())
        if size > MOST_BYTES:
            break
        yield row
        shown += 1
    left = len(change.items) - shown
    if left:
        yield ""
        yield f"And {left:,} more."


def _row(item: ItemChange, sentences: Sentences) -> str:
    newest = item.newest
    name = "" if newest.name == newest.reference else f"<br>{_inert(short(newest.name))}"
    said = [sentence[0].upper() + sentence[1:] for sentence in sentences.of(item)]
    cells = [
        _SIGNS[item.kind],
        f"{newest.role} {_code(newest.reference)}{name}",
        "<br>".join(f"{each}." for each in said),
    ]
    return f"| {' | '.join(cells)} |"


def _code(text: str) -> str:
    return f"<code>{_inert(short_reference(text))}</code>"


def _path(text: str) -> str:
    return f"<code>{_inert(cut(text, _LONGEST_PATH))}</code>"


def _inert(text: str) -> str:
    """Text in which nothing is Markdown, HTML or a mention."""
    return re.sub(r"[^\w ]|_", lambda found: f"&#{ord(found[0])};", text)
