"""Assign boxes to columns, and order these: layers with few crossing lines.

Items are numbers here, in the order of the file. A dependency is a pair: what is needed, and what
needs it; lines lead from left to right.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise

Pair = tuple[int, int]

_SWEEPS = 8
_MAX_BENDS = 4_000
"""Maximum number of bends; further lines pass behind boxes."""


@dataclass
class Layers:
    """Columns of items and bends, from left to right, each from top to bottom.

    A line that passes a column has a bend there, a number greater than those of the items. `lines`
    maps each dependency to its path, from its item in the leftmost column to the other; `turned`
    are the dependencies whose lines lead backwards, since they close a cycle.
    """

    columns: list[list[int]] = field(default_factory=list)
    lines: dict[Pair, list[int]] = field(default_factory=dict)
    turned: set[Pair] = field(default_factory=set)


def arrange(items: list[int], pairs: list[Pair], tallest: int, first_bend: int) -> Layers:
    """Put items into columns of at most `tallest`, everything to the right of what it needs.

    Bends are numbered from `first_bend`. Cycles are broken where a search from the first item
    closes them.
    """
    turned = _closing(items, pairs)
    forward = [(b, a) if (a, b) in turned else (a, b) for a, b in pairs]
    columns = [
        part for layer in _generations(items, forward) for part in _split(layer, forward, tallest)
    ]
    layers = Layers(columns, {}, turned)
    _draw_lines(layers, pairs, first_bend)
    _reduce_crossings(layers)
    return layers


def _neighbours(items: Iterable[int], pairs: Iterable[Pair]) -> dict[int, list[int]]:
    """What each item needs."""
    found: dict[int, list[int]] = {item: [] for item in items}
    for needed, item in pairs:
        found[item].append(needed)
    return found


def _closing(items: list[int], pairs: list[Pair]) -> set[Pair]:
    """The dependencies that close a cycle in a depth-first search; the others form no cycle."""
    needs = _neighbours(items, pairs)
    closing: set[Pair] = set()
    done: set[int] = set()
    for root in items:
        if root in done:
            continue
        path = {root}
        stack = [(root, iter(needs[root]))]
        while stack:
            item, rest = stack[-1]
            need = next(rest, None)
            if need is None:
                stack.pop()
                path.discard(item)
                done.add(item)
            elif need in path:
                closing.add((need, item))
            elif need not in done:
                path.add(need)
                stack.append((need, iter(needs[need])))
    return closing


def _generations(items: list[int], pairs: list[Pair]) -> list[list[int]]:
    """Items by the length of their longest chain of dependencies."""
    needs = _neighbours(items, pairs)
    needed_by = _neighbours(items, ((item, needed) for needed, item in pairs))
    missing = {item: len(needs[item]) for item in items}
    layers: list[list[int]] = []
    layer = [item for item in items if not missing[item]]
    while layer:
        layers.append(layer)
        following = []
        for item in layer:
            for other in needed_by[item]:
                missing[other] -= 1
                if not missing[other]:
                    following.append(other)
        layer = following
    return layers


def _split(layer: list[int], pairs: list[Pair], tallest: int) -> list[list[int]]:
    """A layer as columns of about the same height.

    What others need is to the right, so that few lines pass the other columns.
    """
    count = -(-len(layer) // tallest)
    if count == 1:
        return [layer]
    weight = dict.fromkeys(layer, 0)
    for needed, item in pairs:
        if needed in weight:
            weight[needed] += 1
        if item in weight:
            weight[item] -= 1
    ordered = sorted(layer, key=weight.__getitem__)
    size = -(-len(layer) // count)
    return [ordered[start : start + size] for start in range(0, len(ordered), size)]


def _draw_lines(layers: Layers, pairs: list[Pair], first_bend: int) -> None:
    """Set the path of each dependency; of those that pass columns, the shortest get bends.

    Lines that begin or end at the same item share bends: they diverge as late, or merge as early,
    as possible.
    """
    column_of = {item: number for number, column in enumerate(layers.columns) for item in column}
    ends = {pair: pair[::-1] if pair in layers.turned else pair for pair in pairs}
    leaving = Counter(left for left, _ in ends.values())
    arriving = Counter(right for _, right in ends.values())
    bends: dict[tuple[int, bool, bool, int], int] = {}
    for pair in sorted(pairs, key=lambda pair: abs(column_of[pair[0]] - column_of[pair[1]])):
        left, right = ends[pair]
        parting = leaving[left] >= arriving[right]
        way = [left]
        for number in range(column_of[left] + 1, column_of[right]):
            bundle = (left if parting else right, parting, pair in layers.turned, number)
            if bundle not in bends:
                if len(bends) == _MAX_BENDS:
                    way = [left]
                    break
                bends[bundle] = first_bend + len(bends)
                layers.columns[number].append(bends[bundle])
            way.append(bends[bundle])
        layers.lines[pair] = [*way, right]


def _reduce_crossings(layers: Layers) -> None:
    """Order columns by the mean place of their neighbours, in both directions; keep the best."""
    before: dict[int, list[int]] = {}
    after: dict[int, list[int]] = {}
    for way in layers.lines.values():
        for left, right in pairwise(way):
            after.setdefault(left, []).append(right)
            before.setdefault(right, []).append(left)
    best = [list(column) for column in layers.columns]
    fewest = _crossings(best, after)
    for sweep in range(_SWEEPS):
        if not fewest:
            break
        rightwards = sweep % 2 == 0
        near = before if rightwards else after
        place: dict[int, float] = {
            slot: index for column in layers.columns for index, slot in enumerate(column)
        }
        for column in layers.columns if rightwards else reversed(layers.columns):
            middle = {
                slot: sum(place[other] for other in near[slot]) / len(near[slot])
                if slot in near
                else place[slot]
                for slot in column
            }
            column.sort(key=middle.__getitem__)
            place.update((slot, index) for index, slot in enumerate(column))
        count = _crossings(layers.columns, after)
        if count < fewest:
            best, fewest = [list(column) for column in layers.columns], count
    layers.columns = best


def _crossings(columns: list[list[int]], after: dict[int, list[int]]) -> int:
    """The number of pairs of lines that cross between a column and the next."""
    count = 0
    for column, following in pairwise(columns):
        place = {slot: index for index, slot in enumerate(following)}
        seen: list[int] = []
        for slot in column:
            ends = sorted(place[other] for other in after.get(slot, ()) if other in place)
            for end in ends:
                count += len(seen) - bisect_left(seen, end + 1)
            for end in ends:
                insort(seen, end)
    return count
