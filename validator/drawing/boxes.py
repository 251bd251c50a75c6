"""The boxes of a picture: their text, their size, and their SVG."""

from __future__ import annotations

from typing import Literal, NamedTuple

from validator.display import markup, visible
from validator.drawing.diagram import Item
from validator.drawing.labels import is_wrong, notes, problems, role
from validator.drawing.layout.measure import cut, width
from validator.drawing.layout.placement import Box

_PAD = 12
_TEXT = 34
"""Where text begins in a box, in pixels: right of the icon."""
_LEAST, _MOST = 150, 320
"""Minimum and maximum width of boxes, in pixels."""
_NAME, _REFERENCE, LABEL = 13, 11, 11
"""Font sizes, as in `picture.css`."""
_TOP = 48.0
_PILL = 18
_GAP = 4

ICONS = {
    # A prompt for what is run, two racks for what keeps running.
    "task": "M1 3l4 4-4 4M7.5 11.5h5.5",
    "service": "M1.5 1.5h11v4.5h-11zM1.5 8h11v4.5h-11zM4 3.75h.01M4 10.25h.01",
    "unknown": "M4.5 4.5a2.6 2.6 0 1 1 3.4 2.6q-.9.4-.9 1.6M7 12h.01",
    "unreadable": "M4.5 4.5a2.6 2.6 0 1 1 3.4 2.6q-.9.4-.9 1.6M7 12h.01",
}
"""Icons of the kinds of items, as paths of 14 by 14 pixels."""


class Label(NamedTuple):
    """A short text with its own frame."""

    text: str
    kind: Literal["trigger", "note", "problem", "warning"]

    @property
    def width(self) -> float:
        return width(self.text, LABEL, bold=self.kind in ("problem", "warning")) + 24


class Content:
    """The content of an item's box; `note` comes last."""

    def __init__(self, item: Item, note: Label | None = None) -> None:
        self.item = item
        self.name = visible(" ".join(item.name.split()))
        self.reference = visible(item.reference)
        self.labels = [Label(trigger, "trigger") for trigger in item.triggers]
        self.labels += [Label(text, "note") for text in notes(item)]
        self.labels += [Label(text, "problem") for text in problems(item)]
        self.labels += [note] if note else []

    @property
    def width(self) -> float:
        """The width of a box that fits all of it."""
        texts = (
            width(self.name, _NAME, bold=True),
            width(self.reference, _REFERENCE, fixed=True),
        )
        labels = (label.width + 2 * _PAD for label in self.labels)
        return max([max(texts) + _TEXT + _PAD, *labels])

    def rows(self, box_width: float) -> list[list[Label]]:
        """The labels in rows that fit into a box."""
        rows: list[list[Label]] = []
        left = 0.0
        for label in self.labels:
            if not rows or label.width > left:
                rows.append([])
                left = box_width - 2 * _PAD
            rows[-1].append(label)
            left -= label.width + _GAP
        return rows

    @property
    def description(self) -> str:
        """All of it as a phrase."""
        what = f"{role(self.item)} {self.reference}"
        return ", ".join([self.name, what, *(label.text for label in self.labels)])


def box_width(contents: list[Content]) -> float:
    """The width of all boxes; wider content is truncated."""
    return min(max([_LEAST, *(content.width for content in contents)]), _MOST)


def box_height(rows: list[list[Label]]) -> float:
    """The height of a box with these labels."""
    return _TOP + len(rows) * (_PILL + _GAP) + (_GAP if rows else 0)


def draw_box(
    content: Content, box: Box, rows: list[list[Label]], number: int, *, linked: bool
) -> str:
    """The SVG of a box; a `linked` one is a link to `#item-` and its number."""
    item = content.item
    room = box.width - _TEXT - _PAD
    name = cut(content.name, room, _NAME, bold=True)
    reference = cut(content.reference, room, _REFERENCE, fixed=True)
    rounding = 20 if item.role == "service" else 5
    description = markup(content.description)
    place = f'class="{_classes(item)}" transform="translate({box.x:.1f} {box.y:.1f})"'
    link = f'a href="#item-{number}" data-item="{number}" tabindex="-1" aria-label="{description}"'
    parts = [
        f"<{link if linked else 'g'} {place}>",
        f"<title>{description}</title>",
        f'<rect class="box" width="{box.width:.1f}" height="{box.height:.1f}" rx="{rounding}"/>',
        f'<path class="icon" transform="translate(12 11)" d="{ICONS[item.role]}"/>',
        f'<text class="name" x="{_TEXT}" y="22">{markup(name)}</text>',
        f'<text class="reference" x="{_TEXT}" y="38">{markup(reference)}</text>',
    ]
    y = _TOP
    for row in rows:
        x = float(_PAD)
        for label in row:
            parts.append(_pill(label, x, y))
            x += label.width + _GAP
        y += _PILL + _GAP
    return "".join([*parts, _extras(box), "</a>"] if linked else [*parts, "</g>"])


def _extras(box: Box) -> str:
    """Elements of a box that only a page shows: its focus, and a badge."""
    size = f'width="{box.width + 8:.1f}" height="{box.height + 8:.1f}"'
    return (
        f'<rect class="focus" x="-4" y="-4" {size} rx="8"/><g class="badge" '
        f'transform="translate({box.width - 8:.1f} 2)"><circle r="10"/><text y="4"></text></g>'
    )


def _classes(item: Item) -> str:
    names = ["item", item.role if item.role in ("task", "service") else "missing"]
    names += ["idle"] * item.never_triggered + ["wrong"] * is_wrong(item)
    return " ".join(names)


def _pill(label: Label, x: float, y: float) -> str:
    frame = f'x="{x:.1f}" y="{y:.1f}" width="{label.width:.1f}" height="{_PILL}" rx="9"'
    text = f'x="{x + 18:.1f}" y="{y + 13:.1f}">{markup(label.text)}</text>'
    if label.kind in ("trigger", "note"):
        name = label.text if label.kind == "trigger" else "never"
        sign = f'<circle class="{name}" cx="{x + 10:.1f}" cy="{y + 9:.1f}" r="3.5"/>'
        return f'<rect class="pill" {frame}/>{sign}<text class="label" {text}'
    triangle = f"M{x + 6.5:.1f} {y + 13:.1f}l4-8 4 8zM{x + 10.5:.1f} {y + 9:.1f}v1.5"
    sign = f'<path class="icon mark {label.kind}" d="{triangle}"/>'
    return f'<rect class="pill" {frame}/>{sign}<text class="label {label.kind}" {text}'
