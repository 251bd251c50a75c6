"""Pictures that are laid out: no overlap, edges that end at boxes, bounded work."""

from collections import Counter
from itertools import combinations, pairwise
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from validator.drawing import Diagram, Edge, Item, TooLarge, draw
from validator.drawing.diagram import MAX_EDGES, MAX_ITEMS
from validator.drawing.layout.layers import arrange
from validator.drawing.layout.measure import cut, width
from validator.drawing.layout.placement import Box, lay_out


def made(count: int, pairs: list[tuple[int, int]]) -> Diagram:
    """A diagram of tasks; of each pair the second needs the first."""
    items = tuple(Item(str(number), "task", f"Task {number}") for number in range(count))
    return Diagram(items, tuple(Edge(str(task), str(need)) for need, task in pairs), ())


@st.composite
def diagrams(draw: st.DrawFn) -> Diagram:
    """Any dependencies, of any item on any, in files of very different sizes."""
    count = draw(st.sampled_from([0, 1, 2, 3, 8, 30, 80, 200]))
    if not count:
        return made(0, [])
    number = st.integers(0, count - 1)
    near = st.tuples(number, st.integers(-3, 3)).map(lambda at: (at[0], (at[0] + at[1]) % count))
    pairs = st.lists(st.tuples(number, number) | near, unique=True, max_size=2 * count)
    return made(count, draw(pairs))


def apart(one: Box, other: Box) -> bool:
    return (
        one.x + one.width <= other.x
        or other.x + other.width <= one.x
        or one.y + one.height <= other.y
        or other.y + other.height <= one.y
    )


@settings(max_examples=60, deadline=None)
@given(diagrams(), st.randoms(use_true_random=False))
def test_boxes_are_apart_and_edges_end_at_them(diagram: Diagram, random: Random) -> None:
    heights = [random.choice([48.0, 74.0, 140.0]) for _ in diagram.items]
    layout = lay_out(diagram, 180, heights)
    for one, other in combinations(layout.boxes, 2):
        assert apart(one, other)
    for box in layout.boxes:
        assert box.x >= 0
        assert box.y >= -1e-6
        assert box.x + box.width <= layout.width + 1e-6
        assert box.y + box.height <= layout.height + 1e-6
    boxes = {item.reference: box for item, box in zip(diagram.items, layout.boxes, strict=True)}
    for edge, line in zip(diagram.edges, layout.lines, strict=True):
        needed, task = boxes[edge.needs], boxes[edge.task]
        (x1, y1), (x2, y2) = line.points[0], line.points[-1]
        if edge.needs == edge.task:
            assert y1 == y2 == task.y
            assert task.x < x1 < x2 < task.x + task.width
            continue
        forwards = x1 < x2
        assert x1 == pytest.approx(needed.x + needed.width if forwards else needed.x)
        assert x2 == pytest.approx(task.x if forwards else task.x + task.width)
        assert needed.y < y1 < needed.y + needed.height
        assert task.y < y2 < task.y + task.height
        steps = [b[0] - a[0] for a, b in pairwise(line.points)]
        assert all(step > 0 for step in steps) or all(step < 0 for step in steps)


@settings(deadline=None)
@given(diagrams())
def test_lines_pass_no_box(diagram: Diagram) -> None:
    layout = lay_out(diagram, 180, [60.0] * len(diagram.items))
    for line in layout.lines:
        for (x1, y1), (x2, y2) in pairwise(line.points):
            # Straight where it passes a column; between columns there are no boxes.
            if y1 == y2 and abs(x1 - x2) == pytest.approx(180):
                flat = Box(min(x1, x2), y1, 180, 0)
                assert all(apart(flat, box) for box in layout.boxes)


@settings(deadline=None)
@given(diagrams())
def test_all_stands_right_of_what_it_needs(diagram: Diagram) -> None:
    items = list(range(len(diagram.items)))
    pairs = [(int(edge.needs), int(edge.task)) for edge in diagram.edges if edge.needs != edge.task]
    layers = arrange(items, pairs, tallest=5, first_bend=len(items))
    column = {item: number for number, each in enumerate(layers.columns) for item in each}
    assert sorted(item for item in column if item < len(items)) == items
    for needed, task in pairs:
        assert (column[needed] < column[task]) == ((needed, task) not in layers.turned)
    assert all(len([item for item in each if item in items]) <= 5 for each in layers.columns)


def test_without_a_cycle_nothing_leads_backwards() -> None:
    pairs = [(number // 2, number) for number in range(1, 60)]
    assert arrange(list(range(60)), pairs, 10, 60).turned == set()


@pytest.mark.parametrize("count", [2, 6, 12])
@pytest.mark.parametrize("before", [[], [(0, 1)], [(0, 1), (0, 2), (1, 3), (2, 3)]])
def test_what_waits_for_the_same_is_in_one_column(
    count: int, before: list[tuple[int, int]]
) -> None:
    """Also after a chain or a diamond, and before something that waits for all of them."""
    need = max((task for _, task in before), default=0)
    waiting = range(need + 1, need + 1 + count)
    last = need + 1 + count
    pairs = [*before, *((need, task) for task in waiting), *((task, last) for task in waiting)]
    layout = lay_out(made(last + 1, pairs), 180, [60.0] * (last + 1))
    assert len({layout.boxes[task].x for task in waiting}) == 1
    assert layout.boxes[need].x < layout.boxes[waiting[0]].x < layout.boxes[last].x


def test_very_many_that_wait_for_the_same_are_in_columns_of_similar_height() -> None:
    layout = lay_out(made(41, [(0, task) for task in range(1, 41)]), 180, [60.0] * 41)
    columns = Counter(box.x for box in layout.boxes[1:])
    assert sorted(columns.values()) == [10, 10, 10, 10]


def test_crossings_are_taken_out_where_they_can_be() -> None:
    # Two chains, given crosswise.
    layers = arrange([0, 1, 2, 3, 4, 5], [(0, 3), (1, 2), (3, 4), (2, 5)], 5, 6)
    place = {item: at for column in layers.columns for at, item in enumerate(column)}
    assert (place[0] < place[1]) == (place[3] < place[2]) == (place[4] < place[5])


def test_what_is_too_large_is_not_laid_out() -> None:
    with pytest.raises(TooLarge, match=r"1,001 items and 0 dependencies are too many"):
        draw(made(MAX_ITEMS + 1, []), "svg")
    pairs = [(need, task) for task in range(200) for need in range(task)]
    with pytest.raises(TooLarge, match=r"dot, json and mermaid"):
        draw(made(200, pairs), "svg")
    assert len(pairs) > MAX_EDGES
    assert draw(made(200, pairs), "dot").count("->") == len(pairs)


@pytest.mark.parametrize(
    "pairs",
    [
        [(need, need + 1) for need in range(999)],
        [(need, task) for task in range(1, 1000) for need in {0, task // 2, task - 1} - {task}],
        [(number, (number * 7 + step) % 1000) for number in range(1000) for step in range(1, 4)],
        [(number // 32, number) for number in range(1, 1000)],
    ],
    ids=["chain", "long lines", "cyclic", "broad"],
)
def test_the_largest_are_laid_out_in_bounded_size(pairs: list[tuple[int, int]]) -> None:
    assert len(draw(made(1000, pairs), "svg")) < 5_000_000


@settings(deadline=None)
@given(st.text(max_size=40), st.floats(20, 300))
def test_text_is_cut_to_its_room(text: str, room: float) -> None:
    shown = cut(text, room, 13)
    assert shown == text or (shown.endswith("…") and text.startswith(shown[:-1]))
    assert width(shown, 13) <= max(room, width("…", 13))


def test_no_cut_inside_what_is_one_sign() -> None:
    assert cut("x👩\u200d👩\u200d👧 family", 40, 13) == "x…"
    assert cut("re\u0301sume\u0301", 22, 13, fixed=True) == "r…"
    assert cut("日本語のタスク", 60, 13) == "日本語…"
