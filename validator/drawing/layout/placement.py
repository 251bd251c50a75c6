"""Place boxes, and lines between them, in a picture, in pixels."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from math import ceil, sqrt

from validator.drawing.diagram import Diagram
from validator.drawing.layout.layers import Layers, Pair, arrange

Point = tuple[float, float]

_ROW_GAP = 18
_BEND_HEIGHT = 4
_COLUMN_GAP = 48
"""Between columns with few lines, and between blocks, so that these are aligned in columns too."""
_BLOCK_GAP = 24
"""Vertical distance of blocks."""
_SHAPE = 1.6
"""Preferred ratio of a picture's width to its height."""
_TALL = 12
"""Number of boxes that any column may have: those that wait for the same are one below another."""
_LEAST_ROOM = 912
"""Width that any picture may have, in pixels."""
_SETTLING = 12


@dataclass
class Box:
    """The place of an item: its upper left corner and its size."""

    x: float
    y: float
    width: float
    height: float


@dataclass
class Line:
    """The path of an edge: points from the right side of what is needed to what needs it.

    If it leads backwards, from the left side to the right side of what needs it. Between two points
    it is straight if `y` is the same, otherwise a curve.
    """

    points: list[Point]


@dataclass
class Layout:
    """A box for each item and a line for each edge of a diagram, in their order.

    For an item's edge to itself, the points are the ends of its loop on the box.
    """

    boxes: list[Box]
    lines: list[Line]
    width: float
    height: float


def lay_out(diagram: Diagram, width: float, heights: list[float]) -> Layout:
    """Lay out a diagram; all boxes have the same width, and each has its height.

    Unconnected parts are placed next to each other, each in layers. No two boxes overlap.
    """
    number = {item.reference: index for index, item in enumerate(diagram.items)}
    pairs = [(number[edge.needs], number[edge.task]) for edge in diagram.edges]
    boxes = [Box(0, 0, width, height) for height in heights]
    ways: dict[Pair, list[Point]] = {}
    blocks = [_Block(part, inner, boxes, ways) for part, inner in _parts(len(boxes), pairs)]
    total = _pack(blocks)
    for block in blocks:
        block.move()
    lines = [
        Line(_loop(boxes[needed]) if needed == item else ways[needed, item])
        for needed, item in pairs
    ]
    return Layout(boxes, lines, *total)


def _loop(box: Box) -> list[Point]:
    return [(box.x + box.width - 34, box.y), (box.x + box.width - 14, box.y)]


def _parts(count: int, pairs: list[Pair]) -> list[tuple[list[int], list[Pair]]]:
    """The connected parts with their dependencies; large ones first, then in file order."""
    near: list[list[int]] = [[] for _ in range(count)]
    for one, other in pairs:
        near[one].append(other)
        near[other].append(one)
    part_of = [-1] * count
    parts: list[list[int]] = []
    for root in range(count):
        if part_of[root] >= 0:
            continue
        part_of[root] = len(parts)
        found = [root]
        for item in found:
            for other in near[item]:
                if part_of[other] < 0:
                    part_of[other] = len(parts)
                    found.append(other)
        parts.append(found)
    inner: list[list[Pair]] = [[] for _ in parts]
    for pair in pairs:
        if pair[0] != pair[1]:
            inner[part_of[pair[0]]].append(pair)
    return sorted(zip(parts, inner, strict=True), key=lambda part: -len(part[0]))


class _Block:
    """A connected part, laid out separately; `x` and `y` are its place."""

    def __init__(
        self, items: list[int], pairs: list[Pair], boxes: list[Box], ways: dict[Pair, list[Point]]
    ) -> None:
        self.items, self.pairs, self.boxes, self.ways = items, pairs, boxes, ways
        self.x = self.y = 0.0
        tallest = max(_TALL, ceil(_SHAPE * sqrt(len(items))))
        layers = arrange(items, pairs, tallest, first_bend=len(boxes))
        middle = _settle(layers, self._height)
        self.width = self._place(layers, middle)
        self.height = max(boxes[item].y + boxes[item].height for item in items)
        self.height = max(
            [self.height, *(middle[slot] for way in layers.lines.values() for slot in way)]
        )

    def _height(self, slot: int) -> float:
        return self.boxes[slot].height if slot < len(self.boxes) else _BEND_HEIGHT

    def _place(self, layers: Layers, middle: dict[int, float]) -> float:
        """Place boxes and lines; returns the total width."""
        left: dict[int, float] = {}
        crowd = [0] * len(layers.columns)
        column_of = {slot: n for n, column in enumerate(layers.columns) for slot in column}
        for way in layers.lines.values():
            for one, _ in pairwise(way):
                crowd[column_of[one]] += 1
        x = 0.0
        width = self.boxes[self.items[0]].width
        for number, column in enumerate(layers.columns):
            for slot in column:
                left[slot] = x
                if slot < len(self.boxes):
                    box = self.boxes[slot]
                    box.x, box.y = x, middle[slot] - box.height / 2
            end = x + width
            x = end + min(_COLUMN_GAP + 3 * max(crowd[number] - 4, 0), 140)
        ports = _ports(layers, middle, self._height)
        for pair, way in layers.lines.items():
            points = [(left[way[0]] + width, ports[pair, 0])]
            for slot in way[1:-1]:
                points += [(left[slot], middle[slot]), (left[slot] + width, middle[slot])]
            points.append((left[way[-1]], ports[pair, 1]))
            self.ways[pair] = points[::-1] if pair in layers.turned else points
        return end

    def move(self) -> None:
        """Move boxes and lines to the place of the block."""
        for item in self.items:
            self.boxes[item].x += self.x
            self.boxes[item].y += self.y
        for pair in self.pairs:
            self.ways[pair] = [(x + self.x, y + self.y) for x, y in self.ways[pair]]


def _ports(
    layers: Layers, middle: dict[int, float], height: Callable[[int], float]
) -> dict[tuple[Pair, int], float]:
    """Where lines meet the sides of boxes: spread, in the order of their other ends."""
    sides: dict[tuple[int, int], dict[tuple[int, bool], list[Pair]]] = {}
    for pair, way in layers.lines.items():
        turned = pair in layers.turned
        sides.setdefault((way[0], 0), {}).setdefault((way[1], turned), []).append(pair)
        sides.setdefault((way[-1], 1), {}).setdefault((way[-2], turned), []).append(pair)
    found: dict[tuple[Pair, int], float] = {}
    for (slot, side), lines in sides.items():
        step = min(9.0, (height(slot) - 20) / len(lines))
        top = middle[slot] - step * (len(lines) - 1) / 2
        ordered = sorted(lines, key=lambda line: (middle[line[0]], line[1]))
        for index, line in enumerate(ordered):
            found.update(((pair, side), top + step * index) for pair in lines[line])
    return found


def _settle(layers: Layers, height: Callable[[int], float]) -> dict[int, float]:
    """The vertical centre of each slot: near its neighbours, in order, without overlap."""
    near: dict[int, tuple[list[int], list[int]]] = {
        slot: ([], []) for column in layers.columns for slot in column
    }
    for way in layers.lines.values():
        for left, right in pairwise(way):
            near[left][1].append(right)
            near[right][0].append(left)
    middle: dict[int, float] = {}
    for column in layers.columns:
        _stack(column, dict.fromkeys(column, 0.0), height, middle)
    for turn in range(_SETTLING):
        for column in layers.columns if turn % 2 == 0 else reversed(layers.columns):
            wanted = {}
            for slot in column:
                sides = near[slot] if turn >= _SETTLING - 2 else near[slot][turn % 2 :][:1]
                others = [middle[other] for side in sides for other in side]
                wanted[slot] = sum(others) / len(others) if others else middle[slot]
            _stack(column, wanted, height, middle)
    top = min(middle[slot] - height(slot) / 2 for slot in middle)
    return {slot: at - top for slot, at in middle.items()}


def _stack(
    column: list[int],
    wanted: dict[int, float],
    height: Callable[[int], float],
    middle: dict[int, float],
) -> None:
    """Set the centres of a column as near to the wanted ones as its order and room allow.

    By isotonic regression: neighbours that would overlap become a group, which is placed at the
    mean of what its members want.
    """
    offsets = [0.0]
    for above, below in pairwise(column):
        gap = _ROW_GAP if max(height(above), height(below)) > _BEND_HEIGHT else _ROW_GAP / 2
        offsets.append(offsets[-1] + (height(above) + height(below)) / 2 + gap)
    groups: list[tuple[float, int]] = []
    for slot, offset in zip(column, offsets, strict=True):
        total, count = wanted[slot] - offset, 1
        while groups and groups[-1][0] / groups[-1][1] > total / count:
            other, more = groups.pop()
            total, count = total + other, count + more
        groups.append((total, count))
    places = [total / count for total, count in groups for _ in range(count)]
    for slot, offset, place in zip(column, offsets, places, strict=True):
        middle[slot] = offset + place


def _pack(blocks: list[_Block]) -> tuple[float, float]:
    """Place each block as far up as it fits, then as far left; returns the total size."""
    area = sum((block.width + _COLUMN_GAP) * (block.height + _BLOCK_GAP) for block in blocks)
    room = max([_LEAST_ROOM, sqrt(area * _SHAPE), *(block.width for block in blocks)]) + _COLUMN_GAP
    # The occupied area from the top, from left to right: where each part begins, and its depth.
    skyline: list[Point] = [(0.0, 0.0)]
    for block in blocks:
        width = block.width + _COLUMN_GAP
        block.y, block.x = min(
            (max(down for _, down in _above(skyline, x, x + width)), x)
            for x, _ in skyline
            if x == 0 or x + width <= room
        )
        end = block.x + width
        after = [(x, down) for x, down in skyline if x > end]
        last = next(down for x, down in reversed(skyline) if x <= end)
        before = [(x, down) for x, down in skyline if x < block.x]
        skyline = [*before, (block.x, block.y + block.height + _BLOCK_GAP), (end, last), *after]
    return (
        max((block.x + block.width for block in blocks), default=0),
        max((block.y + block.height for block in blocks), default=0),
    )


def _above(skyline: list[Point], left: float, right: float) -> list[Point]:
    """The parts of the skyline between two places."""
    ends = [*(x for x, _ in skyline[1:]), float("inf")]
    return [part for part, end in zip(skyline, ends, strict=True) if part[0] < right and end > left]
